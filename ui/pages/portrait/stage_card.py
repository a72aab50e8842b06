"""The card of the journey: the stage, since when and why, what is due next in it, and how it ends (domain 3)."""

import datetime as dt
from collections.abc import Callable

from ui.pages.portrait.lines import FigureLine, Open, leading, lines
from ui.widgets.parts import Card, button, label
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.insight.journey.stages import TAG, JourneyStage
from workbench.insight.journey.tasks import StageTask
from workbench.insight.portrait.portrait import Portrait

#: stages in which something must be done at once
_ALARMING = ("J4", "J5")


class StageCard(Card):
    """The stage of a customer; `rule` opens its rule with the way to set it right, `show` the figures behind it."""

    def __init__(self, show: Open, rule: Callable[[], object]) -> None:
        self.rule = button(_("规则与更正"), rule, "link")
        super().__init__(_("旅程卡"), self.rule)
        self._show = show

    def fill(self, portrait: Portrait) -> None:
        """Show the stage, or why there is none."""
        self.clear()
        stage = portrait.stage
        self.rule.setVisible(any(tag.column == TAG for tag in portrait.tags))
        if stage is None:
            words = _("看不出阶段:缺「月日均」或「金融资产」,导入客户清单后显示。")
            self.body.addWidget(label(words, "second", wrap=True))
            self.body.addStretch(1)
            return
        name = f"{stage.code} {stage.name}" if stage.code else stage.name
        title = leading(" · ".join(filter(None, (name, _since(stage)))))
        title.setProperty("role", "alarm_heading" if stage.code in _ALARMING else "heading")
        title.activated.connect(lambda: self._show(name, stage.inputs))
        self.body.addWidget(title)
        self._by_hand(portrait)
        self.body.addWidget(label(stage.reason, wrap=True))
        self._tasks(stage)
        ends = [FigureLine(_("何时结束"), stage.exit)] if stage.exit else []
        pace = [FigureLine(_("联系节奏"), stage.cadence)] if stage.cadence else []
        lines(self.body, [*ends, *pace], self._show)
        self.body.addStretch(1)

    def _by_hand(self, portrait: Portrait) -> None:
        """That a person moved him: the machine's view stands beside it until the move expires."""
        for one in portrait.corrections:
            if one.in_force and one.key == TAG:
                words = _("手动改的:系统看是{machine};{reason};{date} 到期").format(
                    machine=one.machine_shown, reason=one.reason, date=one.expires
                )
                self.body.addWidget(label(words, "todo", wrap=True))

    def _tasks(self, stage: JourneyStage) -> None:
        """The task that is due next, in red once it is late, and how many more there are."""
        due = stage.due
        if not due:
            if stage.tasks:
                self.body.addWidget(label(_("这一阶段的事都办完了。"), "second", wrap=True))
            return
        first, done = due[0], sum(task.done is True for task in stage.tasks)
        late = first.due is not None and dt.date.fromisoformat(first.due) < today()
        self.body.addWidget(label(_task_words(first, late=late), "red" if late else "", wrap=True))
        counts = _("待办 {n} 件,已办 {done} 件").format(n=len(due), done=done)
        self.body.addWidget(
            label(counts, "second", tip="\n".join(_task_words(one, late=False) for one in due))
        )


def _since(stage: JourneyStage) -> str:
    """For how many days, and since when."""
    if stage.since is None:
        return ""
    if stage.days is None:
        return _("{date} 起").format(date=stage.since)
    return _("第 {n} 天({date} 起)").format(n=stage.days, date=stage.since)


def _task_words(task: StageTask, *, late: bool) -> str:
    if task.due is None:
        return _("待办:{task}").format(task=task.name)
    if late:
        return _("待办:{task}({date} 已过)").format(task=task.name, date=task.due[5:])
    return _("待办:{task}({date} 前)").format(task=task.name, date=task.due[5:])
