"""Cells edited in place: several lines of words, or one of many choices found by typing."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QComboBox, QPlainTextEdit, QStyleOptionViewItem

from tests.ui.bot import Bot
from ui.widgets.delegates import ROW_HEIGHT, ChoiceDelegate, GroundDelegate, WrapDelegate
from ui.widgets.table_model import Column
from ui.widgets.tables import Table

CHOICES = (("", "不对应"), ("aum", "金融资产余额"), ("deposit", "定期存款"), ("wealth", "理财"))
Taken = list[tuple[int, str]]


@pytest.fixture
def taken() -> Taken:
    """What the cells were changed to: row number and text."""
    return []


@pytest.fixture
def table(qtbot: Bot, taken: Taken) -> Table:
    """One column of editable keys; the second row holds 'wealth'."""
    words = dict(CHOICES)
    made = Table(
        [
            Column(
                "字段",
                lambda key: words.get(key, key),
                120,
                edit=lambda number, text: taken.append((number, text)),
                raw=str,
            )
        ]
    )
    qtbot.addWidget(made)
    made.table.fill(["aum", "wealth"])
    return made


def choose(table: Table, number: int, typed: str) -> str:
    """Type into the editor of a row and leave it as Enter does; the text the editor began with is returned."""
    delegate = ChoiceDelegate(lambda _row: CHOICES, table)
    index = table.table.index(number, 0)
    editor = delegate.createEditor(table.viewport(), QStyleOptionViewItem(), index)
    assert isinstance(editor, QComboBox)
    delegate.setEditorData(editor, index)
    begun = editor.currentText()
    editor.setEditText(typed)
    delegate.setModelData(editor, table.table, index)
    return begun


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("定期存款", "deposit"), (" 存款 ", "deposit"), ("不对应", ""), ("资产", "aum")],
)
def test_a_choice_is_taken_by_its_words_or_any_part_of_them(
    table: Table, taken: Taken, typed: str, stored: str
) -> None:
    assert choose(table, 1, typed) == "理财", "the editor starts on the choice in force"
    assert taken == [(1, stored)]


@pytest.mark.parametrize("typed", ["", "   ", "没有这一项", "理财"])
def test_what_is_no_choice_or_no_change_stores_nothing(table: Table, taken: Taken, typed: str) -> None:
    choose(table, 1, typed)
    assert taken == []


def test_an_entry_picked_from_the_list_is_stored_at_once(qtbot: Bot, table: Table) -> None:
    delegate = ChoiceDelegate(lambda _row: CHOICES, table)
    editor = delegate.createEditor(table.viewport(), QStyleOptionViewItem(), table.table.index(0, 0))
    assert isinstance(editor, QComboBox)
    with qtbot.waitSignals([delegate.commitData, delegate.closeEditor]):
        editor.activated.emit(2)


def lines(table: Table, text: str) -> tuple[WrapDelegate, QPlainTextEdit]:
    """An editor of several lines with a text typed into it."""
    delegate = WrapDelegate(table)
    editor = delegate.createEditor(table.viewport(), QStyleOptionViewItem(), table.table.index(0, 0))
    assert isinstance(editor, QPlainTextEdit)
    delegate.setEditorData(editor, table.table.index(0, 0))
    assert editor.textCursor().selectedText() == "aum", "typing replaces what stood there"
    editor.setPlainText(text)
    return delegate, editor


def test_lines_and_runs_of_blanks_are_stored_as_one_line(table: Table, taken: Taken) -> None:
    delegate, editor = lines(table, "先打电话\n\n  再 上门 ")
    delegate.setModelData(editor, table.table, table.table.index(0, 0))
    assert taken == [(0, "先打电话 再 上门")]


def test_enter_keeps_what_is_typed_and_other_keys_go_on(qtbot: Bot, table: Table) -> None:
    delegate, editor = lines(table, "x")

    def key(code: Qt.Key) -> QKeyEvent:
        return QKeyEvent(QEvent.Type.KeyPress, code, Qt.KeyboardModifier.NoModifier)

    with qtbot.waitSignals([delegate.commitData, delegate.closeEditor]):
        assert delegate.eventFilter(editor, key(Qt.Key.Key_Enter))
    closed: list[object] = []
    delegate.closeEditor.connect(lambda *gone: closed.append(gone))
    assert not delegate.eventFilter(editor, key(Qt.Key.Key_A))
    assert not closed


def test_a_row_grows_with_its_words_and_an_editor_shows_several_lines(table: Table) -> None:
    delegate, option = WrapDelegate(table), QStyleOptionViewItem()
    option.fontMetrics = table.fontMetrics()
    option.rect = table.rect().adjusted(0, 0, 0, -table.height() + ROW_HEIGHT)
    short = delegate.sizeHint(option, table.table.index(0, 0))
    assert short.height() == ROW_HEIGHT
    table.table.fill(["先按上月流水把三笔大额转出逐笔问清楚,再约时间上门,带上到期清单和两套方案" * 2])
    table.setColumnWidth(0, short.width())
    tall = delegate.sizeHint(option, table.table.index(0, 0))
    assert tall.width() == short.width()
    assert tall.height() > 3 * ROW_HEIGHT
    _delegate, editor = WrapDelegate(table), QPlainTextEdit(table.viewport())
    delegate.updateEditorGeometry(editor, option, table.table.index(0, 0))
    assert editor.height() == 64


def test_the_ground_of_a_cell_is_painted_where_the_column_names_one(table: Table) -> None:
    table.setStyleSheet(
        "QTableView::item { border: none; }"
    )  # as the theme has: Qt then leaves the ground out

    def painted(ground: str | None) -> QColor:
        table.put_columns([Column("x", lambda _row: "", 50, ground=lambda _row: ground)])
        table.table.fill([1])
        pixmap = QPixmap(40, 20)
        pixmap.fill(Qt.GlobalColor.magenta)
        option = QStyleOptionViewItem()
        option.rect = pixmap.rect()
        option.widget = table
        painter = QPainter(pixmap)
        GroundDelegate(table).paint(painter, option, table.table.index(0, 0))
        painter.end()
        return pixmap.toImage().pixelColor(20, 10)

    assert painted(None) == QColor(Qt.GlobalColor.magenta)
    assert painted("bad_cell") == table.table.index(0, 0).data(Qt.ItemDataRole.BackgroundRole)
