"""The card of what the transactions tell of a customer, and the needs they point to."""

from functools import partial

from ui.pages.portrait.lines import Open, leading
from ui.pages.portrait.section import PartCard
from ui.widgets.parts import label
from ui.widgets.sources import source_words
from workbench.base.i18n import _
from workbench.insight.portrait.portrait import Portrait


class BehaviourCard(PartCard):
    """Behaviour and needs; months whose flows contradict the balances first."""

    def __init__(self, show: Open) -> None:
        super().__init__(_("交易行为"))
        self._show = show

    def fill(self, portrait: Portrait) -> None:
        """Show the behaviour of a customer."""
        self.clear()
        self.nothing = ""
        behaviour, problems = portrait.behaviour, portrait.problems
        words = _("数据到 {date},“当月”“近 90 天”从这天往回数").format(date=portrait.as_of)
        self.note.setText(words if behaviour is not None and behaviour.lines else "")
        for problem in problems:
            origin = "\n".join(source_words(source) for source in problem.sources)
            made = leading(_("数据问题:{what}").format(what=problem.text), origin)
            made.setProperty("role", "red")
            made.activated.connect(
                partial(self._show, _("数据问题"), ("flow_gap", "aum_balance", "inflow", "outflow"))
            )
            self.body.addWidget(made)
            if origin:
                self.body.addWidget(
                    label(_("来源:{rows}").format(rows=origin.replace("\n", ";")), "second", wrap=True)
                )
        if behaviour is None or (not behaviour.lines and not behaviour.shown_needs):
            self.nothing = "" if problems else _("交易行为:导入交易流水,或名单带上交易汇总就有")
        marks = {"lead": "▸ ", "care": "! "}
        for one in behaviour.lines if behaviour else ():
            made = leading(marks.get(one.tone, "") + one.text)
            made.activated.connect(partial(self._show, _("交易行为"), one.inputs))
            self.body.addWidget(made)
        for need in behaviour.shown_needs if behaviour else ():
            tip = ""
            if need.rate is not None:
                tip = _("账本里符合的 {n} 户,有 {having} 户持有;全部客户 {base}").format(
                    n=need.rate.fitting, having=need.rate.having, base=f"{need.rate.base:.0%}"
                )
            made = leading(_("可能需要{name}:{why}").format(name=need.name, why=need.reason), tip)
            made.activated.connect(partial(self._show, need.name, need.inputs))
            self.body.addWidget(made)
        self.body.addStretch(1)
