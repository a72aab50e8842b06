"""新写一条, 改一改: a script of one's own, held against the red lines while it is typed."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from ui.tasks import Tasks
from ui.theme import px
from ui.widgets.fitting import grow
from ui.widgets.form import FormDialog
from ui.widgets.parts import button, label, row
from ui.widgets.wrapped import Strip
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, semicolons
from workbench.insight.genes.data import letters, segments
from workbench.insight.measures.cues import LETTERS
from workbench.insight.selling.kinds import regimes
from workbench.outreach.playbook.library import library
from workbench.outreach.playbook.own import entry_of
from workbench.outreach.playbook.script import Script
from workbench.outreach.playbook.text_check import GAPS, GAPS_OF_TOUCHES, TextFault, most_signs

if TYPE_CHECKING:
    from workbench.app import Workbench

_STAGES = ("J1", "J2", "J3", "J4", "J5")
_RISKS = (1, 2, 3, 4, 5)
#: height of the text in pixels; faults that are told at once
_HIGH, _FAULTS = 110, 3
#: a choice of several values that a person did not change
_AS_IT_WAS = "…"


class WriteDialog(FormDialog):
    """`shown`: the script that is rewritten, None for a new one; `code`: under which it is stored, '' for a new one. Ctrl+Enter
    stores."""

    def __init__(
        self, workbench: "Workbench", tasks: Tasks, shown: Script | None = None, parent: QWidget | None = None
    ) -> None:
        title = _("改一改话术") if shown is not None else _("新写一条话术")
        super().__init__(workbench, tasks, title, _("存下  Ctrl+Enter"), parent)
        self.setMinimumWidth(620)
        self.shown = shown
        self._entry = entry_of(shown) if shown is not None else {}
        self.scene = QComboBox()
        for one in library().scenes.values():
            self.scene.addItem(_(one.name), one.code)
        self.text = QPlainTextEdit(_(shown.text) if shown is not None else "")
        self.text.setTabChangesFocus(True)
        self.text.setPlaceholderText(_("像当面说话那样写:一个由头,一个问题或者一个下一步。"))
        self.text.setAccessibleName(_("话术正文"))
        self.count = label("", "second")
        self.live = label("", "red", wrap=True)
        self.segment = self._several("segment", ((one.code, _(one.name)) for one in segments()))
        self.style_ = self._several("style", ((code, _(letters()[code].name)) for code in LETTERS))
        stages = ((code, workbench.rules.text(f"journey.{code}")) for code in _STAGES)
        self.stage = self._several("stage", stages)
        self.channel = self._several("channel", workbench.outreach.channels())
        self.regime = _box(_("没有说到产品"), ((one.code, _(one.name)) for one in regimes()))
        self.risk = _box(_("没有或不知道"), ((one, f"R{one}") for one in _RISKS))
        self.never = QLineEdit("; ".join(_(one) for one in self._entry.get("never", ())))
        self.never.setPlaceholderText(_("说这条话术时不能说的,用分号隔开"))
        self._begin()
        for words, field in (
            (_("场景"), self.scene), (_("话术"), self.text), ("", self._gaps()), ("", self.count), ("", self.live),
            (_("产品类别"), _pair(self.regime, _("风险等级"), self.risk)),
            (_("客群"), _pair(self.segment, _("性格"), self.style_)), (_("阶段"), _pair(self.stage, _("渠道"), self.channel)),
            (_("不要说"), self.never),
        ):  # fmt: skip
            self.line(words, field)
        # the style sheet tells a least height of its own; the text stands in the second line
        self._grid.setRowMinimumHeight(2, px(_HIGH))
        for box, name in (
            (self.scene, _("场景")), (self.regime, _("产品类别")), (self.risk, _("风险等级")), (self.segment, _("客群")),
            (self.style_, _("性格")), (self.stage, _("阶段")), (self.channel, _("渠道")), (self.never, _("不要说")),
        ):  # fmt: skip
            box.setAccessibleName(name)
        self.yes.setShortcut("Ctrl+Return")
        for box in (self.scene, self.regime, self.risk):
            box.currentIndexChanged.connect(lambda _at: self._look())
        self.text.textChanged.connect(self._look)
        self._look()
        self.text.setFocus()

    def _begin(self) -> None:
        """Choose what the script that is rewritten says."""
        entry = self._entry
        for box, value in (
            (self.scene, entry.get("scene", "open")), (self.regime, entry.get("regime", "")),
            (self.risk, entry.get("risk", "")),
        ):  # fmt: skip
            box.setCurrentIndex(max(box.findData(value), 0))

    def _several(self, name: str, offered: Iterable[tuple[str, str]]) -> QComboBox:
        """A choice of one value; several that the script has stay as they are unless another is chosen."""
        made = _box(_("不限"), offered)
        values = self._entry.get(name, [])
        if len(values) > 1:
            names = [made.itemText(at) for one in values if (at := made.findData(one)) >= 0]
            made.insertItem(0, semicolons(names), _AS_IT_WAS)
            made.setCurrentIndex(0)
        elif values:
            made.setCurrentIndex(max(made.findData(values[0]), 0))
        return made

    def _gaps(self) -> Strip:
        names = {
            "hello": _("称呼"), "manager": _("客户经理"), "branch": _("网点"), "product": _("产品"), "terms": _("条款"),
            "name": _("日子"), "day": _("日期"),
        }  # fmt: skip
        known = GAPS_OF_TOUCHES if self._entry.get("for") else GAPS
        made = [
            button(f"{names[gap]} {{{gap}}}", partial(self._put, f"{{{gap}}}"), "link", tip=_("插入空位,说的时候自动填好"))
            for gap in known
        ]  # fmt: skip
        return Strip(label(_("空位:"), "second"), *made)

    def _put(self, gap: str) -> None:
        self.text.insertPlainText(gap)
        self.text.setFocus()

    def entry(self) -> dict[str, Any]:
        """What the fields say."""
        typed = self.text.toPlainText().strip()
        same = self.shown is not None and typed == _(self.shown.text)
        scene = self.scene.currentData()
        kept = dict(self._entry) if scene == self._entry.get("scene") else {}
        kept.pop("kind", None)
        entry = {**kept, "scene": scene, "text": self.shown.text if same and self.shown else typed}
        for name, box in (
            ("segment", self.segment), ("style", self.style_), ("stage", self.stage), ("channel", self.channel)
        ):  # fmt: skip
            value = box.currentData()
            entry[name] = self._entry.get(name, []) if value == _AS_IT_WAS else [value] if value else []
        entry["regime"] = self.regime.currentData()
        entry["risk"] = self.risk.currentData() or None
        entry["never"] = self._never()
        return {name: value for name, value in entry.items() if value not in ("", None, [])}

    def _never(self) -> Sequence[str]:
        shown = self._entry.get("never", [])
        typed = [one.strip() for one in self.never.text().replace(";", ";").split(";") if one.strip()]
        return list(shown) if typed == [_(one) for one in shown] else typed

    def answer(self) -> None:
        """Store it; the playbook examines it once more."""
        code = self.shown.id if self.shown is not None else ""
        entry = self.entry()
        words = _("话术已存下:{text}").format(text=_short(entry.get("text", "")))
        if not entry.get("text"):
            self.say(_("请先写下要说的话。"))
            return
        self.write(lambda: self.workbench.outreach.playbook.own.put(entry, code), words)

    def _look(self) -> None:
        """Hold what is typed against the red lines and the scene."""
        typed = self.text.toPlainText().strip()
        most = most_signs(typed, library().scenes[self.scene.currentData()], self.workbench.rules)
        self.count.setText(_("{n} / {most} 字").format(n=len(typed), most=most))
        entry = self.entry()
        if not entry.get("text"):
            self._say_faults("")
            return
        own = self.workbench.outreach.playbook.own
        self.tasks.run(
            lambda: own.faults(entry), self._tell, failed=self._unread, owner=self, key=(self, "look")
        )

    def _tell(self, faults: Sequence[TextFault]) -> None:
        self._say_faults("\n".join(one.sentence for one in faults[:_FAULTS]))

    def _say_faults(self, words: str) -> None:
        """Say what is wrong, in a line that is there only then."""
        self.live.setText(words)
        self.live.setVisible(bool(words))
        grow(self)

    def _unread(self, error: Exception) -> None:
        if isinstance(error, WorkbenchError):
            self._say_faults(error.sentence())
        else:
            self.tasks.failed.emit(error)


def _pair(first: QWidget, words: str, second: QWidget) -> QWidget:
    """Two fields in one line, the words of the second before it."""
    made = QWidget()
    line = row(first, label(words, "second"), second)
    for place in (0, 2):
        line.setStretch(place, 1)
    line.setContentsMargins(0, 0, 0, 0)
    made.setLayout(line)
    return made


def _box(nothing: str, offered: Iterable[tuple[object, str]]) -> QComboBox:
    made = QComboBox()
    made.addItem(nothing, "")
    for code, words in offered:
        made.addItem(words, code)
    return made


def _short(text: str, most: int = 24) -> str:
    return text if len(text) <= most else text[:most] + "…"
