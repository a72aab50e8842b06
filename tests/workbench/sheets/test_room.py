"""The week on paper is one masked A4 page whatever it holds; the workbook prints and can come back; exports are registered."""

import io
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from sqlalchemy import select

from db.engine import Book
from db.record import audit
from tests.workbench.outreach.made import FULL, WEEK, lead, many, put_customers, room
from tests.workbench.sheets.reading import letter_sizes, overlaps, shapes, texts
from workbench.base.errors import WorkbenchError
from workbench.outreach.codes import codes
from workbench.outreach.draft import PlanItem, WeekPlan
from workbench.outreach.room import Outreach
from workbench.outreach.store import all_items
from workbench.sheets import content as content_module
from workbench.sheets.content import PLAN_PDF, Imprint, typeset
from workbench.sheets.printed import Printed, SheetKind
from workbench.sheets.room import Sheets
from workbench.trust.register import Register


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")


@pytest.fixture
def outreach(book: Book) -> Outreach:
    put_customers(book, range(1, 93))
    return room(book, many(FULL))


@pytest.fixture
def sheets(outreach: Outreach) -> Sheets:
    return printing(outreach)


def printing(outreach: Outreach) -> Sheets:
    return Sheets(outreach.book, {"manager": "李敏"}, Register(outreach.book), lambda: outreach)


def text_of(printed: Printed) -> str:
    """The words of the 531 itself, which is one page, without those of the call sheets behind it."""
    said = texts(printed)
    assert [number for number, page in enumerate(said) if "531行动计划" in page] == [0]
    return said[0]


def changed_words(plan: WeekPlan, change: Any) -> WeekPlan:
    def each(item: PlanItem) -> PlanItem:
        return replace(
            item,
            method=change(item.method),
            basis=change(item.basis),
            action=change(item.action),
            script=change(item.script),
            done_when=change(item.done_when),
            resource=change(item.resource),
            fallback=change(item.fallback),
            milestones=tuple(replace(m, what=change(m.what)) for m in item.milestones),
        )

    return replace(
        plan,
        quick_wins=tuple(map(each, plan.quick_wins)),
        needs_resources=tuple(map(each, plan.needs_resources)),
        this_week=tuple(map(each, plan.this_week)),
        notes=tuple(change(note) for note in plan.notes),
        branch=change(plan.branch),
    )


