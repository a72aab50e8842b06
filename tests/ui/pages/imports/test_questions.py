"""导入: every question leads to the place where its cause is mended; what is less than sure is taken with one button."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.pages.imports.test_lost import page, path
from ui.pages.imports.page import ImportsPage
from ui.pages.imports.questions import Questions
from workbench.intake.report import CommitQuestion

Settle = Callable[[], None]
__all__ = ["page", "path"]


def test_a_question_about_a_column_opens_the_matches_at_it(
    qtbot: QtBot, page: ImportsPage, settle: Settle
) -> None:
    review = page.review
    review.mapping.table.setCurrentIndex(review.mapping.table.table.index(3, 0))
    (way,) = review.totals.questions.ways["idle_columns"]
    way.setFocus()
    qtbot.keyClick(way, Qt.Key.Key_Space)
    settle()
    assert review.tabs.currentWidget() is review.mapping
    assert QApplication.focusWidget() is review.mapping.table
    match = review.mapping.current()
    assert match is not None
    assert match.header == "本期均值"


def test_a_question_about_a_lost_column_opens_the_matches_at_one_that_feeds_nothing(
    page: ImportsPage, settle: Settle
) -> None:
    review = page.review
    review.mapping.table.setCurrentIndex(review.mapping.table.table.index(3, 0))
    review.totals.questions.ways["lost_columns"][0].click()
    settle()
    match = review.mapping.current()
    assert match is not None
    assert match.how == "unknown"


@pytest.mark.parametrize(
    ("code", "called"),
    [("unsure_columns", ("confirm_similar", "清单")), ("zeros_lost", ("apply", "清单", "zeros"))],
)
def test_one_button_mends_the_cause(qtbot: QtBot, code: str, called: tuple[str, ...]) -> None:
    cards = Questions()
    qtbot.addWidget(cards)
    cards.put((CommitQuestion("清单", code, "怎么办"),))
    calls: list[tuple[str, ...]] = []

    class Session:
        def confirm_similar(self, *given: str) -> None:
            calls.append(("confirm_similar", *given))

        def apply(self, *given: str) -> None:
            calls.append(("apply", *given))

    cards.decided.connect(lambda choice: choice(Session(), "清单"))
    cards.ways[code][0].click()
    assert calls == [called]


def test_an_answered_question_leads_nowhere(qtbot: QtBot) -> None:
    cards = Questions()
    qtbot.addWidget(cards)
    cards.put((CommitQuestion("清单", "idle_columns", "怎么办", "只作备查"),))
    assert cards.ways == {}
    assert cards.waiting() is None
    assert cards.first() is cards.reasons["idle_columns"]


def test_a_question_about_the_month_leads_to_the_date(page: ImportsPage, settle: Settle) -> None:
    page.review.totals.questions.looked.emit(CommitQuestion("客户清单", "month_unclear", ""))
    settle()
    assert page.review.head.as_of.hasFocus()
