"""The file of a complaint on paper: what was said and done, both clocks by words and marks, blank steps to write in; masked."""

from pathlib import Path

import pytest

from db import book_key
from tests.books import new_book
from tests.workbench.conftest import SmallBook
from tests.workbench.sheets.reading import texts
from workbench.outreach.complaints.new_complaint import NewComplaint
from workbench.outreach.complaints.room import Complaints
from workbench.outreach.effects.room import Effects
from workbench.rules.parameters import Rules
from workbench.sheets.complaint_file import complaint_pdf
from workbench.sheets.content import Imprint

IMPRINT = Imprint("周敏", "2026-12-01 09:00:00", None)


def test_it_says_what_was_done_and_what_is_over_without_naming_anybody(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book_key, "COST", 16)
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-12-01")
    rules = Rules.load()
    with new_book(tmp_path / "a.book", "correct horse") as book:
        small = SmallBook(book)
        small.customer("900000001234", name="林建国", birth_date="1950-01-01")
        room = Complaints(book, rules, small.insight.engine, Effects(book, rules))
        what = NewComplaint(
            "林建国排队一小时", "waiting", received="2026-11-13 10:00", owner="王芳", against="李经理"
        )
        room.open("900000001234", what)
        room.take_step(1, "stop", "林建国的电话回了", "2026-11-13 10:10")
        room.extend(1, "complex", "张行长", "2026-11-20")
        printed = complaint_pdf(room.of(1), rules, IMPRINT)
    (page,) = texts(printed)
    assert "建国" not in page
    assert "二级" in page
    assert "张行长2026-11-20批准" in page
    assert "已超9个工作日" in page
    assert "30个自然日" in page
    assert page.count("周敏") >= 1
