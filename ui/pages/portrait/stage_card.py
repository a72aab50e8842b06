"""The card of the journey: the stage, since when and why, what is due next in it, and how it ends (domain 3)."""

from collections.abc import Callable

from ui.pages.journey.words import by_hand_words
from ui.pages.portrait.lines import FigureLine, Open, leading, lines
from ui.pages.portrait.stays import stay_strip
from ui.widgets.parts import Card, button, label, row
from workbench.base.day_words import short_day
from workbench.base.i18n import _
from workbench.insight.journey.facts import HandMove
from workbench.insight.journey.stages import TAG, JourneyStage, PastStay
from workbench.insight.journey.tasks import StageTask
from workbench.insight.portrait.portrait import Portrait
from workbench.rules.parameters import Rules

#: stages in which something must be done at once
_ALARMING = ("J4", "J5")


class StageCard(Card):
    """The stage of a customer; `show` opens the figures behind it, `rule` its rule, `move` asks for another stage, `past`
    shows a stay among all of them, `tick` all tasks, to be ticked."""

    def __init__(
        self,
        rules: Rules,
        show: Open,
        rule: Callable[[], object],
        move: Callable[[], object],
        past: Callable[[PastStay], object],
        tick: Callable[[], object],
    ) -> None:
        self.rule = button(_("规则"), rule, "link")
        self.mover = button(_("换阶段"), move, "link")
        super().__init__(_("旅程卡"), self.rule, self.mover)
        self._rules, self._show, self._past, self._tick = rules, show, past, tick

    def fill(self, portrait: Portrait) -> None:
        """Show the stage, or why there is none."""
        self.clear()
        stage = portrait.stage
        self.rule.setVisible(any(tag.column == TAG for tag in portrait.tags))
        self.mover.setVisible(stage is not None and stage.code is not None)
        if stage is None:
            words = _("看不出阶段:缺「月日均」或「金融资产」,导入客户清单后显示。")
            self.body.addWidget(label(words, "second", wrap=True))
            self.body.addStretch(1)
            return
        name = stage.name
        title = leading(" · ".join(filter(None, (name, _since(stage)))))
        title.setToolTip(stage.code or "")
        title.setProperty("role", "alarm_heading" if stage.code in _ALARMING else "heading")
        title.activated.connect(lambda: self._show(name, stage.inputs))
        self.body.addWidget(title)
        if (move := moved_by_hand(portrait)) is not None:
            self.body.addWidget(label(by_hand_words(self._rules, move), "todo", wrap=True))
        self.body.addWidget(label(stage.reason, wrap=True))
        self._tasks(stage, portrait)
        ends = [FigureLine(_("何时结束"), stage.exit)] if stage.exit else []
        pace = [FigureLine(_("联系节奏"), stage.cadence)] if stage.cadence else []
        lines(self.body, [*ends, *pace], self._show)
        if stage.history:
            self.body.addWidget(stay_strip(stage.history, self._past))
        self.body.addStretch(1)

    def _tasks(self, stage: JourneyStage, portrait: Portrait) -> None:
        """The task that is due next, in red once it is late, and how many more there are."""
        due = stage.due
        if not stage.tasks:
            return
        if not due:
            self.body.addWidget(label(_("这一阶段的事都办完了。"), "second", wrap=True))
            self.body.addLayout(row(button(_("看全部任务"), self._tick, "link"), None))
            return
        first, done = due[0], sum(task.done is True for task in stage.tasks)
        day = portrait.picture.day if portrait.picture is not None else ""
        late = first.due is not None and first.due < day
        self.body.addWidget(label(_task_words(first, late=late), "red" if late else "", wrap=True))
        counts = _("待办 {n} 件,已办 {done} 件").format(n=len(due), done=done)
        every = button(counts, self._tick, "link", tip="\n".join(_task_words(one, late=False) for one in due))
        self.body.addLayout(row(every, None))


def moved_by_hand(portrait: Portrait) -> HandMove | None:
    """The move by hand that counts, with the machine's view; None where nobody moved him."""
    moves = (one for one in portrait.corrections if one.key == TAG and one.in_force)
    return next((HandMove(one.date, one.expires, one.reason, one.machine) for one in moves), None)


def _since(stage: JourneyStage) -> str:
    """For how many days, and since when."""
    if stage.since is None:
        return ""
    if stage.days is None:
        return _("{date} 起").format(date=stage.since)
    return _("第 {n} 天({date} 起)").format(n=stage.days, date=stage.since)


def _task_words(task: StageTask, *, late: bool) -> str:
    if task.due is None:
        return _("待办:{task}").format(task=task.words)
    if late:
        return _("待办:{task}({date} 已过)").format(task=task.words, date=short_day(task.due))
    return _("待办:{task}({date} 前)").format(task=task.words, date=short_day(task.due))
