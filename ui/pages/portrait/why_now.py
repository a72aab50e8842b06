"""The card of the reason: why this customer is contacted now, by the week's list, else by the first next action."""

from collections.abc import Callable

from ui.pages.portrait.lines import Open, leading
from ui.widgets.parts import Card, button, label
from ui.words import brief, in_brief, last_words
from workbench.base.day_words import short_day
from workbench.base.i18n import _, commas
from workbench.insight.portrait.portrait import Portrait
from workbench.outreach.today.day import LastContact
from workbench.outreach.week.entry import WeekEntry
from workbench.rules.parameters import Rules

#: signals named as the reason of a light; all of them stand under 为什么
_MOST_SIGNALS = 2


class WhyNow(Card):
    """The top reason with its amount and day, what else there is, and where the light stands; `evidence` leads to all of it,
    `show` to the figures behind."""

    def __init__(self, rules: Rules, show: Open, evidence: Callable[[], object]) -> None:
        super().__init__(_("为什么是现在"), button(_("全部依据"), evidence, "link"))
        self._rules, self._show = rules, show

    def fill(self, portrait: Portrait, entry: WeekEntry | None) -> None:
        """Show why; `entry`: his place on the list of the week, None where he has none."""
        self.clear()
        self.note.setText(_place(entry))
        if entry is not None:
            self._of_week(portrait, entry)
        else:
            self._of_actions(portrait)
        self._light(portrait)
        self._last(portrait)
        self.body.addStretch(1)

    def _of_week(self, portrait: Portrait, entry: WeekEntry) -> None:
        first, *behind = entry.reasons
        due = _("{date} 前").format(date=short_day(first.due)) if first.due else ""
        head = " · ".join(filter(None, (first.word, first.amount, due)))
        self.body.addWidget(label(head, "heading", wrap=True))
        self.body.addWidget(label(in_brief(self._rules, portrait.as_of, first), wrap=True))
        for one in behind:
            words = _("另:{what}").format(what=" · ".join(filter(None, (one.word, one.amount))))
            self.body.addWidget(label(words, "second", wrap=True))
        if entry.contact is not None:
            last = LastContact(entry.contact.date, entry.contact.channel, entry.contact.result)
            words = _("本周已联系:{what}").format(what=last_words(last))
            self.body.addWidget(label(words, "todo", wrap=True))

    def _of_actions(self, portrait: Portrait) -> None:
        if not portrait.next_actions:
            words = (
                _("现在没有要联系的理由。")
                if portrait.month
                else _("还没有月度数据:导入客户清单后才看得出。")
            )
            self.body.addWidget(label(words, "second", wrap=True))
            return
        first = portrait.next_actions[0]
        due = _("{date} 前").format(date=short_day(first.due)) if first.due else ""
        head = leading(" · ".join(filter(None, (first.title, due))))
        head.setProperty("role", "heading")
        head.activated.connect(lambda: self._show(first.title, first.inputs))
        self.body.addWidget(head)
        self.body.addWidget(label(brief(self._rules, portrait.as_of, first.why), wrap=True))

    def _light(self, portrait: Portrait) -> None:
        """Where the light stands."""
        risk = portrait.risk
        if risk is None:
            return
        # where all is but lost, the next action gives the same sentence
        if risk.state_reason and risk.state_reason not in (one.why for one in portrait.next_actions):
            self.body.addWidget(label(risk.state_reason, "second", wrap=True))
        if risk.light and risk.signals:
            named = [self._rules.text(f"{one.code}.name") for one in risk.signals]
            words = commas(named[:_MOST_SIGNALS])
            if len(named) > _MOST_SIGNALS:
                words = _("{names}等 {n} 项").format(names=words, n=len(named))
            self.body.addWidget(label(_("信号:{names}").format(names=words), "second", wrap=True))
        if risk.light and risk.chance:
            self.body.addWidget(label(risk.chance.text, "second", wrap=True))

    def _last(self, portrait: Portrait) -> None:
        """The contact before."""
        touch = portrait.touches[0] if portrait.touches else None
        last = LastContact(touch.date, touch.channel, touch.result) if touch is not None else None
        self.body.addWidget(label(last_words(last), "second", wrap=True))


def _place(entry: WeekEntry | None) -> str:
    """His place on the list of the week and his row of the plan."""
    if entry is None:
        return _("不在本周名单")
    row = _("计划 {row}").format(row=entry.row) if entry.row else ""
    return " · ".join(filter(None, (_("本周名单第 {n} 位").format(n=entry.rank), row)))