SHAPES = {
    "as drafted": lambda s: s,
    "nine times as long": lambda s: s * 9,
    "empty": lambda _s: "",
    "one long word": lambda _s: "x" * 300,
    "English": lambda s: (
        "Call every customer today and write down why; agree on the next step. " * (len(s) // 12)
    ),
    "lines": lambda s: "\n".join(s) * 3,
    "Typst markup": lambda s: f"#panic() *{s}* $x$ ``` @a <b> [",
}


LONG = ("nine times as long", "one long word", "English", "lines", "Typst markup")


@pytest.mark.parametrize("shape", SHAPES)
def test_a_plan_is_one_page_and_goes_on_where_words_are_too_many(
    outreach: Outreach, sheets: Sheets, shape: str
) -> None:
    plan = changed_words(outreach.plan(WEEK), SHAPES[shape])
    pdf = sheets.plan_pdf(plan)
    assert set(shapes(pdf)) == {(595, 842)}
    pages = [page for page in texts(pdf) if "电访单第47周" not in page]
    said = "".join(pages)
    if shape not in LONG:
        assert len(pages) == 1
    assert overlaps(pdf) == 0
    assert "…" not in said
    for word in (
        "立即见效的方法",
        "需资源支持的动作",
        "本周落地事项",
        "主管签字",
        "数据日期2026-10-31",
        "打印人李敏",
        "内部资料",
    ):
        assert word in said
    # nine deadlines: no row was dropped
    days = [item.due[5:] for item in all_items(plan)]
    assert all(said.count(day) >= days.count(day) for day in days)


@pytest.mark.parametrize("kinds", [{}, {"red": 1}, {"C3": 60}, {"red": 20, "C3": 20, "C1": 20}])
def test_few_or_many_customers_make_one_page(book: Book, kinds: dict[str, int]) -> None:
    put_customers(book, range(1, 70))
    drawn = room(book, many(kinds), {"calls": 90})
    text_of(printing(drawn).plan_pdf(drawn.plan(WEEK)))


def test_a_row_of_nobody_prints_why(book: Book) -> None:
    drawn = room(book, [])
    plan = drawn.plan(WEEK)
    pdf = printing(drawn).plan_pdf(plan)
    said = text_of(pdf)
    for row in content_module.sheet(plan, Imprint("", "2026-11-16 08:40:00", None))["five"]:
        assert row["count"] == ""
        assert re.sub(r"\s", "", row["basis"]) in said
    assert "没有要联系的客户" in texts(pdf)[1]


def test_paper_names_no_customer(outreach: Outreach, sheets: Sheets) -> None:
    plan = outreach.plan(WEEK)
    first = plan.quick_wins[0]
    told = f"先找{first.customers[0].name},号 {first.customers[0].customer_no},电话 13812341234"
    plan = replace(plan, quick_wins=(replace(first, action=told), *plan.quick_wins[1:]))
    said = "".join(texts(sheets.plan_pdf(plan)))
    people = [c for item in all_items(plan) for c in item.customers]
    assert people
    assert not [c for c in people if c.name in said or c.customer_no in said]
    assert "13812341234" not in said
    assert f"{first.customers[1].name[0]}**{first.customers[1].customer_no[-4:]}" in said


def test_a_draft_is_marked_until_it_is_confirmed(outreach: Outreach, sheets: Sheets) -> None:
    assert "草稿" in text_of(sheets.plan_pdf(outreach.plan(WEEK)))
    outreach.confirm(WEEK)
    assert "草稿" not in text_of(sheets.plan_pdf(outreach.plan(WEEK)))


def test_the_foot_says_how_last_week_went(outreach: Outreach, sheets: Sheets) -> None:
    before = outreach.plan("2026-W46")
    for item in before.quick_wins:
        outreach.set_result(item.id or 0, "done", week="2026-W46")
    outreach.set_result(before.this_week[0].id or 0, "missed:no_time", week="2026-W46")
    said = text_of(sheets.plan_pdf(outreach.plan(WEEK)))
    assert "56%" in said
    assert "时间不够1" in said


def test_no_letter_is_smaller_than_ten_points(outreach: Outreach, sheets: Sheets) -> None:
    pdf = sheets.plan_pdf(changed_words(outreach.plan(WEEK), SHAPES["nine times as long"]))
    assert min(letter_sizes(pdf)) >= 9.99


def test_pages_are_drawn_from_the_same_pdf(outreach: Outreach, sheets: Sheets) -> None:
    page, *_others = sheets.pages(sheets.plan_pdf(outreach.plan(WEEK)), dpi=50)
    assert len(page.rgb) == page.width * page.height * 3
    assert (page.width, page.height) == pytest.approx((413, 585), abs=2)
    assert set(page.rgb[:3]) == {255}


def test_chinese_punctuation_is_full_width_and_figures_are_left_alone() -> None:
    assert (
        typeset("到期 12 户,金额 1,234.5 万;10:30 前(含周三)") == "到期12户，金额1,234.5万；10:30前（含周三）"
    )


def test_the_sheet_speaks_the_language_in_use(
    outreach: Outreach, sheets: Sheets, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = outreach.plan(WEEK)
    monkeypatch.setattr(
        content_module, "_", lambda text: {"主管签字": "Supervisor's signature"}.get(text, text)
    )
    monkeypatch.setattr(content_module, "language", lambda: "en")
    assert "Supervisor'ssignature" in text_of(sheets.plan_pdf(plan)).replace("’", "'")


# -- the workbook ------------------------------------------------------------------------------------------


def opened(printed: Printed) -> Any:
    return openpyxl.load_workbook(io.BytesIO(printed.content))


def test_the_workbook_is_set_up_to_print(outreach: Outreach, sheets: Sheets) -> None:
    book = opened(sheets.plan_xlsx(outreach.plan(WEEK)))
    assert book.sheetnames == ["531计划", "电访单", "选项"]
    assert [sheet.sheet_state for sheet in book] == ["visible", "visible", "hidden"]
    for sheet in book.worksheets[:2]:
        assert sheet.page_setup.orientation == "landscape"
        assert str(sheet.page_setup.paperSize) == "9"
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.print_title_rows
        assert sheet.freeze_panes
        assert "2026-10-31" in sheet.oddFooter.left.text
        assert "内部资料" in sheet.oddFooter.right.text


def test_every_row_carries_the_id_by_which_it_comes_back(outreach: Outreach, sheets: Sheets) -> None:
    printed = sheets.plan_xlsx(outreach.plan(WEEK))
    plan, calls = printed.handed
    for sheet, handed in zip(opened(printed).worksheets, (plan, calls), strict=False):
        last = sheet.max_column
        assert sheet.column_dimensions[get_column_letter(last)].hidden
        ids = [str(sheet.cell(row, last).value or "") for row in range(1, sheet.max_row + 1)]
        rows = [one.rsplit("/", 1) for one in ids if one]
        assert [int(row) for _sheet, row in rows] == [one.row for one in handed.rows]
        assert {one.split("/")[1] for one, _row in rows} == {handed.number}
        # sorting takes the ids along
        assert sheet.auto_filter.ref.split(":")[1].startswith(get_column_letter(last))
        assert any(handed.number in str(sheet.cell(row, 1).value) for row in range(1, 5))
    assert {one.customer_no for one in calls.rows} == {
        c.customer_no for item in all_items(outreach.plan(WEEK)) for c in item.customers
    }
    assert [one.item_id for one in plan.rows] == [item.id for item in all_items(outreach.plan(WEEK))]


def test_the_boxes_offer_what_may_stand_in_them(outreach: Outreach, sheets: Sheets) -> None:
    book = opened(sheets.plan_xlsx(outreach.plan(WEEK)))
    words = [[cell.value for cell in column if cell.value] for column in book.worksheets[2].columns]
    assert ["✓", "½", "×"] in words
    assert [name for _code, name in codes("results")] in words
    assert [name for _code, name in codes("missed")] in words
    for sheet, kinds in zip(
        book.worksheets, (["list", "list"], ["list", "date", "textLength", "date"]), strict=False
    ):
        assert [rule.type for rule in sheet.data_validations.dataValidation] == kinds


def test_the_workbook_names_no_customer(outreach: Outreach, sheets: Sheets) -> None:
    plan = outreach.plan(WEEK)
    said = " ".join(
        str(cell.value)
        for sheet in opened(sheets.plan_xlsx(plan))
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    )
    assert not [
        c for item in all_items(plan) for c in item.customers if c.name in said or c.customer_no in said
    ]


@pytest.mark.parametrize("text", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)"])
def test_text_that_begins_like_a_formula_stays_text(outreach: Outreach, sheets: Sheets, text: str) -> None:
    plan = outreach.plan(WEEK)
    first = replace(plan.quick_wins[0], action=text, method=text)
    sheet = opened(sheets.plan_xlsx(replace(plan, quick_wins=(first, *plan.quick_wins[1:])))).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith(text[:2])]
    assert cells
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in cells)


