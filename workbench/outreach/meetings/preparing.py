"""What to speak of in a meeting, from what is known: nothing new is advised here (domain 15)."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from workbench.base.day_words import named_day
from workbench.base.i18n import _, bracketed, headed
from workbench.base.money import wan
from workbench.outreach.family_goals.goal import GoalCourse
from workbench.outreach.meetings.meeting import AgendaLine, AgendaPart, MeetingAgenda
from workbench.outreach.needs.classing import HIDDEN, PSEUDO
from workbench.outreach.needs.judged import CustomerNeeds
from workbench.rules.parameters import Rules

if TYPE_CHECKING:
    from workbench.insight.allocation.allocation import Allocation
    from workbench.insight.portrait.portrait import Portrait

#: facts that run out: key of the fact
_PAPERS = ("id_expiry_date", "risk_expiry_date")


def agenda_of(
    portrait: "Portrait",
    needs: CustomerNeeds,
    goals: Sequence[GoalCourse],
    promised: Iterable[tuple[str, str]],
    allocation: "Allocation | None",
    day: str,
    rules: Rules,
) -> MeetingAgenda:
    """The agenda of a meeting on a day (ISO). `promised`: (text, ISO day) of the open promises; `allocation`: None where nobody
    computed it."""
    barred = allocation.barred if allocation is not None else ""
    moves = (
        ()
        if allocation is None or barred
        else tuple((one.sentence, _reason(allocation)) for one in allocation.moves)
    )
    parts = (
        _part("promises", [AgendaLine(text, named_day(due)) for text, due in promised], rules),
        _part("maturities", _maturities(portrait, day, rules), rules),
        _part("goals", [AgendaLine(one.words, headed(one.name, one.line)) for one in goals], rules),
        _part("needs", _needs(needs), rules),
        _part("papers", _papers(portrait, day, rules), rules),
        _part("advice", [AgendaLine(*one) for one in moves], rules),
        _part("acts", [AgendaLine(one.title, one.why) for one in portrait.next_actions], rules, inside=True),
        _part("limits", [AgendaLine(one.text, one.why) for one in portrait.do_not_say], rules, inside=True),
    )
    shown = tuple(one for one in parts if one.lines)
    return MeetingAgenda(portrait.customer_no, portrait.name, day, portrait.as_of, shown, moves, barred)


def _part(code: str, lines: Iterable[AgendaLine], rules: Rules, *, inside: bool = False) -> AgendaPart:
    return AgendaPart(code, rules.text(f"meeting.part.{code}"), tuple(lines), inside)


def _maturities(portrait: "Portrait", day: str, rules: Rules) -> Iterator[AgendaLine]:
    last = _ahead(day, rules)
    dated = [one for one in portrait.holdings if one.maturity_date and day <= one.maturity_date <= last]
    for one in sorted(dated, key=lambda held: held.maturity_date or ""):
        name = one.product_name or one.product_code or one.category or _("到期")
        words = _("{date} {name}到期 {amount}")
        yield AgendaLine(words.format(date=one.maturity_date, name=name, amount=wan(one.amount_fen)))


def _needs(needs: CustomerNeeds) -> Iterator[AgendaLine]:
    for one in needs.needs:
        if one.need.open and one.of.code != PSEUDO:
            yield AgendaLine(one.need.text, bracketed(one.step.text, one.of.name), one.of.code == HIDDEN)
    for proposal in needs.proposals:
        if not proposal.held:
            yield AgendaLine(proposal.ask, bracketed(proposal.why, proposal.as_of), inside=True)


def _papers(portrait: "Portrait", day: str, rules: Rules) -> Iterator[AgendaLine]:
    last = _ahead(day, rules)
    for key, label, value in portrait.facts:
        if key in _PAPERS and value and value[:10] <= last:
            words = _("{label}:{date},已过") if value[:10] < day else _("{label}:{date}")
            yield AgendaLine(words.format(label=label, date=value[:10]))
    dated = {key for key, _label, value in portrait.facts if value}
    days = portrait.picture.values.risk_valid_days if portrait.picture is not None else None
    if "risk_expiry_date" not in dated and days is not None and days <= rules.whole("meeting.ahead_days"):
        yield AgendaLine(
            _("风险测评已过期 {n} 天,请重新测评").format(n=round(-days))
            if days < 0
            else _("风险测评还有 {n} 天到期,请重新测评").format(n=round(days))
        )


def _reason(allocation: "Allocation") -> str:
    named = allocation.package.name if allocation.package is not None else ""
    return (
        _("按{name}的配置区间,数据日期 {date}").format(name=named, date=allocation.as_of or "—")
        if named
        else ""
    )


def _ahead(day: str, rules: Rules) -> str:
    return (dt.date.fromisoformat(day) + dt.timedelta(days=rules.whole("meeting.ahead_days"))).isoformat()
