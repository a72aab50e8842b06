"""Finding a customer while typing: hits are masked, the other one of a pair is never offered, one name is one person."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout

from tests.ui.bot import Bot
from ui.tasks import Tasks
from ui.widgets.person import PersonSearch
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.people.customer import CustomerHit

LIN = CustomerHit(1, "0000100001", "林秀英", "13812340001", "name")
LIN_TOO = CustomerHit(2, "0000100002", "林秀兰", None, "name")
ZHAO = CustomerHit(3, "0000100003", "赵建国", None, "name")


class Search:
    """A book of three customers, found by a part of their name or by their number."""

    def search(self, text: str, limit: int) -> Sequence[CustomerHit]:
        return [hit for hit in (LIN, LIN_TOO, ZHAO) if text in hit.name or text == hit.customer_no][:limit]


@pytest.fixture
def dialog(qtbot: Bot) -> QDialog:
    made = QDialog()
    qtbot.addWidget(made)
    return made


def person(dialog: QDialog, tasks: Tasks, but: str = "") -> PersonSearch:
    """A search in a dialog on the screen."""
    made = PersonSearch(cast(Workbench, SimpleNamespace(insight=Search())), tasks, dialog, but)
    layout = QVBoxLayout(dialog)
    layout.addWidget(made.line)
    layout.addWidget(made.below)
    dialog.show()
    return made


def typed(qtbot: Bot, search: PersonSearch, text: str) -> list[str]:
    """Type a text; what is offered once the book was asked."""
    search.line.setText(text)
    with qtbot.waitSignal(search.looked):
        search.line.textEdited.emit(text)
    qtbot.waitUntil(lambda: not search.looking)
    return [search.hits.item(at).text() for at in range(search.hits.count())]


def test_hits_are_masked_and_the_first_is_under_the_keyboard(
    qtbot: Bot, dialog: QDialog, tasks: Tasks
) -> None:
    search = person(dialog, tasks)
    assert typed(qtbot, search, "林") == ["林** 0001   138****0001", "林** 0002"]
    assert search.hits.isVisible()
    assert search.current() == LIN


def test_the_customer_the_dialog_is_about_is_never_offered(qtbot: Bot, dialog: QDialog, tasks: Tasks) -> None:
    search = person(dialog, tasks, but=LIN.customer_no)
    assert typed(qtbot, search, "林") == ["林** 0002"]
    assert search.sole("林秀") == LIN_TOO.customer_no


def test_taking_a_hit_writes_it_into_the_line(qtbot: Bot, dialog: QDialog, tasks: Tasks) -> None:
    search = person(dialog, tasks)
    typed(qtbot, search, "林")
    qtbot.keyClick(search.hits, Qt.Key.Key_Down)
    with qtbot.waitSignal(search.taken) as taken:
        assert search.take()
    assert taken.args == [LIN_TOO]
    assert search.line.text() == "林** 0002"
    assert not search.hits.isVisible()
    assert not search.take(), "there is nothing more to take"


def test_emptying_the_line_takes_the_hits_away(qtbot: Bot, dialog: QDialog, tasks: Tasks) -> None:
    search = person(dialog, tasks)
    typed(qtbot, search, "赵")
    with qtbot.waitSignal(search.typed):
        qtbot.keyClick(search.line, Qt.Key.Key_Backspace)
    assert not search.hits.isVisible()
    assert search.current() is None
    assert not search.looking


def test_a_number_known_before_gets_its_name_and_a_wrong_one_is_cleared(
    qtbot: Bot, dialog: QDialog, tasks: Tasks
) -> None:
    search = person(dialog, tasks)
    search.preset(ZHAO.customer_no)
    assert search.line.text() == "**0003", "only the tail until the name is there"
    qtbot.waitUntil(lambda: search.line.text() == "赵** 0003")
    with qtbot.waitSignal(search.typed):
        search.preset("0000199999")
    assert search.line.text() == ""


@pytest.mark.parametrize(
    ("text", "number"),
    [("赵建国", ZHAO.customer_no), ("赵", ZHAO.customer_no), (LIN.customer_no, LIN.customer_no)],
)
def test_a_text_that_fits_one_customer_means_him(
    dialog: QDialog, tasks: Tasks, text: str, number: str
) -> None:
    assert person(dialog, tasks).sole(text) == number


@pytest.mark.parametrize(("text", "code"), [("林", "which_customer"), ("孙", "no_such_customer")])
def test_a_text_that_fits_several_or_none_is_refused(
    dialog: QDialog, tasks: Tasks, text: str, code: str
) -> None:
    with pytest.raises(WorkbenchError) as refused:
        person(dialog, tasks).sole(text)
    assert refused.value.code == code
    assert text in refused.value.message