# -- the register ------------------------------------------------------------------------------------------


def test_a_saved_file_is_registered_without_any_customer_value(
    outreach: Outreach, sheets: Sheets, tmp_path: Path
) -> None:
    plan = outreach.plan(WEEK)
    printed = sheets.plan_pdf(plan)
    path = sheets.save(printed, tmp_path / "week.pdf")
    assert path.read_bytes() == printed.content
    assert not list(tmp_path.glob(".*.part"))
    with outreach.book.read() as conn:
        row = conn.execute(select(audit).where(audit.c.action == "export")).one()
    facts = json.loads(row.facts)
    assert row.subject == "plan_pdf"
    assert facts["rows"] == len({c.customer_id for item in all_items(plan) for c in item.customers})
    assert facts["fields"] == ["name_masked", "customer_no_tail", "phone_masked", "reason"]
    assert facts["numbers"] == [one.number for one in printed.handed]
    assert "张" not in row.facts


def test_a_file_that_cannot_be_written_is_one_sentence_and_leaves_the_old_one(
    sheets: Sheets, tmp_path: Path
) -> None:
    with pytest.raises(WorkbenchError) as caught:
        sheets.save(Printed(PLAN_PDF, b"%PDF", "week", 0), tmp_path / "nowhere" / "week.pdf")
    assert caught.value.code == "no_folder"
    (tmp_path / "week.pdf").mkdir()
    with pytest.raises(WorkbenchError) as caught:
        sheets.save(Printed(PLAN_PDF, b"%PDF", "week", 0), tmp_path / "week.pdf")
    assert caught.value.code == "not_a_file"
    assert [p.name for p in tmp_path.iterdir() if p.name.endswith(".part")] == []


def test_one_customer_plan_shows_the_name_tail(book: Book) -> None:
    put_customers(book, range(1, 3))
    drawn = room(book, [lead(1, "red")])
    said = text_of(printing(drawn).plan_pdf(drawn.plan(WEEK)))
    assert "赵**0001" in said


def test_a_print_is_registered_with_what_it_tells_of_customers(outreach: Outreach, sheets: Sheets) -> None:
    printed = sheets.plan_pdf(outreach.plan(WEEK))
    assert len(sheets.send(printed, copies=2)) == len(texts(printed))
    with outreach.book.read() as conn:
        row = conn.execute(select(audit).where(audit.c.action == "print")).one()
    facts = json.loads(row.facts)
    assert (row.subject, facts["pages"], facts["copies"]) == ("plan_pdf", len(texts(printed)), 2)
    assert (facts["rows"], facts["fields"][:2]) == (printed.rows, ["name_masked", "customer_no_tail"])


def test_a_sheet_that_does_not_say_what_it_tells_leaves_the_book_in_no_way(
    outreach: Outreach, sheets: Sheets, tmp_path: Path
) -> None:
    printed = sheets.plan_pdf(outreach.plan(WEEK))
    unknown = Printed(SheetKind("mystery", ()), printed.content, "x", 1)
    with pytest.raises(LookupError):
        sheets.send(unknown, copies=1)
    with pytest.raises(LookupError):
        sheets.save(unknown, tmp_path / "x.pdf")
    assert not (tmp_path / "x.pdf").exists()
