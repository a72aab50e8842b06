"""Pictures of every page of the real window: `python -m bench.screenshots BOOK FOLDER [--lang en] [--theme dark]`.

The passphrase comes from WORKBENCH_PASSPHRASE. Runs on any Qt platform; `offscreen` needs no screen.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QApplication, QDialog, QTabWidget, QWidget

from bench.states import States, unblocked
from ui import theme
from ui.app import Program
from ui.main_window import MainWindow
from ui.pages.calendar.days import VIEWS
from ui.pages.imports.page import ImportsPage
from ui.pages.matrix.page import MatrixPage
from ui.pages.portrait.page import PortraitPage
from ui.pages.results.page import ResultsPage
from ui.pages.today.page import REVIEW
from ui.pages.week.page import WeekPage
from ui.registry import LISTED
from ui.widgets.contact.dialog import TouchDialog
from workbench.app import Workbench
from workbench.base.i18n import _, use_language

#: logical: a screen of 1366x768 at 100 %, and of 1920x1080; 1093x614 and 911x512 are 1366x768 at 125 and 150 %
SIZES = ((1366, 768), (1920, 1080))
PATIENCE = 30.0
#: what a page is opened with
ARGUMENTS = {"picker": "tier >= L4 and days_since_touch > 60 and not tag('拒绝营销')", "calendar": "year"}


def _size(text: str) -> tuple[int, int]:
    width, _times, height = text.partition("x")
    return int(width), int(height)


def _settle(app: QApplication, program: Program, ready: Callable[[], bool] = lambda: True) -> None:
    """Until the worker is idle and the picture drawn; figures are asked for a moment after a page has its size."""
    until = time.monotonic() + PATIENCE
    quiet = 0
    while time.monotonic() < until and quiet < 12:
        app.processEvents()
        time.sleep(0.015)
        quiet = quiet + 1 if not program.tasks.busy and ready() else 0


def _grab(widget: QWidget, folder: Path, name: str) -> None:
    widget.grab().save(str(folder / f"{name}.png"))


def _pages(
    app: QApplication,
    program: Program,
    window: MainWindow,
    folder: Path,
    files: list[Path],
    sizes: Sequence[tuple[int, int]],
    only: Sequence[str] | None,
) -> None:
    for width, height in sizes:
        window.resize(width, height)
        size = f"{width}x{height}"
        for name in (entry.name for entry in LISTED if not only or entry.name in only):
            page = window.open_page(name, ARGUMENTS.get(name))
            _settle(app, program)
            _grab(window, folder, f"{name}-{size}")
            for view in VIEWS[1:] if name == "calendar" else ():
                page.place(view)
                _settle(app, program)
                _grab(window, folder, f"{name}-{view}-{size}")
            for tabs in page.findChildren(QTabWidget):
                for at in range(1, tabs.count()):
                    tabs.setCurrentIndex(at)
                    _settle(app, program)
                    _grab(window, folder, f"{name}-{at + 1}-{size}")
                tabs.setCurrentIndex(0)
            if isinstance(page, MatrixPage):
                _views(app, program, page, folder, size)
        _first_customer(app, program, window, folder, size, only)
        if only:
            continue
        window.search.setFocus()
        window.search.setText("z")
        window.search.textEdited.emit("z")
        _settle(app, program)
        window.search.popup.show()
        _grab(window, folder, f"search-{size}")
        window.search.clear()
        window.search.popup.hide()
        for number, path in enumerate(files, start=1):
            page = window.open_page("imports", path)
            _settle(app, program)
            if isinstance(page, ImportsPage):
                _tabs(app, program, page, folder, f"review{number}", size)
            window.pages["imports"].escape()
            _settle(app, program)
        if len(files) > 1:
            page = window.open_page("imports", tuple(files))
            _settle(app, program)
            _grab(window, folder, f"several-{size}")
            page.escape()
            _settle(app, program)


def _first_customer(
    app: QApplication,
    program: Program,
    window: MainWindow,
    folder: Path,
    size: str,
    only: Sequence[str] | None,
) -> None:
    """The pages about one customer: the portrait, from the top and from the four pots, and the scripts for him."""
    known = window.workbench.insight.summary().customers
    first = window.workbench.insight.ranking(limit=1) if known else []
    if first and (not only or "portrait" in only):
        page = window.open_page("portrait", first[0].customer_no)
        if isinstance(page, PortraitPage):
            _settle(app, program, partial(getattr, page.below.chart.chart, "drawn"))
            _grab(window, folder, f"portrait-{size}")
            page.content.verticalScrollBar().setValue(page.below.allocation.y() - 8)
            _settle(app, program)
            _grab(window, folder, f"portrait-allocation-{size}")
    if first and (not only or "scripts" in only):
        window.open_page("scripts", first[0].customer_no)
        _settle(app, program)
        _grab(window, folder, f"scripts-customer-{size}")


def _views(app: QApplication, program: Program, page: MatrixPage, folder: Path, size: str) -> None:
    """The views of the products behind the one that the page opens with."""
    for number, view in enumerate((page.by_customer, page.by_hook, page.by_card, page.by_package), start=2):
        if view.isEnabled():
            view.click()
            _settle(app, program)
            _grab(page.window(), folder, f"matrix-view{number}-{size}")
    page.by_portrait.click()


def _tabs(app: QApplication, program: Program, page: ImportsPage, folder: Path, name: str, size: str) -> None:
    """Every tab of the review, beginning with the one it opens at."""
    _grab(page.window(), folder, f"{name}-opens-{size}")
    for number, part in enumerate(page.review.parts, start=1):
        page.review.open_tab(part)
        _settle(app, program)
        _grab(page.window(), folder, f"{name}-{number}-{type(part).__name__.lower()}-{size}")


def _evening(
    app: QApplication, program: Program, window: MainWindow, folder: Path, size: tuple[int, int]
) -> None:
    """The review of the day, and the newest sheet that is out typed back: two rows, then the look before they are entered."""
    window.resize(*size)
    window.open_page("today", REVIEW)
    _settle(app, program)
    _grab(window, folder, "today-review")
    results = window.open_page("results")
    _settle(app, program)
    if not isinstance(results, ResultsPage) or results.keypad.pad is None:
        return
    for row in results.keypad.pad.rows[:2]:
        results.keypad.line.setText(f"{row.label} 2")
        results.keypad.keep()
    results.keypad.line.setText(
        results.keypad.pad.rows[2].label + " 1" if len(results.keypad.pad.rows) > 2 else ""
    )
    _grab(window, folder, "results-typed")
    results.show_review(window.workbench.results.of_keypad(results.keypad.pad))
    _settle(app, program)
    _grab(window, folder, "results-review")
    results.show_typing()
    # a sheet straight from the printer is a scan without ticks
    sheets, paper = window.workbench.sheets, folder / "scan.pdf"
    sheets.save(sheets.plan_pdf(window.workbench.outreach.plan()), paper, replace=True)
    results.take(paper)
    _settle(app, program)
    if results.picture.review is not None:
        results.picture.settle("1")
    _settle(app, program)
    _grab(window, folder, "results-picture")
    results.show_typing()
    results.picture.clear_review()
    paper.unlink()


def _dialogs(
    app: QApplication, program: Program, window: MainWindow, folder: Path, size: tuple[int, int]
) -> None:
    window.resize(*size)
    week = window.open_page("week")
    _settle(app, program)
    if isinstance(week, WeekPage):
        week.print_plan()
    else:
        raise TypeError(week)
    window.log_touch()
    if (contact := window.findChild(TouchDialog)) is not None:
        contact.further.open()
    week.goals.edit()
    imports = window.open_page("imports")
    _settle(app, program)
    if isinstance(imports, ImportsPage):
        imports.buttons.show_dialects()
        imports.buttons.show_identity()
        imports.history.show_details()
    insight = window.workbench.insight
    known = [one.customer_no for one in insight.ranking(limit=20)] if insight.summary().customers else []
    if known:
        # whose figures were changed most often has most to show
        number = max(known, key=lambda one: sum(len(found.earlier) for found in insight.provenance(one)))
        portrait = window.open_page("portrait", number)
        if isinstance(portrait, PortraitPage):
            portrait.sources.field(number, _("金融资产"), "aum_balance", unmasked=False)
            _settle(app, program)
            portrait.print_page()
            window.put_on_plan()
    _settle(app, program)
    for dialog in window.findChildren(QDialog):
        _grab(dialog, folder, type(dialog).__name__.lower())
        dialog.close()


def _doors(app: QApplication, program: Program, folder: Path) -> None:
    """The door of a book, with others opened lately, and the first start with the offer of the sample."""
    book = program.path
    others = [book.with_name(name) for name in ("城东支行.book", "城西支行个人客户.book")]
    for one in others:
        one.touch()
    program.pc.recent = [str(one) for one in (book, *others)]
    for name, path in (("unlock", book), ("unlock-first", book.with_name("新支行.book"))):
        program.path = path
        program.pc.recent = program.pc.recent if path == book else []
        door = program.ask(try_kept=False)
        _settle(app, program)
        _grab(door, folder, name)
        door.blockSignals(True)
        door.close()
    program.path = book
    for one in others:
        one.unlink()


def _over(
    app: QApplication,
    program: Program,
    window: MainWindow,
    folder: Path,
    size: tuple[int, int],
    only: Sequence[str] | None,
) -> None:
    """What opens over every page."""
    window.resize(*size)
    states = States(app, window, folder, partial(_settle, app, program))
    with unblocked(lambda: states.dialogs("asked")):
        for name in (*(entry.name for entry in LISTED), "portrait"):
            if only and name not in only:
                continue
            argument: object = ARGUMENTS.get(name)
            if name == "portrait":
                first = window.workbench.insight.ranking(limit=1)
                if not first:
                    continue
                argument = first[0].customer_no
            page = window.open_page(name, argument)
            _settle(app, program)
            states.walk(name, page)
            if name == "week":
                states.notice()


def main(argv: list[str] | None = None) -> int:
    """Open the window on a book and grab every page."""
    parser = argparse.ArgumentParser(prog="bench.screenshots")
    parser.add_argument("book", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lang", default="zh")
    parser.add_argument("--theme", default="light")
    parser.add_argument("--file", type=Path, action="append", default=[], help="a list to show in the review")
    parser.add_argument("--zoom", type=int, default=100, help="of the program itself, in percent")
    parser.add_argument("--only", action="append", help="a page, several allowed; no dialogs then")
    parser.add_argument("--over", action="store_true", help="dialogs, menus and filters instead of pages")
    parser.add_argument("--size", type=_size, action="append", help="WxH in logical pixels, several allowed")
    told = parser.parse_args(argv)
    sizes = told.size or SIZES
    told.folder.mkdir(parents=True, exist_ok=True)
    os.environ["WORKBENCH_HOME"] = tempfile.mkdtemp()
    app = QApplication(sys.argv[:1])
    program = Program(app, told.book, told.lang)
    program.pc.language, program.pc.theme, program.pc.zoom = told.lang, told.theme, told.zoom
    theme.apply(app, told.theme, told.zoom)
    _doors(app, program, told.folder)
    use_language(told.lang)
    program.enter(Workbench.open(told.book, os.environ["WORKBENCH_PASSPHRASE"]))
    program.rebuild()
    if program.window is None:
        return 1
    _settle(app, program)
    if told.over:
        _over(app, program, program.window, told.folder, sizes[0], told.only)
    else:
        _pages(app, program, program.window, told.folder, told.file, sizes, told.only)
    if not told.only and not told.over:
        _evening(app, program, program.window, told.folder, sizes[0])
        _dialogs(app, program, program.window, told.folder, sizes[0])
    program.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
