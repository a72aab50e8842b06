"""Pages read again when the book was written to where they read, by whatever way; the others stand as they are."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from tests.ui.conftest import Settle, write_list
from ui.main_window import MainWindow
from ui.registry import PAGES
from workbench.app import Workbench
from workbench.base.change import Change

ALL = frozenset(entry.name for entry in PAGES)
#: every write has its row there
REGISTER = frozenset({"trust"})
#: pages that show what the book tells of customers, and what is computed from it
FIGURES = ALL - {"imports", "settings", "results", "scripts"}
Write = Callable[[Workbench, str, Path], Change]


def log_contact(workbench: Workbench, number: str, _folder: Path) -> Change:
    return workbench.outreach.log_touch(number, channel="call", result="reached")


def correct(workbench: Workbench, number: str, _folder: Path) -> Change:
    return workbench.insight.corrections.correct(number, "occupation", "教师", "客户当面说明")


def link(workbench: Workbench, number: str, _folder: Path) -> Change:
    links = workbench.insight.links
    return links.add(number, links.kinds()[0][0], other_name="李四")


def serve(workbench: Workbench, number: str, _folder: Path) -> Change:
    return workbench.insight.towers.record_service(number, "plan")


def review(workbench: Workbench, number: str, _folder: Path) -> Change:
    tags = workbench.insight.tags
    return tags.wrong(number, tags.library.live[0].code)


def save_list(workbench: Workbench, _number: str, _folder: Path) -> Change:
    return workbench.insight.picking.save("大户", "aum_balance > 0")


def confirm_plan(workbench: Workbench, _number: str, _folder: Path) -> Change:
    return workbench.outreach.confirm()


def import_list(workbench: Workbench, _number: str, folder: Path) -> Change:
    rows: list[tuple[object, ...]] = [("0000100001", "林秀英", "13812340001", 1824000.0, 1800000.0)]
    path = write_list(folder / "名单_202611.xlsx", rows, "个人客户资产月报(2026年11月15日)")
    session = workbench.intake.read(path)
    for sheet in session.report().sheets:
        for question in sheet.questions:
            session.confirm(sheet.sheet, question.code, "核对过")
    session.commit()
    return session.change


def set_preset(workbench: Workbench, _number: str, _folder: Path) -> Change:
    return workbench.set("preset", "rural")


WRITES: tuple[tuple[Write, frozenset[str]], ...] = (
    (log_contact, FIGURES),
    # the complaints, in front among the files, rest on no figure
    (correct, FIGURES - {"cases"}),
    (link, FIGURES - {"cases"}),
    (serve, FIGURES - {"cases"}),
    (review, frozenset({"tags"}) | REGISTER),
    (save_list, frozenset({"picker"}) | REGISTER),
    # the portrait tells where its customer stands this week, the calendar what the week's list asks for
    (
        confirm_plan,
        frozenset({"week", "today", "calendar", "plan", "warnings", "critical", "portrait"}) | REGISTER,
    ),
    # the playbook is open for nobody in particular
    (import_list, ALL - {"settings", "results", "scripts"}),
    (set_preset, ALL),
)


def test_pages_read_again_after_a_write_its_undo_and_its_redo_as_far_as_they_read_it(
    window: MainWindow, settle: Settle, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbench, tasks = window.workbench, window.tasks
    somebody = workbench.insight.ranking(limit=1)[0].customer_no
    for entry in (*PAGES, *PAGES):  # the first round brings up to date what the plan rests on
        window.open_page(entry.name, somebody if entry.name == "portrait" else None)
        settle()
    reread: set[str] = set()
    for name, page in window.pages.items():
        assert name in ("today", "trust") or not page.behind, (
            name
        )  # the day and the register are read whenever they are shown
        monkeypatch.setattr(page, "refresh", partial(reread.add, name))
    monkeypatch.setattr(window.pulse, "read", lambda: reread.add("window"))

    def after(job: Callable[[], Change]) -> Change:
        reread.clear()
        done: list[Change] = []
        tasks.write(job, done.append)
        settle()
        return done[0]

    for write, pages in WRITES:
        # the head tells of imports and settings, of nothing that is written by hand
        expected = pages | {"window"} if write in (import_list, set_preset) else pages
        number = after(partial(write, workbench, somebody, tmp_path)).undo_id
        assert number is not None
        assert reread == expected, (write.__name__, sorted(reread ^ expected))
        after(partial(workbench.undo, number))
        assert reread == expected, f"undo of {write.__name__}"
        after(partial(workbench.redo, number))
        assert reread == expected, f"redo of {write.__name__}"


def test_what_a_job_wrote_is_told_though_nobody_says_so(
    window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    workbench, tasks = window.workbench, window.tasks
    somebody = workbench.insight.ranking(limit=1)[0].customer_no
    window.open_page("settings")  # no page in front reads a plan, which a contact lets be drafted anew
    settle()
    told: list[frozenset[str]] = []
    tasks.changed.connect(lambda tables, _shown_by: told.append(tables))

    def broken() -> None:
        log_contact(workbench, somebody, Path())
        raise ZeroDivisionError

    tasks.run(broken, failed=lambda _error: None)
    tasks.follow(lambda _progress: save_list(workbench, somebody, Path()), lambda _share, _words: None)
    tasks.run(lambda: workbench.insight.check())
    settle()
    assert told == [{"touches"}, {"lists"}]


def test_a_page_that_drafts_the_plan_it_shows_does_not_read_it_twice(
    window: MainWindow, settle: Settle, monkeypatch: pytest.MonkeyPatch
) -> None:
    page, other = window.open_page("plan"), window.pages["week"]
    settle()
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-23")  # no plan of this week is drafted yet
    read: list[str] = []
    monkeypatch.setattr(page, "refresh", lambda: read.append("plan"))
    monkeypatch.setattr(other, "refresh", lambda: read.append("week"))
    page.reload()
    settle()
    assert read == ["week"], "the other page that shows it does"
