"""The one search box: pages and actions at once, customers when the book is free, and Enter never takes another's hit."""

import threading
from collections.abc import Iterator, Sequence
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tests.ui.bot import Bot
from tests.waits import opened
from ui.palette import PaletteEntry, SearchBox
from ui.tasks import Tasks
from workbench.app import Workbench
from workbench.people.customer import CustomerHit
from workbench.people.prospects.searching import ProspectHit

LIN = CustomerHit(1, "0000100001", "林秀英", "13812340001", "pinyin")
LU = ProspectHit("7", "陆**", "136****0009", "pinyin", "未征得同意")
LIAN = CustomerHit(2, "0000100002", "连海", None, "name")


class Search:
    """A book that answers when its gate is open."""

    def __init__(self) -> None:
        self.free = threading.Event()
        self.free.set()

    def search(self, text: str, _limit: int) -> Sequence[CustomerHit]:
        opened(self.free)
        return {"l": (LIN, LIAN), "lin": (LIN,)}.get(text.lower(), ())

    def without_account(self, text: str, _limit: int) -> Sequence[ProspectHit]:
        return {"lu": (LU,), "1361": (LU,)}.get(text.lower(), ())


@pytest.fixture
def book() -> Iterator[Search]:
    made = Search()
    yield made
    made.free.set()


@pytest.fixture
def acts() -> list[str]:
    """The pages and actions that were run."""
    return []


@pytest.fixture
def box(qtbot: Bot, tasks: Tasks, book: Search, acts: list[str]) -> SearchBox:
    window = QWidget()
    qtbot.addWidget(window)
    known = SimpleNamespace(insight=book, prospects=SimpleNamespace(search=book.without_account))
    made = SearchBox(cast(Workbench, known), tasks, window)
    made.entries = (
        PaletteEntry("计划", "jh jihua plan", "plan", lambda: acts.append("plan"), "Ctrl+4"),
        PaletteEntry("锁定", "sd suoding lock", "lock", lambda: acts.append("lock")),
    )
    made.setProperty("window", window)  # it lives as long as its box
    layout = QVBoxLayout(window)
    layout.addWidget(made)
    layout.addStretch(1)
    window.resize(600, 400)
    window.show()
    window.activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.hasFocus)
    return made


def offers(box: SearchBox) -> list[str]:
    return [box.popup.item(at).text() for at in range(box.popup.count())] if box.popup.isVisible() else []


def typed(qtbot: Bot, tasks: Tasks, box: SearchBox, text: str) -> list[str]:
    box.clear()
    qtbot.keyClicks(box, text)
    qtbot.waitUntil(lambda: not tasks.busy)
    return offers(box)


def test_customers_come_first_masked_and_with_what_they_were_found_by(
    qtbot: Bot, tasks: Tasks, box: SearchBox
) -> None:
    assert typed(qtbot, tasks, box, "L") == ["林** 0001   138****0001   拼音", "连* 0002   姓名", "锁定"]


def test_namesakes_are_different_lines(
    qtbot: Bot, tasks: Tasks, box: SearchBox, book: Search, monkeypatch: pytest.MonkeyPatch
) -> None:
    alike = tuple(
        CustomerHit(
            n,
            f"00{n:02}0007",
            "王小明",
            None,
            "pinyin",
            f"{n:02}0007",
            1979,
            47,
            "钻石",
            6_360_000_00,
            "中山",
        )
        for n in range(12)
    )
    monkeypatch.setattr(book, "search", lambda _text, _limit: alike)
    lines = typed(qtbot, tasks, box, "wxm")
    assert lines[3] == "王** 030007   1979 年生 · 钻石 · 636.0万 · 中山   拼音"
    assert len(set(lines)) == 12


@pytest.mark.parametrize("text", ["jh", "plan", "JIHUA"])
def test_a_page_is_found_by_initials_pinyin_and_english(
    qtbot: Bot, tasks: Tasks, box: SearchBox, text: str
) -> None:
    assert typed(qtbot, tasks, box, text) == ["计划    Ctrl+4"]


def test_what_is_not_found_says_what_to_try(qtbot: Bot, tasks: Tasks, box: SearchBox) -> None:
    (words,) = typed(qtbot, tasks, box, "zzz")
    assert "没有找到“zzz”" in words
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.text() == "zzz", "a sentence is nothing to take"


def test_arrows_go_round_and_enter_takes(qtbot: Bot, tasks: Tasks, box: SearchBox, acts: list[str]) -> None:
    typed(qtbot, tasks, box, "L")
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert box.popup.currentRow() == 2
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.popup.currentRow() == 0
    qtbot.keyClick(box, Qt.Key.Key_Down)
    with qtbot.waitSignal(box.person) as person:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert person.args == [LIAN.customer_no]
    assert (box.text(), offers(box), acts) == ("", [], [])


@pytest.mark.parametrize("text", ["lu", "1361"])
def test_a_person_without_an_account_says_so_and_whether_to_sell(
    qtbot: Bot, tasks: Tasks, box: SearchBox, text: str
) -> None:
    assert typed(qtbot, tasks, box, text)[0] == "陆**   136****0009   潜客   未征得同意"
    with qtbot.waitSignal(box.prospect) as taken:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert taken.args == [LU.key]


def test_escape_gives_up(qtbot: Bot, tasks: Tasks, box: SearchBox) -> None:
    typed(qtbot, tasks, box, "L")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert (box.text(), offers(box)) == ("", [])


def test_while_the_book_is_busy_pages_are_offered_alone(
    qtbot: Bot, tasks: Tasks, box: SearchBox, book: Search, acts: list[str]
) -> None:
    book.free.clear()
    qtbot.keyClicks(box, "l")
    qtbot.waitUntil(lambda: bool(offers(box)))
    assert offers(box) == ["锁定", "账本正忙,空闲后自动查找客户…"]
    box.popup.setCurrentRow(0)
    book.free.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert box.popup.currentItem().text() == "锁定", "what was chosen stays chosen when customers come"
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert acts == ["lock"]


def test_enter_before_the_answer_takes_the_answer(
    qtbot: Bot, tasks: Tasks, box: SearchBox, book: Search
) -> None:
    typed(qtbot, tasks, box, "L")
    book.free.clear()
    qtbot.keyClicks(box, "in")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.text() == "Lin", "the hits for what was typed before are not taken"
    with qtbot.waitSignal(box.person) as person:
        book.free.set()
    assert person.args == [LIN.customer_no]
    assert tasks is box.tasks
