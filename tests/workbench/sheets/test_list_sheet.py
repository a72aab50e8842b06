"""A saved list as a file (domain 11.4, 17): not after its expiry, not too long, nobody in clear, watermarked."""

import io
from dataclasses import dataclass, field, replace
from typing import Any, cast

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from workbench.base.errors import WorkbenchError
from workbench.base.sensitivity import CLOSED
from workbench.base.terms import Term
from workbench.insight.picking.facts import Exclusions, LeftOut, PickedRow, SavedList
from workbench.people.customer import CustomerRow
from workbench.rules.parameters import Rules
from workbench.sheets.list_sheet import LIST_XLSX, ListSheet, list_sheet, list_xlsx, watermark

HEAD = 6
RULES = Rules.load()
MOST = RULES.whole("picking.export_rows")
SAVED = SavedList(
    7, "L202611-007", "大客户", "rule", "average >= 5万", "marketing", "营销", "李敏", "2026-11-02", None, "2026-12-02",
    None, False,
)  # fmt: skip
JOB = Term("occupation", "职业", "text")
INCOME = Term("monthly_income", "月收入", "money")


def person(number: int, **values: Any) -> PickedRow:
    row = CustomerRow(
        number, f"0000010{number:03d}", f"欧阳{number}远", "13912345678", "L4", None, None, None, None, None, "red", None,
        "李敏", None, "2026-10",
    )  # fmt: skip
    return PickedRow(row, "waist", {"average": 30_000_000 // number, **values})


@dataclass
class StubPicking:
    """Answers for one saved list, and keeps what it was asked for."""

    kept: SavedList = SAVED
    of_condition: tuple[Term, ...] = ()
    people: tuple[PickedRow, ...] = (person(1), person(2))
    left: int = 2
    asked: dict[str, Any] = field(default_factory=dict)

    def saved(self, _word: str) -> SavedList:
        return self.kept

    def excluded(self, expression: str, purpose: str) -> Exclusions:
        self.asked["excluded"] = (expression, purpose)
        reasons = (LeftOut("opted_out", "拒绝营销", 1), LeftOut("tired", "疲劳", 0))
        return Exclusions(purpose, self.left + 1, reasons, self.left)

    def terms(self, _expression: str) -> tuple[Term, ...]:
        return self.of_condition

    def rows(self, expression: str, *, purpose: str, columns: list[str]) -> list[PickedRow]:
        self.asked["rows"] = (expression, purpose, columns)
        return list(self.people)

    def words(self, _expression: str, *, printed: bool) -> str:
        assert printed
        return "月日均 ≥ 5万"

    def prepare(self) -> str:
        return "2026-10-31"


def made(picking: StubPicking | None = None) -> ListSheet:
    return list_sheet(cast(Any, picking or StubPicking()), RULES, "大客户", "李敏")


def page(sheet: ListSheet) -> Worksheet:
    worksheet = openpyxl.load_workbook(io.BytesIO(list_xlsx(sheet).content)).active
    assert isinstance(worksheet, Worksheet)
    return worksheet


def column(worksheet: Worksheet, head: str) -> list[Any]:
    """The cells of the customers under a heading."""
    at = [cell.value for cell in worksheet[HEAD]].index(head)
    rows = worksheet.iter_rows(min_row=HEAD + 1, values_only=True)
    return [row[at] for row in rows if isinstance(row[0], int)]


def refusal(**facts: Any) -> str:
    with pytest.raises(WorkbenchError) as caught:
        made(StubPicking(**facts))
    assert caught.value.hint
    return caught.value.code


def test_an_expired_an_empty_and_a_too_long_list_are_refused() -> None:
    assert refusal(kept=replace(SAVED, expired=True)) == "list_expired"
    assert refusal(left=0) == "nobody"
    assert refusal(left=MOST + 1) == "too_many_rows"
    assert made(StubPicking(left=MOST)).saved == SAVED


def test_the_purpose_of_the_list_leaves_out_and_says_whom() -> None:
    picking = StubPicking()
    sheet = made(picking)
    assert picking.asked["excluded"] == ("list('L202611-007')", "marketing")
    assert picking.asked["rows"][:2] == ("list('L202611-007')", "marketing")
    assert sheet.excluded == "拒绝营销 1"
    assert str(page(sheet)["A4"].value) == "数据日期：2026-10-31 · 共2位 · 已排除：拒绝营销1"


def test_names_are_first_signs_numbers_are_tails_and_money_is_yuan() -> None:
    worksheet = page(made())
    assert column(worksheet, "序号") == [1, 2]
    assert column(worksheet, "客户") == ["欧**", "欧**"]
    assert column(worksheet, "尾号") == ["0001", "0002"]
    assert column(worksheet, "AUM月日均（元）") == [300_000, 150_000]
    assert column(worksheet, "灯") == ["红", "红"]
    assert "13912345678" not in " ".join(str(cell.value) for row in worksheet.iter_rows() for cell in row)


def test_terms_of_the_condition_are_columns_but_for_masked_and_fixed_ones() -> None:
    terms = (JOB, Term("average", "月日均", "money"), Term("phone", "手机", "text", masks=CLOSED), INCOME)
    picking = StubPicking(of_condition=terms)
    assert made(picking).terms == (JOB, INCOME)
    assert picking.asked["rows"][2] == ["average", "occupation", "monthly_income"]


def test_values_of_terms_keep_their_kind_and_text_never_becomes_a_formula() -> None:
    people = (person(1, occupation="=1+1", monthly_income=1_234_500), person(2))
    worksheet = page(made(StubPicking(of_condition=(JOB, INCOME), people=people)))
    assert column(worksheet, "职业") == ["=1+1", "—"]
    assert column(worksheet, "月收入") == [12_345, "—"]
    formula = next(cell for row in worksheet.iter_rows() for cell in row if cell.value == "=1+1")
    assert formula.data_type == "s"


def test_a_phone_in_a_text_that_may_be_read_is_masked() -> None:
    people = (person(1, occupation="教师 13912345678"),)
    worksheet = page(made(StubPicking(of_condition=(JOB,), people=people)))
    assert column(worksheet, "职业") == ["教师 139****5678"]


def test_the_watermark_says_who_when_which_and_until_when(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("workbench.sheets.list_sheet.now", lambda: "2026-11-02 09:30:00")
    sheet = made()
    for part in ("L202611-007", "李敏", "2026-11-02 09:30:00", "2026-12-02 前销毁"):
        assert part in watermark(sheet)
    assert "未署名" in watermark(replace(sheet, printed_by=""))
    worksheet = page(sheet)
    assert "L202611-007" in str(worksheet.oddFooter.left.text)
    assert str(worksheet.cell(HEAD + 2 + 2, 1).value).startswith("内部资料")


def test_the_register_keeps_what_it_tells_for_what_and_until_when() -> None:
    outgoing = list_xlsx(made(StubPicking(of_condition=(JOB,)))).outgoing
    assert (outgoing.kind, outgoing.rows) == (LIST_XLSX.code, 2)
    assert outgoing.fields == (*LIST_XLSX.fields, "occupation")
    assert outgoing.facts == {"number": "L202611-007", "purpose": "marketing", "expires": "2026-12-02"}


def test_figures_stand_at_the_right_and_words_at_the_left() -> None:
    worksheet = page(made(StubPicking(of_condition=(JOB, INCOME))))
    sides = {cell.value: cell.alignment.horizontal for cell in worksheet[HEAD]}
    assert [sides[head] for head in ("序号", "客户", "AUM月日均（元）", "客户经理", "职业", "月收入")] == [
        "right", "left", "right", "left", "left", "right",
    ]  # fmt: skip
