"""What a sheet under review still lacks, and what it teaches once it was read."""

from dataclasses import replace
from pathlib import Path

import pytest

from workbench.intake.form.layout import Layout
from workbench.intake.reading.reader import RawSheet
from workbench.intake.report import ColumnMatch, Kind
from workbench.intake.review.state import SheetState
from workbench.rules.parameters import Rules

NUMBER = ColumnMatch(0, "客户号", "customer_no", "exact", letter="A")
NAME = ColumnMatch(1, "姓名", "name", "exact", letter="B")
PHONE = ColumnMatch(2, "手机", "phone", "exact", letter="C")
CARD = ColumnMatch(3, "证件", "id_no", "exact", letter="D")


def state(*matches: ColumnMatch, kind: Kind = "customers", as_of: str | None = "2026-10-31") -> SheetState:
    names = ("客户号", "姓名", "手机", "证件")
    sheet = RawSheet("清单", tuple((name, "1") for name in names), first_row=3)
    return SheetState(sheet, kind, Layout(0, names, ()), list(matches), as_of, "title", "元")


def test_a_sheet_is_ready_once_its_number_its_date_and_its_kind_are_known() -> None:
    assert state(NUMBER).plan() is not None
    assert state(NAME).plan() is None  # a name alone is nobody
    assert state(NUMBER, as_of=None).plan() is None
    assert state(NUMBER, kind="none").plan() is None
    skipped = state(NUMBER)
    skipped.skipped = True
    assert skipped.plan() is None


def test_a_similar_column_gives_no_number_until_it_is_confirmed() -> None:
    assert state(replace(NUMBER, how="similar")).key_column() is None
    assert state(NUMBER).key_column() == 0


@pytest.mark.parametrize(
    ("kind", "matches", "ready"),
    [
        ("touches", (NAME, PHONE), True), ("touches", (CARD,), True), ("touches", (NAME,), False),
        ("touches", (PHONE,), False), ("customers", (NAME, PHONE), True), ("holdings", (CARD,), False),
    ],
)  # fmt: skip
def test_a_kind_may_name_the_person_instead_of_the_number(
    kind: Kind, matches: tuple[ColumnMatch, ...], ready: bool
) -> None:
    assert state(*matches, kind=kind).names_people() is ready


def test_a_number_that_a_person_confirmed_makes_a_sheet_without_that_column_ready() -> None:
    made = state(NAME)
    made.numbers[1] = "0001"
    assert made.plan() is not None


@pytest.mark.parametrize(
    ("kind", "undated"), [("customers", True), ("holdings", True), ("transactions", False), ("none", False)]
)
def test_only_sheets_that_speak_of_one_date_miss_it(kind: Kind, undated: bool) -> None:
    assert state(NUMBER, kind=kind, as_of=None).undated is undated
    assert not state(NUMBER, kind=kind).undated


@pytest.mark.parametrize(
    ("kind", "key"), [("products", "product_code"), ("customers", "customer_no"), ("none", "customer_no")]
)
def test_rows_are_identified_by_customer_or_product(kind: Kind, key: str) -> None:
    assert state(NUMBER, kind=kind).key == key


def test_what_a_person_changed_is_recorded_by_the_rows_and_letters_of_excel() -> None:
    made = state(NUMBER, NAME)
    made.edits = {(1, 1): "乙"}
    made.numbers = {1: "0001"}
    made.fixes = {"unit:1:万元", "zeros"}
    assert made.typed() == [
        {"row": 4, "column": "姓名", "text": "乙"}, {"row": 4, "customer_no": "0001"},
        {"fix": "unit:1:万元", "letters": ["B"]}, {"fix": "zeros", "letters": []},
    ]  # fmt: skip


def test_the_unit_is_learnt_only_when_it_was_named(rules: Rules) -> None:
    made = state(NUMBER)
    assert made.learnt(Path("月报.xlsx"), (), rules).unit == ""
    made.unit_named = True
    assert made.learnt(Path("月报.xlsx"), (), rules).unit == "元"


def test_what_was_answered_is_learnt(rules: Rules) -> None:
    made = state(NUMBER)
    assert made.learnt(Path("月报.xlsx"), (), rules).answered == {}
    learnt = made.learnt(Path("月报.xlsx"), (), rules, {"lost_columns": ("phone",)})
    assert learnt.answered == {"lost_columns": {"phone"}}


def test_a_sheet_without_a_header_teaches_nothing(rules: Rules) -> None:
    with pytest.raises(ValueError, match="header"):
        replace(state(NUMBER), layout=None).learnt(Path("月报.xlsx"), (), rules)


def test_after_the_commit_the_cells_are_let_go() -> None:
    made = state(NUMBER)
    made.drop_cells()
    assert (made.sheet.columns, made.checked, made.diff) == ((), None, None)
