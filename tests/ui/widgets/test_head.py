"""The head of a page: its buttons stand beside the sentence, below it where the window is too narrow."""

from PySide6.QtWidgets import QPushButton, QWidget

from tests.ui.bot import Bot, delivered
from ui.widgets.head import Head
from ui.widgets.parts import button, label


def page(qtbot: Bot, head: Head, width: int) -> QWidget:
    """Something larger that the head is on top of: a window of its own would be as wide as the head wants."""
    made = QWidget()
    qtbot.addWidget(made)
    head.setParent(made)
    head.resize(width, 90)
    made.show()
    delivered()
    return made


def top(widget: QWidget, of: QWidget) -> int:
    return widget.mapTo(of, widget.rect().topLeft()).y()


def test_buttons_go_below_the_sentence_on_a_narrow_window_and_back(qtbot: Bot) -> None:
    title, hint = (
        label("三塔", "title"),
        label("先守住临近降级的客户,再提升临近升级的客户。", "hint", wrap=True),
    )
    head = Head(title, hint)
    made = button("记一笔服务", lambda: None, "primary")
    head.add(made)
    shown = page(qtbot, head, 900)
    assert top(made, shown) < title.height()
    head.resize(made.sizeHint().width() + 90, 90)
    delivered()
    assert top(made, shown) >= top(hint, shown) + hint.height()
    head.resize(900, 90)
    delivered()
    assert top(made, shown) < title.height()


def test_the_primary_button_stays_outermost(qtbot: Bot) -> None:
    head = Head(label("计划", "title"), label("", "hint"))
    primary, first, second = (QPushButton(words) for words in ("打印预览", "确认计划", "重新起草"))
    head.add(primary)
    head.add(first, before=primary)
    head.add(second, before=primary)
    shown = page(qtbot, head, 900)
    across = [one.mapTo(shown, one.rect().topLeft()).x() for one in (first, second, primary)]
    assert across == sorted(across)
