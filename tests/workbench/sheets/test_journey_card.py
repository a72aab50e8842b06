"""Journey cards on paper: half an A4, front behind back, nothing cut however much there is, nobody named, black-and-white safe
(domain 3, 17)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pypdfium2
import pytest
from sqlalchemy import select

from db.record import audit
from tests.books import new_workbench
from tests.workbench.sheets.reading import letter_sizes, overlaps, shapes, texts
from workbench.app import Workbench
from workbench.insight.journey.tasks import StageTask
from workbench.insight.portrait.portrait import HoldingRow, Portrait, TouchRow
from workbench.insight.portrait.unsaid import Never
from workbench.people.privacy import print_name, tail
from workbench.sample import make_branch
from workbench.sheets.journey_card import CARDS_PDF
from workbench.sheets.pdf import pages
from workbench.sheets.printed import Printed

WEEK = "2026-W47"
A4 = (595, 842)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workbench]:
    folder = tmp_path_factory.mktemp("cards")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_TODAY", "2026-11-16")
        branch = make_branch(folder / "lists", 100, 6, last_month="2026-10")
        with new_workbench(folder / "a.book") as workbench:
            for file in branch.files[-2:]:
                session = workbench.intake.read(file)
                session.confirm_similar()
                session.commit()
            workbench.insight.check()
            workbench.outreach.plan(WEEK)
            yield workbench


@pytest.fixture(autouse=True)
def _monday(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")


@pytest.fixture(scope="module")
def portrait(filled: Workbench) -> Portrait:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_TODAY", "2026-11-16")
        return filled.insight.portrait(filled.outreach.weeks.of(WEEK).entries[0].person.customer_no)


@pytest.fixture(scope="module")
def week(filled: Workbench) -> Printed:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("WORKBENCH_TODAY", "2026-11-16")
        return filled.sheets.journey_cards(WEEK)


def plain(printed: Printed) -> list[str]:
    """The words of each page; an amount and its unit are joined by a sign that takes no room."""
    return [page.replace("\u2060", "") for page in texts(printed)]


def halves(printed: Printed, page: int, words: str) -> set[str]:
    """In which halves of a page some words stand."""
    document = pypdfium2.PdfDocument(printed.content)
    text = document[page].get_textpage()
    search = text.search(words)
    seen = set()
    while (place := search.get_next()) is not None:
        _left, bottom, _right, _top = text.get_charbox(place[0])
        seen.add("upper" if bottom > A4[1] / 2 else "lower")
    document.close()
    return seen


def in_grey(printed: Printed) -> bool:
    """Whether no colour tells anything: every dot is nearly grey."""
    drawn = [
        np.frombuffer(one.rgb, np.uint8).reshape(-1, 3).astype(int) for one in pages(printed.content, 60)
    ]
    return all(int((dots.max(axis=1) - dots.min(axis=1)).max()) <= 12 for dots in drawn)


def test_one_card_is_a_page_to_fold_with_its_front_above_its_back(
    filled: Workbench, portrait: Portrait
) -> None:
    made = filled.sheets.journey_card(portrait)
    [page] = plain(made)
    assert shapes(made) == [A4]
    assert halves(made, 0, "下一步") == {"upper"}
    assert halves(made, 0, "任务") >= {"lower"}
    assert halves(made, 0, "主管签字") == {"lower"}
    assert halves(made, 0, print_name(portrait.name)) == {"upper", "lower"}
    assert "沿虚线向后对折" in page
    # each half is dated, numbered and to be destroyed by itself
    for words in ("数据日期2026-10-31", "编号", "2026-12-16前销毁", "内部资料"):
        assert page.count(words) == 2
    for words in (
        "为什么在这张卡",
        "层级与差距",
        "基因卡",
        "禁忌",
        "持有与到期",
        "钩子产品",
        "最近联系",
        "阶段经过",
    ):
        assert words in page
    assert min(letter_sizes(made)) >= 9.99
    assert overlaps(made) == 0
    assert in_grey(made)
    assert "…" not in page


def test_cards_of_the_week_stand_two_an_a4_each_back_behind_its_front(
    filled: Workbench, week: Printed
) -> None:
    entries = filled.outreach.weeks.of(WEEK).entries[: filled.rules.whole("sheet.cards")]
    pages_of = plain(week)
    assert len(pages_of) == 2 * -(-len(entries) // 2)
    assert "沿长边翻转" in pages_of[0]
    for place, entry in enumerate(entries):
        front = place // 2 * 2
        half = "upper" if place % 2 == 0 else "lower"
        number = f"**{tail(entry.person.customer_no)}"
        assert halves(week, front, number) == halves(week, front + 1, number) == {half}
    for page in pages_of[1::2]:
        assert "主管签字" in page
        assert "下一步" not in page
    assert [row.customer_no for row in week.handed[0].rows] == [one.person.customer_no for one in entries]
    assert min(letter_sizes(week)) >= 9.99
    assert overlaps(week) == 0
    assert in_grey(week)


def test_nobody_is_named_and_the_print_is_registered(
    filled: Workbench, week: Printed, tmp_path: Path
) -> None:
    said = "".join(plain(week))
    people = [one.person for one in filled.outreach.weeks.of(WEEK).entries]
    assert not [one for one in people if one.name in said or one.customer_no in said]
    assert not re.search(r"(?<!\d)1[3-9]\d{9}(?!\d)", said)
    filled.sheets.save(week, tmp_path / "卡.pdf")
    with filled.book.read() as conn:
        row = conn.execute(
            select(audit).where(audit.c.subject == CARDS_PDF.code).order_by(audit.c.id.desc())
        ).first()
    assert row is not None
    assert row.action == "export"
    assert "name_masked" in str(row.facts)
    assert week.outgoing.facts["numbers"] == [week.handed[0].number]


@pytest.mark.parametrize("length", [40, 400, 3_000])
def test_long_texts_go_on_and_none_is_cut(filled: Workbench, portrait: Portrait, length: int) -> None:
    notes = ["".join(f"第{n}段{k}句话说到这里," for k in range(length // 10)) for n in range(5)]
    touches = tuple(
        TouchRow(n, f"2026-1{n % 2}-0{n + 1}", "call", "reached", "manager", None, note)
        for n, note in enumerate(notes)
    )
    held = tuple(
        HoldingRow(
            None,
            f"{n}号产品" + "长名" * 20,
            None,
            "R2",
            n * 1_000_000,
            None,
            f"2027-0{n + 1}-01",
            "holding",
            None,
        )
        for n in range(6)
    )
    made = filled.sheets.journey_card(replace(portrait, touches=touches, holdings=held))
    said = "".join(plain(made))
    missing = [
        sentence
        for note in notes
        for sentence in filter(None, note.split(","))
        if sentence not in said and sentence not in _across(said)
    ]
    assert missing == []
    assert all(f"{n}号产品" in said for n in range(6))
    assert said.count("主管签字") == 1
    assert overlaps(made) == 0
    assert min(letter_sizes(made)) >= 9.99


@pytest.mark.parametrize("lines", [6, 14, 23, 60])
def test_however_many_lines_there_are_none_stands_on_another(
    filled: Workbench, portrait: Portrait, lines: int
) -> None:
    assert portrait.stage is not None
    never = tuple(Never(f"n{n}", f"第{n}句不说", "因为如此") for n in range(lines))
    tasks = tuple(StageTask(f"t{n}", f"第{n}件事", "2026-12-01", None) for n in range(lines))
    stage = replace(portrait.stage, tasks=tasks)
    made = filled.sheets.journey_card(replace(portrait, do_not_say=never, stage=stage))
    said = "".join(plain(made))
    assert all(f"第{n}句不说因为如此" in said and f"第{n}件事" in said for n in range(lines))
    assert overlaps(made) == 0
    assert min(letter_sizes(made)) >= 9.99


def _across(said: str) -> str:
    """The words without the titles that stand between a text and its going on."""
    return re.sub(r"最近联系\(续\)|截至\d{4}-\d{2}-\d{2}", "", said)


def test_a_surname_without_a_sign_is_spelt_and_said_before(filled: Workbench, portrait: Portrait) -> None:
    made = filled.sheets.journey_card(replace(portrait, name="𠮷野家"))
    assert "(ji)**" in plain(made)[0]
    [notice] = made.notices
    assert "ji" in notice


def test_nobody_on_the_list_is_said_on_the_sheet(tmp_path: Path) -> None:
    with new_workbench(tmp_path / "b.book") as workbench:
        file = tmp_path / "名单_202610.xlsx"
        sheet = openpyxl.Workbook()
        rows: Sequence[Sequence[object]] = (
            ("客户编号", "客户名称", "金融资产余额(元)", "金融资产月日均(元)"), ("0000000001", "甲一", 118_000, 121_000),
        )  # fmt: skip
        for line in rows:
            sheet.active.append(line)
        sheet.save(file)
        session = workbench.intake.read(file)
        session.commit()
        made = workbench.sheets.journey_cards(WEEK)
    [page] = plain(made)
    assert "没有旅程卡可印" in page or "**0001" in page
    assert "数据日期2026-10-31" in page
