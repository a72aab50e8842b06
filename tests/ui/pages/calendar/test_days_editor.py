"""The rows of the calendar in the window: shown, added, changed, left out, given back; the year's days off."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from tests.ui.bot import Bot
from tests.workbench.base.notices import notice, written
from ui.pages.calendar.days_editor import DaysEditor
from ui.pages.calendar.row_dialog import CalendarRowDialog
from ui.pages.calendar.when_field import WhenField
from ui.tasks import Tasks
from workbench.app import Workbench
from workbench.outreach.dates.calendar_row import CalendarRow
from workbench.outreach.dates.shipped import shipped_rows

SHORT = "元旦 1.1-1.3\n春节 2.5-2.12\n清明节 4.3-4.5\n劳动节 5.1-5.5\n端午节 6.9\n中秋节 9.15\n国庆节 10.1-10.7\n班 2.14、10.9"


@pytest.fixture
def editor(
    qtbot: Bot, workbench: Workbench, tasks: Tasks, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DaysEditor]:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    made = DaysEditor(workbench, tasks)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitUntil(lambda: not tasks.busy and made.table.model().rowCount() > 0)
    yield made
    made.close()


def rest(qtbot: Bot, tasks: Tasks) -> None:
    qtbot.waitUntil(lambda: not tasks.busy)


def choose(editor: DaysEditor, code: str) -> CalendarRow:
    rows = [editor.table.table.row(n) for n in range(editor.table.model().rowCount())]
    editor.table.selectRow([one.code for one in rows].index(code))
    one = editor.table.current()
    assert isinstance(one, CalendarRow)
    return one


def names(workbench: Workbench, year: int = 2027) -> set[str]:
    return {day.name for day in workbench.outreach.dates.of(year)}


def test_a_row_of_the_branch_is_added_changed_and_removed(
    editor: DaysEditor, qtbot: Bot, tasks: Tasks, workbench: Workbench
) -> None:
    editor._add()
    form = editor.dialog
    form.name.setText("本地庙会")
    form.when.kind.setCurrentIndex(form.when.kind.findData("lunar"))
    form.when.months["lunar"].setValue(3)
    form.when.days["lunar"].setValue(3)
    form.length.setValue(3)
    qtbot.keyClick(form.name, Qt.Key.Key_Return)
    rest(qtbot, tasks)
    added = next(day for day in workbench.outreach.dates.of(2027) if day.name == "本地庙会")
    assert (added.date, added.last, added.own) == ("2027-04-09", "2027-04-11", True)
    editor.stream.setCurrentIndex(editor.stream.findData("own"))
    one = choose(editor, added.row)
    assert editor.hide_row.text() == "删除"
    assert one.whose == "branch"
    editor.hide_row.click()
    rest(qtbot, tasks)
    assert "本地庙会" not in names(workbench)
    assert editor.table.model().rowCount() == 3  # what is not shown from the start: 感恩节、圣诞节、补贴
    assert editor.restore.isEnabled()


def test_a_shipped_row_is_left_out_and_given_back(
    editor: DaysEditor, qtbot: Bot, tasks: Tasks, workbench: Workbench
) -> None:
    choose(editor, "qixi")
    editor.hide_row.click()
    rest(qtbot, tasks)
    assert "七夕" not in names(workbench)
    choose(editor, "qixi")
    assert not editor.hide_row.isEnabled()
    editor.restore.click()
    rest(qtbot, tasks)
    assert "七夕" in names(workbench)
    choose(editor, "christmas")
    editor.restore.click()
    rest(qtbot, tasks)
    assert "圣诞节" in names(workbench)


def test_a_refusal_keeps_what_was_typed(
    editor: DaysEditor, qtbot: Bot, tasks: Tasks, workbench: Workbench
) -> None:
    editor._open(shipped_rows()["teacher"])
    form: CalendarRowDialog = editor.dialog
    form.whom.setText("没有这个词 = 1")
    form.yes.click()
    rest(qtbot, tasks)
    assert form.isVisible()
    assert form.fault.text()
    assert form.whom.text() == "没有这个词 = 1"
    form.reject()


def test_the_days_off_of_a_year_are_typed_in_or_taken_from_a_file(
    editor: DaysEditor, qtbot: Bot, tasks: Tasks, workbench: Workbench, tmp_path: Path
) -> None:
    form = editor.notice
    editor.tabs.setCurrentIndex(1)
    assert form.year.value() == 2027
    assert "未官宣" in form.known.text()
    form.lines.setPlainText("春节 2.5-2.12")
    form.keep.click()
    rest(qtbot, tasks)
    assert "缺少法定节日" in form.fault.text()
    assert form.lines.toPlainText() == "春节 2.5-2.12"
    form.lines.setPlainText(SHORT)
    form.keep.click()
    rest(qtbot, tasks)
    assert form.fault.isHidden()
    assert workbench.workdays.announced(2027)
    assert "已有放假安排" in form.known.text()
    form.import_file(written(tmp_path, notice()))
    rest(qtbot, tasks)
    assert form.lines.toPlainText().endswith("班 2.14、10.9")


@pytest.mark.parametrize(
    "at",
    ["05-01", "lunar 08-15", "lunar last", "05 sun 2", "term qingming", "monthly 15", "lunar last -30", "monthly 10 03-11"],
)  # fmt: skip
def test_a_day_is_shown_as_fields_and_written_again(qtbot: Bot, at: str) -> None:
    field = WhenField(at)
    qtbot.addWidget(field)
    assert field.text() == at
