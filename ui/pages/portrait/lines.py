"""Lines of words and figures on a card of the portrait, each figure with the way to what it rests on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.widgets.parts import label
from ui.widgets.sources import Figure

#: opens the figures behind a computed one: a title and the columns it rests on
Open = Callable[[str, tuple[str, ...]], object]


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One line of a card: label, value, tooltip, the columns it leads to; `note` stands below in grey."""

    words: str
    value: str
    names: tuple[str, ...] = ()
    tip: str = ""
    note: str = ""
    #: drawn in red: something to attend to
    alarm: bool = False


def lines(body: QVBoxLayout, card_lines: Iterable[FigureLine], show: Open) -> None:
    """Add the lines: label at the left, figure at the right; a figure with columns behind it opens them."""
    grid = QGridLayout()
    grid.setColumnStretch(1, 1)
    grid.setVerticalSpacing(3)
    grid.setHorizontalSpacing(10)
    at = 0
    for one in card_lines:
        grid.addWidget(label(one.words, "second"), at, 0, Qt.AlignmentFlag.AlignTop)
        value = figure(one.value, one.words, one.names, show, one.tip)
        if one.alarm:
            value.setProperty("role", "red")
        grid.addWidget(value, at, 1)
        at += 1
        if one.note:
            grid.addWidget(label(one.note, "second", wrap=True), at, 0, 1, 2)
            at += 1
    body.addLayout(grid)


def figure(value: str, words: str, names: tuple[str, ...], show: Open, tip: str = "") -> QWidget:
    """A value that opens what it rests on (`names`), or a plain label where there is nothing."""
    if not names:
        return label(value, wrap=True, tip=tip)
    made = leading(value, tip)
    made.activated.connect(partial(show, words, names))
    return made


def leading(text: str, tip: str = "") -> Figure:
    """A figure that leads somewhere, aligned with plain labels."""
    made = Figure(text, tip)
    made.setIndent(0)
    return made
