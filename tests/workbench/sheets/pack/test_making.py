"""The pack of a week: every part on pages of its own, numbered, dated, with pages that count through; nothing cut, nobody
named in full; the same people in the same order as the ranked list (domain 5, 17)."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from tests.books import new_workbench
from tests.workbench.sheets.reading import letter_sizes, overlaps, texts
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.outreach.editing import edit_words
from workbench.people.privacy import print_name, tail
from workbench.sample import make_branch
from workbench.sheets.pack.making import chosen_parts
from workbench.sheets.pack.registry import PARTS
from workbench.sheets.printed import Printed

WEEK = "2026-W47"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    """A sample branch, a week with a plan before this one, a promise."""
    folder = tmp_path_factory.mktemp("pack")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_TODAY", "2026-11-16")
        branch = make_branch(folder / "lists", 100, 6, last_month="2026-10")
        with new_workbench(folder / "a.book") as workbench:
            for file in branch.files[-3:]:
                session = workbench.intake.read(file)
                session.confirm_similar()
                session.commit()
            workbench.insight.check()
            before = workbench.outreach.plan("2026-W46")
            workbench.outreach.set_result(before.quick_wins[0].id or 0, "done", week="2026-W46")
            plan = workbench.outreach.plan(WEEK)
            for row in ("3-1", "3-2", "3-3"):
                plan = edit_words(plan, row, resource="人:主管 1 次陪访;找网点主任")
            workbench.outreach.save(plan)
            yield workbench


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")


@pytest.fixture(scope="module")
def pack(filled: Workbench) -> Printed:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_TODAY", "2026-11-16")
        return filled.sheets.pack(week=WEEK)


def test_every_page_is_dated_numbered_and_counted(pack: Printed) -> None:
    pages = texts(pack)
    assert pack.outgoing.facts["parts"] == [kind.code for kind in PARTS if kind.usual]
    for number, page in enumerate(pages, 1):
        assert f"第{number}/{len(pages)}页" in page
        assert "数据日期2026-10-31" in page
        assert "2026-12-16前销毁" in page
        assert re.search(r"编号261116-\d{6}|编号\d{6}-\d{6}", page)
        assert "…" not in page
    # numbers differ from sheet to sheet, and all of those with rows are kept when the pack leaves
    numbers = pack.outgoing.facts["numbers"]
    assert isinstance(numbers, list)
    assert len(set(map(str, numbers))) == len(numbers)
    assert min(letter_sizes(pack)) >= 9.99
    assert overlaps(pack) == 0


def test_the_lists_name_the_people_of_the_week_in_its_order(filled: Workbench, pack: Printed) -> None:
    entries = filled.outreach.weeks.of(WEEK).entries
    order = {one.person.customer_no: one.rank for one in entries}
    by_kind: dict[str, list[list[str]]] = {}
    for sheet in pack.handed:
        by_kind.setdefault(sheet.kind, []).append([row.customer_no for row in sheet.rows])
    assert by_kind["calls_pdf"] == [list(order)]
    days = by_kind["day_pdf"]
    assert len(days) > 1
    assert all([order[one] for one in day] == sorted(order[one] for one in day) for day in days)
    assert all(len(day) <= 15 for day in days)
    listed = [one for day in days for one in day]
    assert len(set(listed)) == len(listed)


def test_nobody_is_named_in_full_on_any_sheet(filled: Workbench, pack: Printed) -> None:
    words = "".join(texts(pack))
    people = [one.person for one in filled.outreach.weeks.of(WEEK).entries]
    assert f"{print_name(people[0].name)}{tail(people[0].customer_no)}" in words
    assert not [one for one in people if one.name in words or one.customer_no in words]
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", words)


def test_the_workbook_has_a_worksheet_for_every_sheet_with_the_same_people(
    filled: Workbench, pack: Printed
) -> None:
    made = filled.sheets.pack_xlsx(week=WEEK)
    assert [[row.customer_no for row in sheet.rows] for sheet in made.handed] == [
        [row.customer_no for row in sheet.rows] for sheet in pack.handed
    ]
    book = openpyxl.load_workbook(io.BytesIO(made.content))
    names = [sheet.title for sheet in book if sheet.sheet_state == "visible"]
    days = [f"{sheet.date[5:]} 清单" for sheet in pack.handed if sheet.date]
    assert names == ["531计划", "电访单", *days, "临界", "资源申请", "复盘", "四周回看"]
    for sheet in book:
        if sheet.sheet_state == "visible":
            assert "2026-10-31" in sheet.oddFooter.left.text
            assert sheet.sheet_properties.pageSetUpPr.fitToPage
            assert not [cell for row in sheet.iter_rows() for cell in row if "…" in str(cell.value)]


def test_parts_are_bound_in_their_order_and_an_unknown_one_is_refused() -> None:
    assert chosen_parts(["calls", "plan"]) == ("plan", "calls")
    assert chosen_parts([]) == tuple(kind.code for kind in PARTS if kind.usual)
    with pytest.raises(WorkbenchError) as caught:
        chosen_parts(["plan", "poem"])
    assert caught.value.code == "no_such_part"


def test_a_slip_says_what_is_asked_of_whom(filled: Workbench, pack: Printed) -> None:
    [slips] = [page for page in texts(pack) if "资源申请单" in page]
    for item in filled.outreach.plan(WEEK).needs_resources:
        assert re.sub(r"\s", "", item.method) in slips
    for word in ("数量", "找谁", "若不批", "申请日期", "批复", "同意", "不批", "签字"):
        assert slips.count(word) >= 3


def test_the_week_before_stands_in_the_history_with_its_completion(pack: Printed) -> None:
    [history] = [page for page in texts(pack) if "四周回看" in page]
    assert "2026-W4611%" in history


def test_a_saved_pack_replaces_the_one_before(filled: Workbench, tmp_path: Path) -> None:
    sheets = filled.sheets
    first = sheets.pack(("calls",), WEEK)
    sheets.save(first, tmp_path / "a.pdf")
    second = sheets.pack(("calls",), WEEK)
    sheets.save(second, tmp_path / "b.pdf")
    kept = sheets.handed_out.find(first.handed[0].number)
    assert kept is not None
    assert kept.replaced == second.handed[0].number


@pytest.mark.parametrize("part", ["calls", "day"])
def test_a_note_pinned_on_a_customer_stands_masked_on_call_sheet_and_daily_list(
    part: str, filled: Workbench
) -> None:
    first = filled.outreach.days.of("2026-11-16").lines[0].entry.person
    written = filled.outreach.pins.put(first.customer_no, "女儿13912345678在国外,下午打")
    try:
        printed = filled.sheets.pack(week=WEEK, parts=[part])
        book = openpyxl.load_workbook(io.BytesIO(filled.sheets.pack_xlsx(week=WEEK, parts=[part]).content))
    finally:
        filled.undo(written.undo_id or 0)
    cells = "".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    for words in ("".join(texts(printed)), cells):
        assert words.count("便签") == 1
        assert "下午打" in words
        assert "13912345678" not in words
    assert overlaps(printed) == 0


def test_fronts_of_journey_cards_stand_on_odd_pages_whatever_is_bound_before_them(filled: Workbench) -> None:
    first = [one.person.customer_no for one in filled.outreach.weeks.of(WEEK).entries]
    first = first[: filled.rules.whole("sheet.cards")]
    for parts in (("journey",), ("plan", "journey"), ("plan", "calls", "journey")):
        printed = filled.sheets.pack(week=WEEK, parts=parts)
        pages = texts(printed)
        fronts = [number for number, page in enumerate(pages, 1) if "为什么在这张卡" in page]
        assert fronts == list(range(len(pages) - len(first) // 2 * 2 + 1, len(pages) + 1, 2))
        assert all(number % 2 for number in fronts)
        assert all(f"第{number}/{len(pages)}页" in page for number, page in enumerate(pages, 1))
        assert [row.customer_no for row in printed.handed[-1].rows] == first
    made = filled.sheets.pack_xlsx(week=WEEK, parts=["journey"])
    sheet = openpyxl.load_workbook(io.BytesIO(made.content))["旅程卡"]
    said = "".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert "下一步" in said
    # by name and number a filled row is recognised when it comes back
    people = [one.person for one in filled.outreach.weeks.of(WEEK).entries][: len(first)]
    named = [cell.value for cell in sheet["B"] if "**" in str(cell.value)]
    assert named == [f"{print_name(one.name)} {tail(one.customer_no)}" for one in people]
    assert not [number for number in first if number in said]
