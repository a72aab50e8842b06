"""The real window on a real book: a small sample branch is imported once, each test opens a copy of it."""

import gc
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from db import book_key
from tests.books import made_once, new_workbench
from tests.ui.bot import Bot
from tests.waits import opened
from ui.app import Program
from ui.main_window import MainWindow
from ui.page import Page
from ui.tasks import Tasks
from workbench.app import Workbench
from workbench.sample import make_branch

PASSPHRASE = "春风化雨 2026"
LAST_MONTH = "2026-10"
#: a day in a week that follows the data
TODAY = "2026-11-16"
Settle = Callable[[], None]
Went = list[tuple[str, object]]


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> Bot:
    """pytest-qt's robot, which waits as the whole suite does, with no button of the mouse held."""
    release_buttons()
    return Bot(request)


def release_buttons() -> None:
    """A click that closes its own widget leaves Qt with a button held for every test that follows."""
    if QApplication.mouseButtons() & Qt.MouseButton.LeftButton:
        QTest.mouseRelease(QWidget(), Qt.MouseButton.LeftButton)


@pytest.fixture(autouse=True)
def _nothing_asked_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    """The books of these tests lack 本行授权使用: it is not asked between the clicks of other tests."""
    monkeypatch.setattr("ui.first_steps.STATEMENT_AFTER", 86_400_000)


@pytest.fixture(autouse=True, scope="module")
def _garbage_of_the_windows() -> Iterator[None]:
    """What the windows of a file leave behind is collected here: on the thread of the window, as the program does it."""
    gc.disable()
    gc.collect()
    gc.freeze()  # what other files left is not of these windows: looking through it again takes seconds
    yield
    gc.collect()
    gc.freeze()  # what stays now stays until the end; later files need not look through it again
    gc.enable()


@pytest.fixture(scope="session")
def branch_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with 100 customers and 9 months, made by the real intake."""

    def make(book: Path) -> None:
        branch = make_branch(book.parent / "lists", 100, 9, last_month=LAST_MONTH)
        with new_workbench(book, PASSPHRASE) as workbench:
            for path in branch.files:
                session = workbench.intake.read(path)
                session.confirm_similar()
                session.commit()
            workbench.insight.check()
            workbench.outreach.outcomes.check("2026-09")
            workbench.insight.engine.ensure()
            workbench.outreach.plan()

    # what is computed on this day need not be computed in every test
    return made_once(tmp_path_factory, "branch", make, TODAY)


def kept_book(folder: Path, today: str, fill: Callable[[Workbench, Path], None]) -> Path:
    """A book filled once, with all that a window computes when it opens; tests open copies of it."""
    book = folder / "kept.book"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book_key, "COST", 16)
        patch.setenv("WORKBENCH_TODAY", today)
        with new_workbench(book, PASSPHRASE) as workbench:
            fill(workbench, folder)
            workbench.insight.engine.ensure()
    return book


@pytest.fixture
def path(tmp_path: Path, branch_book: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the branch's book, in a week that follows its data."""
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    monkeypatch.delenv("WORKBENCH_PASSPHRASE", raising=False)
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    copy = tmp_path / "客户账本.book"
    shutil.copyfile(branch_book, copy)
    return copy


@pytest.fixture
def start(qapp: QApplication) -> Iterator[Callable[[Path], Program]]:
    """Start the program on a path; everything is drained at the end."""
    begun: list[Program] = []

    def begin(path: Path) -> Program:
        begun.append(Program(qapp, path))
        return begun[-1]

    yield begin
    for program in begun:
        program.close()


@pytest.fixture
def program(start: Callable[[Path], Program], path: Path) -> Program:
    """The program with the branch's book open."""
    running = start(path)
    running.enter(Workbench.open(path, PASSPHRASE))
    return running


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    """A runner of background work for a widget without its window."""
    made = Tasks()
    yield made
    made.close()


@pytest.fixture
def settle(qtbot: QtBot, program: Program) -> Settle:
    """Wait until the worker is idle and everything is delivered."""

    def wait() -> None:
        qtbot.waitUntil(lambda: not program.tasks.busy)

    return wait


@pytest.fixture
def window(qtbot: QtBot, program: Program, settle: Settle) -> MainWindow:
    """The main window with its first page read."""
    assert program.window is not None
    qtbot.waitExposed(program.window)
    program.window.activateWindow()
    settle()
    return program.window


@pytest.fixture
def went(page: Page) -> Went:
    """Where the page asked to go."""
    places: Went = []
    page.go.connect(lambda name, argument: places.append((name, argument)))
    return places


def write_list(
    path: Path, rows: list[tuple[object, ...]], title: str = "个人客户资产月报(2026年10月31日)"
) -> Path:
    """A head-office list as xlsx: title row, header row, rows."""
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = "客户清单"
    sheet.append([title])
    sheet.append(["客户号", "客户姓名", "手机号", "金融资产余额", "金融资产月日均"])
    for row in rows:
        sheet.append(list(row))
    workbook.save(path)
    return path


@pytest.fixture
def small_list(tmp_path: Path) -> Path:
    """Three customers of 2026-10."""
    return write_list(
        tmp_path / "名单_202610.xlsx",
        [
            ("0000100001", "林秀英", "13812340001", 1824000.0, 1800000.0),
            ("0000100002", "赵建国", "13812340002", 312000.0, 300000.0),
            ("0000100003", "周敏", "13812340003", 775000.0, 770000.0),
        ],
    )


def hold(program: Program, gate: threading.Event) -> None:
    """Keep the worker busy until the gate opens."""
    begun = threading.Event()

    def job() -> None:
        begun.set()
        opened(gate)

    program.tasks.run(job)
    opened(begun)
