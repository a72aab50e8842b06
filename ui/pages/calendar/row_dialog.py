"""One row of the calendar, written or changed: name, when, who hears of it, what to say and what not to."""

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QWidget

from ui.pages.calendar.when_field import WhenField
from ui.tasks import Tasks
from ui.widgets.form import FormDialog
from ui.widgets.number_field import NumberField
from ui.widgets.parts import row
from workbench.base.i18n import _
from workbench.insight.genes.data import segments
from workbench.outreach.dates.calendar_row import CalendarRow, Whose

if TYPE_CHECKING:
    from workbench.app import Workbench

_ON = re.compile(r"\+(\d+)")


def stream_names() -> dict[str, str]:
    """What a row is, by the code of its stream."""
    return {
        "festival": _("节日"), "term": _("节气"), "segment": _("客群关键日"), "product": _("产品节奏")
    }  # fmt: skip


def use_names() -> dict[str, str]:
    """Who hears of a row, by the code of its use."""
    return {"none": _("不联系"), "group": _("社群群发"), "personal": _("逐位联系")}


class CalendarRowDialog(FormDialog):
    """Enter stores. A row without a code is a new one."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, shown: CalendarRow, parent: QWidget | None = None
    ) -> None:
        title = _("修改日历条目") if shown.code else _("添加日历条目")
        super().__init__(workbench, tasks, title, _("存下"), parent)
        self.setMinimumWidth(560)
        self.shown = shown
        self.name = QLineEdit(shown.title)
        self.name.setPlaceholderText(_("例如:本地庙会、行庆"))
        self.stream = _choice(stream_names(), shown.stream)
        self.when = WhenField(shown.at)
        self.length = NumberField()
        on = _ON.fullmatch(shown.until)
        kept = bool(shown.until) and on is None
        self.length.setRange(0 if kept else 1, 366)
        self.length.setSpecialValueText(_("照原来") if kept else "")
        self.length.setSuffix(_(" 天"))
        self.length.setValue(0 if kept else int(on[1]) + 1 if on else 1)
        self.use = _choice(use_names(), shown.use)
        self.whom = QLineEdit(shown.whom)
        self.whom.setPlaceholderText(_("选人的条件,例如 tower = top"))
        self.whom.setCursorPosition(0)
        self.channel = _choice(dict(workbench.outreach.channels()), shown.channel)
        self.segment = _choice({"": _("不限")} | {one.code: _(one.name) for one in segments()}, shown.segment)
        self.says = QLineEdit(_(shown.says))
        self.forbids = QLineEdit(_(shown.forbids))
        self.marketing = QCheckBox(_("带营销"))
        self.marketing.setChecked(shown.marketing)
        self.silent = QCheckBox(_("静默日(不营销、不问候)"))
        self.silent.setChecked(shown.silent)
        self.whose = _choice({"branch": _("网点的"), "personal": _("我自己的")}, shown.whose or "branch")
        flags = QWidget()
        inside = row(self.marketing, self.silent, None)
        inside.setContentsMargins(0, 0, 0, 0)
        flags.setLayout(inside)
        for words, field in (
            (_("名称"), self.name),
            (_("类别"), self.stream),
            (_("哪一天"), self.when),
            (_("持续"), self.length),
            (_("怎么联系"), self.use),
            (_("联系谁"), self.whom),
            (_("渠道"), self.channel),
            (_("客群"), self.segment),
            (_("做什么、说什么"), self.says),
            (_("禁忌"), self.forbids),
            ("", flags),
            (_("谁的条目"), self.whose),
        ):
            self.line(words, field)
        self.use.currentIndexChanged.connect(self._follow)
        self._follow()
        self.name.setFocus()

    def row(self) -> CalendarRow:
        """What the fields say."""
        use = self.use.currentData()
        length = self.length.value()
        until = self.shown.until if length == 0 else f"+{length - 1}" if length > 1 else ""
        whose: Whose = self.whose.currentData()
        return replace(
            self.shown,
            # words that were not touched stay the program's, so that they follow the language
            name=_kept(self.name, self.shown.name),
            stream=self.stream.currentData(),
            at=self.when.text(),
            until=until,
            use=use,
            whom=self.whom.text().strip() if use == "personal" else "",
            channel={"personal": self.channel.currentData(), "group": "group"}.get(use, ""),
            segment=self.segment.currentData(),
            says=_kept(self.says, self.shown.says),
            forbids=_kept(self.forbids, self.shown.forbids),
            marketing=self.marketing.isChecked(),
            silent=self.silent.isChecked(),
            off=False,
            mark="P",
            whose=whose,
        )

    def answer(self) -> None:
        """Store the row; the calendar is examined there."""
        made = self.row()
        self.write(
            lambda: self.workbench.outreach.dates.put(made),
            _("日历里记下了“{name}”。").format(name=made.title),
        )

    def _follow(self) -> None:
        """Who and how are asked only where each is contacted by himself."""
        each = self.use.currentData() == "personal"
        self.whom.setEnabled(each)
        self.channel.setEnabled(each)


def _kept(field: QLineEdit, msgid: str) -> str:
    typed = field.text().strip()
    return msgid if typed == _(msgid) else typed


def _choice(names: dict[str, str], code: str) -> QComboBox:
    made = QComboBox()
    for key, name in names.items():
        made.addItem(name, key)
    made.setCurrentIndex(max(made.findData(code), 0))
    return made
