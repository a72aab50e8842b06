"""The card of the evidence: why a light is on or off, with each signal's figures, and what could not be checked."""

from collections.abc import Callable
from functools import partial

from ui.pages.portrait.leaving import causes_row
from ui.pages.portrait.lines import Open
from ui.pages.portrait.section import PartCard
from ui.widgets.parts import button, label, row
from ui.words import light_word, severity_word
from workbench.base.i18n import _, commas
from workbench.insight.churn.verdict import SignalVerdict
from workbench.insight.portrait.features import unlocked_by
from workbench.insight.portrait.portrait import Portrait
from workbench.rules.parameters import Rules


class SignalsCard(PartCard):
    """The signals; `source(signal)` opens the months of one, `show` the figures behind the causes, `confirm` asks for the
    cause."""

    def __init__(
        self,
        rules: Rules,
        source: Callable[[SignalVerdict], object],
        show: Open,
        confirm: Callable[[], object],
    ) -> None:
        super().__init__(_("为什么"))
        self._rules, self._source, self._show, self._confirm = rules, source, show, confirm

    def fill(self, portrait: Portrait) -> None:
        """Show the signals with their figures, the likely causes, and what could not be checked."""
        self.clear()
        body, risk, rules = self.body, portrait.risk, self._rules
        self.nothing = _("亮灯的依据(导入客户清单后显示)") if risk is None else ""
        if risk is None:
            return
        lit = {"red": _("为什么亮红灯"), "orange": _("为什么亮橙灯"), "yellow": _("为什么亮黄灯")}
        self.heading.setText(lit.get(risk.light or "", _("没有亮灯")))
        if risk.hard_rule:
            body.addWidget(
                label(
                    _("直接亮{light}灯:{reason}").format(light=light_word(risk.light), reason=risk.hard_rule),
                    "red",
                    wrap=True,
                )
            )
        if risk.no_light:
            body.addWidget(label(risk.no_light, "second", wrap=True))
        for fact in risk.facts:
            body.addWidget(label(fact, wrap=True))
        if risk.light and risk.chance:
            body.addWidget(label(risk.chance.text, "second", wrap=True))
        for verdict in risk.signals:
            title = f"{rules.text(verdict.code + '.name')} · {severity_word(verdict.severity)}"
            source = button(_("来源"), partial(self._source, verdict), "link")
            body.addLayout(row(label(title, "heading", wrap=True, tip=verdict.code), None, source))
            body.addWidget(label(verdict.reason, wrap=True))
        if risk.signals:
            body.addLayout(causes_row(portrait.causes, rules, self._show, self._confirm))
        else:
            body.addWidget(label(_("没有命中信号。"), "second"))
        if risk.cannot_tell:
            unseen = _("看不到:{names}").format(names=commas(blind_signals(portrait, rules)))
            body.addWidget(label(unseen, "second", wrap=True))
        body.addStretch(1)


def unlocking(portrait: Portrait) -> list[str]:
    """The columns that would let the signals be told that cannot be told of a customer, each once."""
    told = {key for key, _label, _value in portrait.facts}
    codes = portrait.risk.cannot_tell if portrait.risk else ()
    return list(dict.fromkeys(column for code in codes for column in unlocked_by(code, told)))


def blind_signals(portrait: Portrait, rules: Rules) -> list[str]:
    """The signals that cannot be told of a customer, each with the columns that would unlock it or that records are few."""
    told = {key for key, _label, _value in portrait.facts}
    blind = []
    for code in portrait.risk.cannot_tell if portrait.risk else ():
        name, columns = rules.text(f"{code}.name"), unlocked_by(code, told)
        lacks = _("缺「{columns}」").format(columns=commas(columns)) if columns else _("记录太少")
        blind.append(_("{name}({lacks})").format(name=name, lacks=lacks))
    return blind
