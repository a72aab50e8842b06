"""A dialog is never larger than its screen: what does not fit scrolls, its buttons stay in sight."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QLabel, QMessageBox, QPushButton, QScrollArea, QVBoxLayout, QWidget

from tests.ui.bot import Bot, delivered
from ui.widgets.fitting import fit, grow, room
from ui.widgets.parts import button, label, row


def dialog(qtbot: Bot, needs: QSize) -> tuple[QDialog, QWidget, QPushButton]:
    """A dialog whose content needs a size, with a line of buttons below."""
    made, content = QDialog(), QWidget()
    content.setMinimumSize(needs)
    close = button("关闭", made.reject)
    layout = QVBoxLayout(made)
    layout.addWidget(QLabel("标题"))
    layout.addWidget(content)
    layout.addLayout(row(None, close))
    qtbot.addWidget(made)
    return made, content, close


def holds(area: QScrollArea, widget: QWidget) -> bool:
    inside = area.widget()
    return inside is not None and inside.isAncestorOf(widget)


def test_a_dialog_that_fits_is_left_as_it_is(qtbot: Bot) -> None:
    made, _content, _close = dialog(qtbot, QSize(200, 100))
    made.resize(300, 240)
    fit(made)
    assert made.size() == QSize(300, 240)
    assert made.findChildren(QScrollArea) == []


def test_a_dialog_that_is_too_high_scrolls_over_its_buttons(qtbot: Bot) -> None:
    screen = room(QWidget())
    made, content, close = dialog(qtbot, QSize(200, screen.height() + 300))
    fit(made)
    made.show()
    delivered()
    (area,) = made.findChildren(QScrollArea)
    assert holds(area, content)
    assert not holds(area, close)
    assert made.height() <= screen.height()
    assert close.mapTo(made, close.rect().bottomRight()).y() <= made.height(), "the button can be pressed"
    assert area.verticalScrollBar().maximum() > 0


def test_a_dialog_that_is_too_wide_is_no_wider_than_the_screen(qtbot: Bot) -> None:
    screen = room(QWidget())
    made, content, _close = dialog(qtbot, QSize(screen.width() + 200, 100))
    made.setMinimumWidth(screen.width() + 200)
    made.resize(screen.width() + 400, 300)
    fit(made)
    made.show()
    delivered()
    assert made.width() <= screen.width()
    assert made.x() == made.screen().availableGeometry().x()
    assert holds(made.findChildren(QScrollArea)[0], content)


def test_a_dialog_is_fitted_once_and_a_question_of_the_system_never(qtbot: Bot) -> None:
    screen = room(QWidget())
    made, _content, _close = dialog(qtbot, QSize(200, screen.height() + 300))
    fit(made)
    fit(made)
    assert len(made.findChildren(QScrollArea)) == 1
    box = QMessageBox()
    qtbot.addWidget(box)
    fit(box)
    assert box.property("fitted") is None


def test_an_open_dialog_grows_with_what_comes_into_it_later(qtbot: Bot) -> None:
    made = QDialog()
    qtbot.addWidget(made)
    words = label("", wrap=True)
    layout = QVBoxLayout(made)
    layout.addWidget(words)
    made.resize(200, 60)
    made.show()
    words.setText("余额少了十五万,说是买房;" * 20)
    grow(made)
    qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()))
    assert made.width() == 200
