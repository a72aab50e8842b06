"""服务档案 on the portrait: the way of his tower part by part, his channel and annual plan, experts booked for him."""

from collections.abc import Callable
from functools import partial

from ui.pages.portrait.section import PartCard
from ui.widgets.parts import button, label, row
from workbench.base.i18n import _, bracketed, commas, headed
from workbench.outreach.archive.archive import ServiceArchive
from workbench.outreach.archive.expert import ExpertBooking

_MARKS = {"done": "○", "gap": "■", "unknown": "?"}


class WayCard(PartCard):
    """The parts of 3专, 5G or 快准稳: what is there since when, and what comes next."""

    def __init__(self, print_file: Callable[[], object]) -> None:
        self.printer = button(_("打印服务档案…"), print_file, "link")
        super().__init__(_("塔层服务"), self.printer)

    def fill(self, made: ServiceArchive | None) -> None:
        """Show the parts of a customer; None: not read yet."""
        self.clear()
        if made is None:
            return
        self.body.addWidget(label(made.reason, "second", wrap=True))
        for one in made.parts:
            points = "" if one.points is None else f" {one.points}/{one.most}"
            words = " · ".join(filter(None, (f"{_MARKS[one.state]} {one.name}{points}", one.shown_by)))
            self.body.addWidget(label(words, "todo" if one is made.first else "", wrap=True))
            if one.next and one.state == "gap":
                self.body.addWidget(label(headed(_("下一步"), one.next), "second", wrap=True))
        blind = [one for one in made.parts if one.state == "unknown"]
        if blind:
            self.body.addWidget(
                label(headed(commas(one.name for one in blind), blind[0].next), "second", wrap=True)
            )
        self.body.addStretch(1)


class ChannelCard(PartCard):
    """His channel, and the annual plan of his family in a few lines."""

    def __init__(self, change: Callable[[], object]) -> None:
        self.change = button(_("改通道…"), change, "link")
        super().__init__(_("专属通道与年度方案"), self.change)

    def fill(self, made: ServiceArchive | None) -> None:
        """Show them; None: not read yet."""
        self.clear()
        if made is None:
            return
        self.change.setText(_("改通道…") if made.channel else _("写通道…"))
        plan = made.plan
        if made.channel_words:
            self.body.addWidget(label(made.channel_words, "" if made.channel else "todo", wrap=True))
        outside = [f"{one.name} {one.share}({one.range_})" for one in plan.bands if one.outside]
        lines = [(_("目标"), one) for one in plan.goal_lines]
        lines += [
            (_("不在目标区间"), commas(outside)),
            (_("检视日"), plan.no_reviews or commas(plan.reviews[:2])),
        ]
        for head, words in lines:
            if words:
                self.body.addWidget(label(headed(head, words), "second", wrap=True))
        self.body.addStretch(1)


class ExpertsCard(PartCard):
    """The experts booked for him, with what became of it."""

    def __init__(
        self,
        add: Callable[[], object],
        hold: Callable[[ExpertBooking], object],
        cancel: Callable[[ExpertBooking], object],
    ) -> None:
        self._hold, self._cancel = hold, cancel
        super().__init__(_("专家"), button(_("约专家…"), add, "link"))

    def fill(self, made: ServiceArchive | None) -> None:
        """Show the bookings; None: not read yet."""
        self.clear()
        if made is None:
            return
        for one in made.bookings:
            who = bracketed(one.expert, one.field_name)
            state = _("已过期,请登记结果或取消") if one.over else one.state_name
            words = " · ".join(filter(None, (one.date, who, one.topic, state, one.outcome)))
            self.body.addWidget(label(words, "todo" if one.over else "", wrap=True))
            if one.state == "booked":
                acts = (
                    button(_("见过了…"), partial(self._hold, one), "act"),
                    button(_("取消预约…"), partial(self._cancel, one), "act"),
                )
                self.body.addLayout(row(*acts, None, spacing=6))
        if not made.bookings:
            self.body.addWidget(label(_("还没有约过专家。"), "second"))
        self.body.addStretch(1)


def summary_of(made: ServiceArchive) -> str:
    """The file in one line: the score, and what comes first."""
    first = made.first
    known = [one for one in made.parts if one.points is not None]
    done = _("{way} 做到 {n}/{all} 项").format(
        way=made.way, n=sum(one.state == "done" for one in known), all=len(made.parts)
    )
    return " · ".join(filter(None, (done if made.parts else "", first.next if first else "")))
