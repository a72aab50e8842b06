"""Numbers, days and terms that nothing has, in every column of every kind of sheet: read, or left aside by a sentence."""

import pytest

from tests.workbench.intake.by_hand import look
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.cells.parsed import CellFault
from workbench.intake.cells.shown import remains
from workbench.intake.cells.terms import Terms
from workbench.rules.parameters import Rules

MANY = "9" * 5_900
ABSURD = [
    MANY, f"0.{MANY}", f"-{MANY}", f"{MANY}万", f"{MANY}天", f"{MANY}年", f"T+{MANY}", "6.22E+" + MANY, "6.22E+999999",
    "一" * 5_000, "²", "1e308", float("inf"), float("nan"), 1e308, -1e308,
]  # fmt: skip


@pytest.mark.parametrize("cell", ABSURD, ids=lambda cell: str(cell)[:12])
@pytest.mark.filterwarnings("error")
def test_no_column_falls_over_a_number_that_is_none(cell: object) -> None:
    for kind in ("customers", "holdings", "products", "transactions"):
        fields = [field.label for field in catalogue().of_kind(kind)]
        row = ["0000000001" if label == "客户号" else cell for label in fields]
        assert look(fields, [row], kind=kind).checked is not None


def test_a_sheet_of_headings_only_has_no_cell_to_fall_over() -> None:
    for kind in ("customers", "holdings", "products"):
        assert (
            look([field.label for field in catalogue().of_kind(kind)], [], kind=kind).checked.data_rows == 0
        )


def test_a_customer_number_is_not_longer_than_any_bank_has() -> None:
    sheet = look(["客户号", "姓名"], [["9" * 64, "甲"], ["9" * 65, "乙"]])
    assert sheet.one("bad_customer_number").row == 3


@pytest.mark.parametrize("term", [f"{MANY}天", f"{MANY}年", f"T+{MANY}", MANY, "999999999年"])
def test_a_term_of_centuries_is_none(term: str) -> None:
    read = Terms.of(Rules.load()).days(term)
    assert isinstance(read, CellFault)
    assert read.code == "bad_term"


def test_the_digits_of_a_number_that_no_spreadsheet_has_are_not_made_up() -> None:
    assert remains("6.22E+18") == "622" + "*" * 16
    assert remains("6.22E+999999") is None
