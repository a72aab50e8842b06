"""One entry of the playbook whole: its text, why it fits, what not to say with it, its other ways, and what came of it."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QWidget

from ui.pages.scripts.lines import ScriptLine, ScriptWay, channel_words, whom_words
from ui.widgets.parts import Card, button, column, label, row
from workbench.base.i18n import _, bracketed, semicolons
from workbench.insight.selling.kinds import name_of, regimes
from workbench.outreach.effects.effect import ScriptUse
from workbench.outreach.playbook.library import ScriptLibrary
from workbench.outreach.playbook.own_rows import whose_words
from workbench.outreach.playbook.script import Script
from workbench.rules.parameters import Rules
from workbench.sheets.glyphs import readable


class ScriptDetail(Card):
    """`way_chosen(way)`: another way of the same is to be shown; `edit_requested()`, `off_requested()`, `restore_requested()`."""

    way_chosen = Signal(object)
    edit_requested = Signal()
    off_requested = Signal()
    restore_requested = Signal()

    def __init__(self, rules: Rules) -> None:
        super().__init__()
        self._rules = rules
        self.way: ScriptWay | None = None
        self.text = label("", "big", wrap=True)
        self.why = label("", "todo", wrap=True)
        self.escalates = label(_("说完这条就停:不再劝,按投诉流程上报。"), "alarm", wrap=True)
        self.never = label("", "red", wrap=True)
        self.cautions = label("", "alarm", wrap=True)
        self.ways = QWidget()
        self.facts = label("", "second", wrap=True)
        self.use = label("", "second", wrap=True)
        self.edit = button(_("改一改…"), self.edit_requested.emit, "act", tip=_("存成自己的,原来的可以恢复"))
        self.off = button(
            _("停用"), self.off_requested.emit, "act", tip=_("不再列出;在“来源”里选“停用的”可以恢复")
        )
        self.restore = button(
            _("恢复"), self.restore_requested.emit, "act", tip=_("重新列出,或恢复成自带的样子")
        )
        self._ways = column(spacing=4)
        self._ways.setContentsMargins(0, 0, 0, 0)
        self.ways.setLayout(self._ways)
        for part in (
            self.text,
            self.why,
            self.escalates,
            self.cautions,
            self.never,
            self.ways,
            self.facts,
            self.use,
        ):
            self.body.addWidget(part)
        self.body.addLayout(row(self.edit, self.off, self.restore, None))
        self.body.addStretch(1)

    def show_line(self, line: ScriptLine | None, held: ScriptLibrary | None, at: int = 0) -> None:
        """Show an entry by its way number `at`; None: nothing."""
        self.setVisible(line is not None)
        self.way = line.ways[at] if line is not None else None
        if line is None or held is None or self.way is None:
            return
        way, one = self.way, self.way.script
        self.text.setText(readable(way.text))
        chosen = way.chosen
        self._say(self.why, way.why, _("为什么是它:{words}"))
        self.escalates.setVisible(one.escalates)
        self._say(self.cautions, semicolons(chosen.cautions) if chosen is not None else "", _("注意:{words}"))
        never = chosen.unsaid if chosen is not None else tuple(_(words) for words in one.never)
        self._say(self.never, semicolons(dict.fromkeys(never)), _("不要说:{words}"))
        self._show_ways(line, at)
        self.facts.setText("\n".join(_facts(one, held, self._rules)))
        self.use.setText(_use_words(way.use))
        self.off.setVisible(not line.off)
        self.restore.setVisible(line.off or (one.whose == "own" and not one.id.startswith("MY-")))

    @staticmethod
    def _say(part: QLabel, words: str, pattern: str) -> None:
        part.setVisible(bool(words))
        part.setText(pattern.format(words=words))

    def _show_ways(self, line: ScriptLine, at: int) -> None:
        while (item := self._ways.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        others = [way for number, way in enumerate(line.ways) if number != at]
        self.ways.setVisible(bool(others))
        if others:
            self._ways.addWidget(label(_("换一种说法"), "heading"))
        for way in others:
            self._ways.addWidget(_Way(way, partial(self.way_chosen.emit, way)))


class _Way(QWidget):
    """Another way of the same, beside the button that takes it."""

    def __init__(self, way: ScriptWay, take: Callable[[], object]) -> None:
        super().__init__()
        words = label(readable(way.text), wrap=True)
        line = row(words, button(_("用这条"), take, "act"))
        line.setStretch(0, 1)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)


def _facts(one: Script, held: ScriptLibrary, rules: Rules) -> list[str]:
    book = held.books.get(one.library)
    scene = _(held.scenes[one.scene].name)
    lines = [
        _("场景:{scene}({kind}) · 话术册:{book}").format(
            scene=scene, kind=_kind_words(one), book=_(book.name) if book is not None else "—"
        ),
        _("适用:{whom}").format(whom=whom_words(one, rules)),
    ]
    if one.channel:
        lines.append(_("渠道:{channels}").format(channels=channel_words(one)))
    if one.regime:
        risk = "" if one.risk is None else f" R{one.risk}"
        words = _("产品:{regime}{risk},说之前先过适当性")
        lines.append(words.format(regime=name_of(one.regime, regimes()), risk=risk))
    source = one.source or _mark_words(one)
    words = _("来源:{source} · 第 {version} 版 · 编号 {code} · {n} 字")
    lines.append(words.format(source=source, version=one.version, code=one.id, n=len(_(one.text))))
    return lines


def _kind_words(one: Script) -> str:
    """What a contact with these words is."""
    if one.to == "manager":
        return _("给自己看,不对客户说")
    return {"service": _("服务"), "care": _("关怀"), "marketing": _("营销")}[one.kind]


def _mark_words(one: Script) -> str:
    """Where it comes from, in words."""
    marks = {"S": _("讲义"), "R": _("公开材料"), "D": _("行业经验"), "P": _("本系统口径")}
    whose = whose_words(one.whose)
    return bracketed(whose, marks[one.mark]) if one.whose == "shipped" and one.mark in marks else whose


def _use_words(use: ScriptUse | None) -> str:
    return use.sentence if use is not None else _("还没有用过。")
