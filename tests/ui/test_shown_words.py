"""Customers whose names and notes hold signs that nobody sees, or markup, are shown letter by letter on every page: in labels,
buttons, tables, lists, titles, tips and what is painted."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QAbstractTableModel, QModelIndex, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QTabBar,
    QWidget,
)
from sqlalchemy import select

from db.tables import customers
from tests.ui.bot import Bot, delivered
from tests.ui.conftest import PASSPHRASE, TODAY, Settle
from ui.app import Program
from ui.main_window import MainWindow
from ui.registry import LISTED
from workbench.app import Workbench
from workbench.base.unseen import UNSEEN
from workbench.commands.run import run

#: turns round what follows, hides, and would draw a picture
PLANT = "\u202e\u200b\x1b<img src=x>"


@pytest.fixture
def path(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The branch's book, in which every name begins with the plant, and so does all that is noted of a customer."""
    with Workbench.open(path, PASSPHRASE) as opened:
        worst = opened.insight.ranking(limit=1)[0].customer_no
        with opened.book.write("correct", "") as writer:
            rows = writer.conn.execute(select(customers.c.id, customers.c.name)).all()
            writer.update_many(customers, [(one.id, {"name": f"{PLANT[:3]}{one.name}"}) for one in rows])
    monkeypatch.setenv("WORKBENCH_PASSPHRASE", PASSPHRASE)
    for words in (
        ("log", worst, "--channel", "call", "--result", "reached", "--note", PLANT, "--need", PLANT),
        ("promise", worst, "--text", PLANT, "--by", TODAY),
        ("list-save", PLANT, "--where", "aum_balance > 0"),
        ("light", worst, "--explain", "house", "--note", PLANT),
    ):
        assert run([*words, "--book", str(path)]) == 0, words
    monkeypatch.delenv("WORKBENCH_PASSPHRASE")
    return path


@pytest.fixture
def painted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every text that the program paints by itself."""
    texts: list[str] = []
    before = QPainter.drawText

    def noted(self: QPainter, *given: Any) -> Any:
        texts.extend(one for one in given if isinstance(one, str))
        return before(self, *given)

    monkeypatch.setattr(QPainter, "drawText", noted)
    return texts


def shown(window: QWidget) -> Iterator[tuple[str, str]]:
    """(where, text) of all that a window shows."""
    for one in (window, *window.findChildren(QWidget)):
        where = type(one).__name__
        yield f"{where} title", one.windowTitle()
        yield f"{where} tip", one.toolTip()
        if isinstance(one, (QLabel, QAbstractButton)):
            yield where, one.text()
        if isinstance(one, QTabBar):
            yield from ((where, one.tabText(at)) for at in range(one.count()))
        if isinstance(one, QComboBox):
            yield from ((where, one.itemText(at)) for at in range(one.count()))
        if isinstance(one, QAbstractItemView) and (model := one.model()) is not None:
            root = QModelIndex()
            for number in range(min(model.rowCount(root), 50)):
                for column in range(model.columnCount(root) if isinstance(model, QAbstractTableModel) else 1):
                    at = model.index(number, column)
                    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
                        yield f"{where} {one.objectName()} {role.name}", str(model.data(at, role) or "")


def test_no_page_shows_what_nobody_sees(
    qtbot: Bot, program: Program, window: MainWindow, settle: Settle, painted: list[str]
) -> None:
    worst = window.workbench.insight.ranking(limit=1)[0].customer_no
    wild: set[tuple[str, str, str]] = set()
    planted = 0
    for name, argument in (*((entry.name, None) for entry in LISTED), ("portrait", worst)):
        page = window.open_page(name, argument)
        settle()
        delivered()
        page.grab()
        texts = [*shown(window), *(("painted", text) for text in painted)]
        painted.clear()
        planted += sum("<img" in text or "&lt;img" in text for _where, text in texts)
        wild |= {(name, where, text) for where, text in texts if UNSEEN.search(text)}
        wild |= {(name, where, text) for where, text in texts if where.endswith("tip") and "<img" in text}
    assert planted > 5, "the plants are met"
    assert wild == set()


def test_labels_tips_titles_and_questions_are_plain(qtbot: Bot, window: MainWindow) -> None:
    window.setWindowTitle(f"甲{PLANT}")
    window.setToolTip(f"乙{PLANT}\n二")
    assert window.windowTitle() == "甲<img src=x>"
    assert window.toolTip() == "<qt>乙&lt;img src=x&gt;<br>二</qt>"
    window.setToolTip("a < b")
    assert window.toolTip() == "a < b"
    labels = window.findChildren(
        QLabel
    )  # other tests may have left a door open, whose labels Qt made of our own words
    assert {one.textFormat() for one in labels if one.text()} == {Qt.TextFormat.PlainText}
