"""A monkey at the window: clicks, keys, wheel and texts over all pages, tabs, dialogs and menus, by a seed that is told.

`python -m bench.monkey [BOOK] [--events 50000] [--seed N] [--passphrase …]`; it plays on a copy. Only the questions of the
system (which file, which printer, dragging) are stood in for. Told at the end: faults nobody foresaw, the longest time
in which the window did not answer, and the least memory of the 5,000 events after the first 10,000 and of the last 5,000.
"""

import argparse
import faulthandler
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QContextMenuEvent, QDrag, QWheelEvent
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTabBar,
    QTabWidget,
    QTextEdit,
    QWidget,
)

from bench.monkey_watch import Memory, Watch
from ui.app import Program
from ui.loading import load
from ui.registry import BY_NAME, PAGES

SEED = 531
EVENTS = 50_000
#: events on one place (a page, one of its tabs) before the next one's turn
_STAY = 60
#: events in one dialog before it is given up
_PATIENCE = 40
#: events between two looks at the memory
_WEIGHED = 500
#: events after which every page was open once
_SETTLED = 10_000
#: looks of which the least is what is held: between two times that the book is closed, pages come and go by some 6,000
#: widgets
_SPAN = 10
_LIVELY = (
    QAbstractButton,
    QAbstractItemView,
    QLineEdit,
    QComboBox,
    QAbstractSpinBox,
    QTabBar,
    QTextEdit,
    QPlainTextEdit,
)
_TEXTS = (
    "z", "张", "1380013", "tier >= L4 and", "2026-02-30", "-1", "1e9", "0", "'", "=1+1", "\u202e张", "很长" * 40, "0006",
    "tag('拒绝营销')", "2026-12-03", "10", " ",
)  # fmt: skip
_KEYS = (
    *(
        "Tab",
        "Backtab",
        "Return",
        "Space",
        "Escape",
        "Up",
        "Down",
        "Left",
        "Right",
        "Home",
        "End",
        "PageUp",
        "PageDown",
    ),
    *("Delete", "Backspace", "F1", "F2", "F5", "A", "N", "Z", "1", "2"),
)
_CHORDS = (*"FNZYACVPLKGTW1234567890", "Plus", "Minus", "Comma")
_NONE, _CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


