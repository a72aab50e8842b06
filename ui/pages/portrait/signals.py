"""The card of the evidence: why a light is on or off, with each signal's figures."""

from collections.abc import Callable
from functools import partial

from ui.pages.portrait.leaving import causes_row
from ui.pages.portrait.lines import Open
from ui.pages.portrait.section import PartCard
from ui.widgets.parts import button, label, row
from ui.words import light_word, severity_word
from workbench.base.i18n import _, commas
from workbench.insight.churn.verdict import SignalVerdict
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
        """Show the signals with their figures, and the likely causes."""
        self.clear()
        body, risk, rules = self.body, portrait.risk, self._rules
        self.nothing = _("亮灯的依据:导入客户清单就有") if risk is None else ""
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
        if risk.profiles:
            names = commas(rules.text(f"{code}.name") for code in risk.profiles)
            body.addWidget(label(_("易流失画像:{names}").format(names=names), "second", wrap=True))
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
            blind = len(risk.cannot_tell)
            words = _("没有命中信号;还有 {n} 项看不到,不等于没有。").format(n=blind) if blind else ""
            body.addWidget(label(words or _("没有命中信号。"), "second", wrap=True))
        body.addStretch(1)
