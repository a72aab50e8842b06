"""The list of complaints: the clock that runs out first, who, the level, both clocks, what comes next."""

from ui.widgets.table_model import Column
from ui.words import who
from workbench.base.i18n import _
from workbench.outreach.complaints.clocks import ComplaintClock
from workbench.outreach.complaints.complaint import Complaint
from workbench.outreach.complaints.documents import next_words
from workbench.rules.parameters import Rules

_SHAPES = {"one": "■", "two": "●", "three": "▲", "four": "○"}
_INKS = {"one": "red", "two": "orange"}


def complaint_columns(rules: Rules) -> list[Column[Complaint]]:
    """Overdue clocks in red."""
    return [
        Column(_("先到的时限"), lambda x: earliest_words(x, rules), 92,
               ink=lambda x: _ink(x.clocks.earliest), value=lambda x: x.order),
        Column(_("客户"), lambda x: f"{who(x.name, x.customer_no)}\n{x.no}".strip(), 100, key=True),
        Column(_("级别"), lambda x: level_words(x, rules), 64, ink=lambda x: _INKS.get(x.level.code),
               tip=lambda x: x.level.reason, value=lambda x: x.level.rank),
        Column(_("类别"), lambda x: x.category_word or _("没写"), 80, tip=lambda x: x.content or None),
        Column(_("内部方案"), lambda x: _clock(x.clocks.solution), 124, ink=lambda x: _ink(x.clocks.solution),
               value=lambda x: x.clocks.solution.key),
        Column(_("法定答复"), lambda x: _clock(x.clocks.end), 104, ink=lambda x: _ink(x.clocks.end),
               value=lambda x: x.clocks.end.key),
        Column(_("下一步"), lambda x: next_words(x, rules) or _("已办结"), 0),
    ]  # fmt: skip


def level_words(one: Complaint, rules: Rules) -> str:
    """The level with its shape."""
    return f"{_SHAPES[one.level.code]} {rules.text(f'complaint.level.{one.level.code}')}"


def earliest_words(one: Complaint, rules: Rules) -> str:
    """Which clock runs out first, and when."""
    clock = one.clocks.earliest
    if clock is None:
        if one.state == "closed":
            return f"{_('已办结')}\n{one.closed}" if one.closed else _("已办结")
        return "—"
    return f"{rules.text(f'complaint.clock.{clock.code}')}\n{clock.due}"


def _clock(clock: ComplaintClock) -> str:
    return clock.brief


def _ink(clock: ComplaintClock | None) -> str | None:
    if clock is None or clock.state not in ("overdue", "soon"):
        return None
    return "red" if clock.state == "overdue" else "accent"
