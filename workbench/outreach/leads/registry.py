"""`SOURCES`: the one registry of what may put a customer on a week's list. A new source is one line here."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from workbench.outreach.leads.calendar import CALENDAR, calendar_leads
from workbench.outreach.leads.case_leads import CASES, case_leads
from workbench.outreach.leads.critical import CriticalLeads
from workbench.outreach.leads.journey import JOURNEY, journey_leads, same_are_near
from workbench.outreach.leads.lead import Lead
from workbench.outreach.leads.lights import light_leads
from workbench.outreach.leads.search import LeadSearch
from workbench.outreach.promises.room import Promises
from workbench.outreach.reason import PROMISE
from workbench.rules.sentences import undated

#: what was left over from the week before
CARRIED = "carried"


@dataclass(frozen=True, slots=True)
class LeadSource:
    """A source of candidates: its `code`, its `name` (msgid), and what it finds in a week. `each`: a customer's leads follow
    from his own figures and light alone, so that those of others stand while nothing was written about them. `stand`: of one
    that was cut, whether it still lists those whom it listed."""

    code: str
    name: str
    find: Callable[[LeadSearch], Iterable[Lead]]
    each: bool = False
    stand: Callable[[LeadSearch], bool] = lambda search: False


def _lights(search: LeadSearch) -> Iterable[Lead]:
    return light_leads(search.lights.working, search.rules, search.lights.as_of)


def _critical(search: LeadSearch) -> Iterator[Lead]:
    yield from search.occasions.lines()
    if search.layers is not None:
        yield from CriticalLeads(search.conn, search.layers, search.week, search.rules).leads(search.only)


def _promises(search: LeadSearch) -> Iterator[Lead]:
    """What was promised for the week or before, and is not kept."""
    week = search.week
    for one in Promises(search.book).due(search.conn, week.days[-1].isoformat()):
        person, due = one.person, max(dt.date.fromisoformat(one.due), week.days[0])
        yield Lead(
            person.customer_id, person.customer_no, person.name, PROMISE, one.reason.sentence,
            max(person.aum_fen or 0, 0), week.by(due), person.aum_fen, None, {"promise": one.id},
        )  # fmt: skip


def _carried(search: LeadSearch) -> Iterator[Lead]:
    """Whom last week left, for a reason that stands as long as nobody did anything about it: a task, or a person's own
    wish. What the figures tell of the others, the other sources tell."""
    again = frozenset(search.rules.words("lead.carried"))
    for left in search.left_over.people.values():
        first = left.reasons[0] if left.reasons else None
        if first is None or first.kind not in again:
            continue
        one = left.customer
        sentence = undated(search.rules, search.week.as_of, first.sentence)
        yield Lead(
            one.customer_id, one.customer_no, one.name, first.kind, sentence, max(one.aum_fen or 0, 0),
            search.week.day(5), one.aum_fen, None, {"as_of": search.week.as_of, "row": left.kind},
        )  # fmt: skip


#: all sources; the order is that of the registry alone, whom the week contacts first is told by `plan.priority`
SOURCES: tuple[LeadSource, ...] = (
    LeadSource(PROMISE, "答应过的事", _promises),
    *(LeadSource(one.code, one.name, partial(case_leads, one)) for one in CASES),
    LeadSource("light", "流失预警", _lights),
    LeadSource("maturity", "到期", lambda search: search.occasions.maturities(), each=True),
    LeadSource("critical", "七类临界", _critical, each=True),
    LeadSource(JOURNEY, "旅程任务", journey_leads, each=True, stand=same_are_near),
    LeadSource("newcomer", "成长新客", lambda search: search.occasions.newcomers(), each=True),
    LeadSource("birthday", "生日", lambda search: search.occasions.birthdays(), each=True),
    LeadSource(CALENDAR, "年度触点", calendar_leads),
    LeadSource(CARRIED, "上周转结", _carried),
)


#: all sources by their codes
CODES = frozenset(source.code for source in SOURCES)
#: the sources that find each customer by himself
EACH = frozenset(source.code for source in SOURCES if source.each)


def to_be_read_again(search: LeadSearch) -> frozenset[str]:
    """Of the sources that are cut, those that may list others now because of the few customers of a search."""
    return frozenset(one.code for one in SOURCES if one.code in search.cut and not one.stand(search))


def candidates(search: LeadSearch) -> Iterator[Lead]:
    """The leads of a week, each with the code of its source; where the search is for a few customers, theirs of the sources
    that find each by himself and list the same others still, and all of the others."""
    everybody = replace(search, only=None)
    for source in SOURCES:
        whole = search.only is None or source.code in search.again
        if source.each and not whole and not search.only:
            continue
        for lead in source.find(everybody if whole else search):
            yield lead.of_source(source.code)