class Monkey:
    """Plays one event at each turn of whatever event loop is running, also of one that waits for a dialog."""

    def __init__(
        self, app: QApplication, program: Program, folder: Path, events: int, seed: int, secret: str
    ) -> None:
        self.app, self.program, self.folder, self.secret = app, program, folder, secret
        self.chance = random.Random(seed)
        self.left, self.done = events, 0
        self.home = program.path
        self.watch = Watch()
        self.kinds: Counter[str] = Counter()
        self.visited: Counter[str] = Counter()
        #: called every thousand events
        self.weighed: Callable[[Monkey], object] = lambda _monkey: None
        self._dialog: QWidget | None = None
        self._in_dialog = 0
        self._stayed = _STAY
        self._page, self._tab = 0, -1
        self._away = 0
        self._acts = (
            (self._click, 46), (self._key, 14), (self._type, 8), (self._wheel, 8), (self._second, 4),
            (self._double, 5), (self._chord, 5), (self._anywhere, 6), (self._hover, 3), (self._resize, 1),
        )  # fmt: skip

    # -- the turn ------------------------------------------------------------------------------------------

    def begin(self) -> None:
        """Take the first turn as soon as the event loop runs."""
        self.watch.begin()
        QTimer.singleShot(0, self.turn)

    def turn(self) -> None:
        """One event; the next turn is arranged first, for a loop that this event may start."""
        self.watch.beat()
        if self.left <= 0:
            self.app.exit(1)
            return
        pause = 120 if self.chance.random() < 0.02 else 0
        if self._must_wait():
            QTimer.singleShot(20, self.turn)
            return
        QTimer.singleShot(pause, self.turn)
        if self.done and self.done % _WEIGHED == 0:
            self.watch.weigh(self.done, len(self.app.allWidgets()))
            self.weighed(self)
        self.left -= 1
        self.done += 1
        try:
            self._event()
        except RuntimeError as error:  # a widget that went while the monkey reached for it
            if "deleted" not in str(error):
                raise

    def _must_wait(self) -> bool:
        """Whether the door is just opening the book."""
        door = self.program.door
        if door is not None:
            return not door.isEnabled() or door.sample.busy
        return self.program.window is None

    def _note(self, kind: str, words: str) -> None:
        self.kinds[kind] += 1
        self.watch.last.append(f"{self.done} {kind} {words}")

    def _event(self) -> None:
        top = self.app.activePopupWidget() or self.app.activeModalWidget()
        door = self.program.door
        if door is not None and (top is None or top is door):
            self._at_the_door()
            return
        if self._waits_too_long(top):
            return
        window = self.program.window
        if top is None:
            if window is None:
                return
            top = self._in_front()
            self._stayed += 1
            if self._stayed > _STAY:
                self._go_on()
                return
        acts, weights = zip(*self._acts, strict=True)
        self.chance.choices(acts, weights)[0](top)

    def _in_front(self) -> QWidget:
        """A dialog that is open without blocking, else the window."""
        shown = [one for one in self.app.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
        return shown[-1] if shown else self.program.window  # type: ignore[return-value]

    def _waits_too_long(self, top: QWidget | None) -> bool:
        """Give up a dialog or a menu that has had its events."""
        over = top if top is not None else self._in_front() if self.program.window is not None else None
        if over is None or over is self.program.window:
            self._dialog = None
            return False
        if over is not self._dialog:
            self._dialog, self._in_dialog = over, 0
            self.visited[f"dialog {type(over).__name__}"] += 1
        self._in_dialog += 1
        if self._in_dialog <= (_PATIENCE if isinstance(over, QDialog) else 4):
            return False
        self._note("give up", type(over).__name__)
        self._dialog = None
        if isinstance(over, QDialog):
            over.reject()
        else:
            over.close()
        return True

    def _at_the_door(self) -> None:
        """Unlock; another book than our own is left again."""
        door = self.program.door
        if door is None:
            return
        if door.path != self.home:
            self._note("door", "of another book")
            door.point(self.home)
        self._note("door", "unlock")
        door.first.setText("")
        QTest.keyClicks(door.first, self.secret)
        QTest.mouseClick(door.go, Qt.MouseButton.LeftButton)

    def _go_on(self) -> None:
        """To the next tab of the page, or to the next page."""
        window = self.program.window
        if window is None:
            return
        self._stayed = 0
        page = window.pages.get(PAGES[self._page].name) if self._tab >= 0 else None
        tabs = [one for one in page.findChildren(QTabWidget) if one.isVisible()] if page is not None else []
        while tabs and self._tab + 1 < tabs[0].count():
            self._tab += 1
            if tabs[0].isTabEnabled(self._tab):
                name = f"{PAGES[self._page].name}/{self._tab + 1}"
                self._note("go", name)
                self.visited[name] += 1
                tabs[0].setCurrentIndex(self._tab)
                return
        self._page, self._tab = (self._page + 1) % len(PAGES), 0
        name = PAGES[self._page].name
        self.visited[name] += 1
        self._note("go", name)
        argument = None
        if name == "portrait":
            known = window.workbench.insight.ranking(limit=200)
            if not known:
                return
            argument = self.chance.choice(known).customer_no
        window.open_page(name, argument)

    # -- events --------------------------------------------------------------------------------------------

    def _aim(self, top: QWidget) -> tuple[QWidget, QPoint] | None:
        """Something that can be clicked in sight, and a point on it."""
        if isinstance(top, QMenu):
            if not top.actions():
                return None
            spot = top.actionGeometry(self.chance.choice(top.actions())).center()
            return top, spot
        lively = [
            one
            for one in top.findChildren(QWidget)
            if isinstance(one, _LIVELY)
            and one.isVisible()
            and one.isEnabled()
            and not one.visibleRegion().isEmpty()
        ]
        if not lively:
            return None
        on_page = [one for one in lively if not self._at_the_edge(one)]
        one: QWidget = self.chance.choice(on_page if on_page and self.chance.random() < 0.97 else lively)
        if isinstance(one, (QAbstractItemView, QTextEdit, QPlainTextEdit)):
            one = one.viewport()
        seen = one.visibleRegion().boundingRect()
        if seen.isEmpty():
            return None
        return one, QPoint(
            self.chance.randint(seen.left(), seen.right()), self.chance.randint(seen.top(), seen.bottom())
        )

    def _at_the_edge(self, one: QWidget) -> bool:
        """Whether it belongs to the window around the page: the monkey would go to another page all the time, or lock."""
        window = self.program.window
        return window is not None and one.window() is window and not window.stack.isAncestorOf(one)

    def _told(self, one: QWidget) -> str:
        text = getattr(one, "text", None)
        words = str(text())[:20] if isinstance(one, QAbstractButton) and callable(text) else ""
        parent = one.parent()
        return f"{type(parent).__name__ if parent is not None else ''}/{type(one).__name__} {words}"

    def _click(self, top: QWidget, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        aim = self._aim(top)
        if aim is None:
            return
        self._note("click", self._told(aim[0]))
        held = _NONE if self.chance.random() < 0.95 else _CTRL
        QTest.mouseClick(aim[0], button, held, aim[1])

    def _second(self, top: QWidget) -> None:
        """The other button: a menu may open."""
        aim = self._aim(top)
        if aim is None:
            return
        self._note("menu", self._told(aim[0]))
        where = aim[0].mapToGlobal(aim[1])
        self.app.sendEvent(aim[0], QContextMenuEvent(QContextMenuEvent.Reason.Mouse, aim[1], where))

    def _double(self, top: QWidget) -> None:
        aim = self._aim(top)
        if aim is not None:
            self._note("double click", self._told(aim[0]))
            QTest.mouseClick(aim[0], Qt.MouseButton.LeftButton, _NONE, aim[1])
            QTest.mouseDClick(aim[0], Qt.MouseButton.LeftButton, _NONE, aim[1])

    def _anywhere(self, top: QWidget) -> None:
        """A click on whatever is there, also on what does not take one; now and then drawn to another point."""
        at, to = (
            QPoint(self.chance.randrange(max(1, top.width())), self.chance.randrange(max(1, top.height())))
            for _each in range(2)
        )
        under = top.childAt(at) or top
        self._note("anywhere", self._told(under))
        here = under.mapFrom(top, at)
        if self.chance.random() < 0.3:
            QTest.mousePress(under, Qt.MouseButton.LeftButton, _NONE, here)
            QTest.mouseMove(under, under.mapFrom(top, to))
            QTest.mouseRelease(under, Qt.MouseButton.LeftButton, _NONE, under.mapFrom(top, to))
        else:
            QTest.mouseClick(under, Qt.MouseButton.LeftButton, _NONE, here)

    def _hover(self, top: QWidget) -> None:
        aim = self._aim(top)
        if aim is not None:
            self._note("hover", self._told(aim[0]))
            QTest.mouseMove(aim[0], aim[1])

    def _wheel(self, top: QWidget) -> None:
        aim = self._aim(top)
        if aim is None:
            return
        self._note("wheel", self._told(aim[0]))
        turned = QPoint(0, self.chance.choice((-360, -120, 120, 360)))
        where = QPointF(aim[1])
        self.app.sendEvent(
            aim[0],
            QWheelEvent(
                where,
                QPointF(aim[0].mapToGlobal(aim[1])),
                QPoint(),
                turned,
                Qt.MouseButton.NoButton,
                _NONE,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            ),
        )

    def _typed_into(self, top: QWidget) -> QWidget:
        focus = self.app.focusWidget()
        return focus if focus is not None and focus.window() is top else top

    def _key(self, top: QWidget) -> None:
        name = self.chance.choice(_KEYS)
        into = self._typed_into(top)
        self._note("key", f"{name} {self._told(into)}")
        QTest.keyClick(into, getattr(Qt.Key, f"Key_{name}"))

    def _type(self, top: QWidget) -> None:
        into, text = self._typed_into(top), self.chance.choice(_TEXTS)
        self._note("type", f"{text[:20]!r} {self._told(into)}")
        for one in text:
            if ord(one) < 128:
                QTest.keyClicks(into, one)
            elif isinstance(into, QLineEdit):
                into.insert(one)

    def _chord(self, top: QWidget) -> None:
        name = self.chance.choice(_CHORDS)
        if name == "L" and self.chance.random() < 0.8:
            return
        self._note("chord", f"Ctrl+{name}")
        QTest.keyClick(self._typed_into(top), getattr(Qt.Key, f"Key_{name}"), _CTRL)

    def _resize(self, top: QWidget) -> None:
        window = self.program.window
        if window is not None:
            size = self.chance.choice(((1366, 768), (1920, 1080), (911, 512), (640, 400)))
            self._note("resize", f"{size}")
            window.resize(*size)

    def come_home(self) -> None:
        """The program was left: start at the door again."""
        self._note("start", "again")
        self.program.path = self.home
        self.program.ask(try_kept=False)


def _stand_in(folder: Path, files: list[Path], chance: random.Random) -> None:
    """Answers of the system's own questions: which file, which printer, where it was dropped."""
    written = 0

    def place(*_told: Any, **_more: Any) -> tuple[str, str]:
        nonlocal written
        written += 1
        return (str(folder / f"out-{written % 20}") if chance.random() < 0.8 else "", "")

    def chosen(*_told: Any, **_more: Any) -> tuple[str, str]:
        return (str(chance.choice(files)) if chance.random() < 0.7 else "", "")

    def several(*told: Any, **more: Any) -> tuple[list[str], str]:
        one = chosen(*told, **more)[0]
        return ([one] if one else [], "")

    stood: Any = QFileDialog
    stood.getSaveFileName, stood.getOpenFileName = staticmethod(place), staticmethod(chosen)
    stood.getOpenFileNames = staticmethod(several)
    stood.getExistingDirectory = staticmethod(lambda *_told, **_more: str(folder))
    drag: Any = QDrag
    drag.exec = lambda *_told, **_more: Qt.DropAction.IgnoreAction
    printing: Any = QPrintDialog
    printing.open = lambda dialog, *_told: dialog.reject()


def held(looks: list[Memory]) -> int:
    """Bytes that the program holds when least is open."""
    return min(one.resident for one in looks)


def _report(monkey: Monkey, seed: int, seconds: float) -> dict[str, object]:
    watch = monkey.watch
    if not watch.memory or watch.memory[-1].events != monkey.done:
        watch.weigh(monkey.done, len(monkey.app.allWidgets()))
    settled = [one for one in watch.memory if one.events >= _SETTLED] or watch.memory
    early, late = held(settled[:_SPAN]), held(settled[-_SPAN:])
    return {
        "events": monkey.done,
        "seed": seed,
        "seconds": round(seconds),
        "faults": [
            {"times": times, "report": text, "before": watch.before[text]}
            for text, times in watch.faults.items()
        ],
        "longest_ms": round(watch.longest * 1000),
        "longest_own_ms": round(watch.longest_own * 1000),
        "freezes": [
            {
                "ms": round(one.wall * 1000),
                "own_ms": round(one.own * 1000),
                "event": one.event,
                "at": one.stack,
            }
            for one in sorted(watch.freezes, key=lambda one: -one.wall)
        ],
        "mb_after_10000": round(early / 1e6),
        "mb_at_end": round(late / 1e6),
        "mb_grown": round((late - early) / 1e6),
        "memory": [(one.events, round(one.resident / 1e6), one.widgets) for one in watch.memory],
        "events_by_kind": dict(monkey.kinds.most_common()),
        "places": dict(sorted(monkey.visited.items())),
        "pages_never_seen": sorted(set(BY_NAME) - set(monkey.visited)),
        "qt": dict(watch.spoken.most_common(20)),
    }


def play(
    book: Path,
    secret: str,
    events: int,
    seed: int,
    files: list[Path],
    folder: Path,
    tell: Callable[[dict[str, object]], object],
) -> dict[str, object]:
    """Play on a copy of the book in `folder`; what was seen. `tell` is given what was seen so far, now and then."""
    copy = folder / "猴子.book"
    shutil.copyfile(book, copy)
    rubbish = folder / "rubbish.xlsx"
    rubbish.write_bytes(b"PK\x03\x04 not a workbook")
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    _stand_in(folder, [*files, rubbish], random.Random(seed + 1))
    load(typed=False)  # as ui.start does
    program = Program(app, copy)
    program.edge.catch_all()
    monkey = Monkey(app, program, folder, events, seed, secret)
    began = time.monotonic()
    monkey.weighed = lambda one: tell(_report(one, seed, time.monotonic() - began))
    program.ask(try_kept=False)
    monkey.begin()
    while app.exec() != 1:
        monkey.come_home()
    told = _report(monkey, seed, time.monotonic() - began)
    monkey.watch.end()
    program.close()
    return told


def _sample(folder: Path) -> Path:
    """The sample branch, with its plan of the week."""
    from workbench.sample.making import make_sample

    sample = make_sample(folder / "sample")
    with sample.workbench as workbench:
        workbench.outreach.plan()
        return workbench.book.path


def main(argv: list[str] | None = None) -> int:
    """Play, print what was seen; 1 when there was a fault or a freeze."""
    parser = argparse.ArgumentParser(prog="bench.monkey", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("book", type=Path, nargs="?", help="left out: a sample branch is made")
    parser.add_argument("--passphrase", default=os.environ.get("WORKBENCH_PASSPHRASE", "demo-531"))
    parser.add_argument("--events", type=int, default=EVENTS)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument(
        "--file", type=Path, action="append", default=[], help="a list to choose when a file is asked for"
    )
    parser.add_argument("--report", type=Path, help="where to write all that was seen, as JSON")
    given = parser.parse_args(argv)
    faulthandler.enable()

    def keep(told: dict[str, object]) -> None:
        """A run that is cut off leaves what it has seen."""
        print(
            f"{told['events']} events, {told['seconds']} s, {told['mb_at_end']} MB, "
            f"longest {told['longest_ms']} ms (own {told['longest_own_ms']}), {len(told['faults'])} kinds of faults",  # type: ignore[arg-type]
            file=sys.stderr,
            flush=True,
        )
        if given.report is not None:
            given.report.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")

    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"
    os.environ.pop("WORKBENCH_PASSPHRASE", None)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["WORKBENCH_HOME"] = str(folder / "home")
        told = play(
            given.book or _sample(folder),
            given.passphrase,
            given.events,
            given.seed,
            given.file,
            folder,
            keep,
        )
    keep(told)
    short = {
        key: value for key, value in told.items() if key not in {"places", "qt", "events_by_kind", "memory"}
    }
    print(json.dumps(short, ensure_ascii=False, indent=1))
    return 1 if told["faults"] or told["freezes"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
