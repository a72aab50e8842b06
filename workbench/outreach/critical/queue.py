"""The queue of the seven critical classes of a week (七类临界客户, domain 4.8): one entry a customer, the earliest clock
first."""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain

from workbench.base.i18n import _, commas, language
from workbench.insight.measures.freshness import Freshness
from workbench.insight.towers.critical_class import (
    CRITICAL,
    NEAR_ACTIVE,
    NEAR_CHURN,
    NEAR_DOWNGRADE,
    NEAR_SLEEP,
    SUITABILITY_DUE,
)
from workbench.insight.towers.critical_conditions import BlindCondition, conditions
from workbench.outreach.critical.entry import CriticalEntry, CriticalQueue, CriticalReason
from workbench.outreach.leads.amount import named_amount
from workbench.outreach.leads.in_order import LeadsInOrder
from workbench.outreach.leads.lead import Lead
from workbench.outreach.leads.offering import RESTS, none_words, not_offered
from workbench.outreach.methods import catalogue
from workbench.people.consent import Consent, counted
from workbench.rules.parameters import Rules
from workbench.rules.sentences import Sentence, undated

#: classes that only the tag layers can tell
LAYERED = (NEAR_SLEEP, NEAR_ACTIVE, SUITABILITY_DUE)
#: lights that are a critical class; a yellow one is not (domain 4.8)
_LIT = ("red", "orange")


@dataclass(frozen=True, slots=True)
class QueueLimits:
    """Who is left out: `held`: customer id -> consent of who must not be marketed to; `lit`: who has a light, so that the
    lights' own queue decides about him; `settled`: whose light is not asked about now; `reached`: who was reached lately."""

    held: Mapping[int, Consent] = field(default_factory=dict)
    lit: frozenset[int] = frozenset()
    settled: frozenset[int] = frozenset()
    reached: frozenset[int] = frozenset()


def queue(
    week: str, as_of: str | None, leads: Iterable[Lead], limits: QueueLimits, fresh: Freshness, rules: Rules
) -> CriticalQueue:
    """The queue from the leads of a week; leads that are of no critical class are left out."""
    return _Queueing(as_of, limits, fresh, rules).made(week, LeadsInOrder.among(leads))


class CriticalEntries:
    """Makes queues one after the other: the entries of customers about whom nothing changed stay."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._of: Hashable = None
        self._known: _Known | None = None

    def queue(
        self,
        week: str,
        as_of: str | None,
        leads: LeadsInOrder,
        limits: QueueLimits,
        fresh: Freshness,
        changed: frozenset[int] | None = None,
    ) -> CriticalQueue:
        """As `queue`. `changed`: the customers (ids) whose leads or limits may be others than in the queue before, None:
        anybody's. The places of lights are looked at anew each time."""
        of = (week, as_of, fresh, language())
        queueing = _Queueing(as_of, limits, fresh, self._rules)
        if changed is not None and self._known is not None and of == self._of:
            queueing.go_on(self._known, changed)
        made = queueing.made(week, leads)
        self._of, self._known = of, queueing.known
        return made


_Place = tuple[str, int, bool, int, int, str]


@dataclass(frozen=True, slots=True)
class _Known:
    """A queue that was made: its entries in order with their places, the same by customer id, ids of those with a lead for
    their light, why some leads were left out, how many are in each class, and the places of those of whom it is the first."""

    places: Sequence[_Place]
    order: Sequence[CriticalEntry]
    of: Mapping[int, tuple[_Place, CriticalEntry]]
    led: frozenset[int]
    barred: Mapping[int, Consent]
    rested: frozenset[int]
    counts: Mapping[str, int]
    firsts: Mapping[str, Sequence[_Place]]
    #: customer id -> (class, ground) of the reasons that are not acted upon, and how many there are of each
    out: Mapping[int, tuple[tuple[str, str], ...]]
    grounds: Mapping[tuple[str, str], int]


class _Queueing:
    """A queue in the making."""

    def __init__(self, as_of: str | None, limits: QueueLimits, fresh: Freshness, rules: Rules) -> None:
        self._as_of, self._limits, self._fresh, self._rules = as_of, limits, fresh, rules
        self._despite_rest = (*_LIT, *rules.words("plan.despite_rest"))
        self._marketing = {kind for one in catalogue().methods if one.marketing for kind in one.leads}
        self._place = {code: place for place, code in enumerate(rules.words("critical.order"))}
        #: customer id -> place of the light in the week's working order
        self._lit: dict[int, int] = {}
        self._barred: dict[int, Consent] = {}
        self._rested: set[int] = set()
        self._places: list[_Place] = []
        self._order: list[CriticalEntry] = []
        self._entries: dict[int, tuple[_Place, CriticalEntry]] = {}
        self._counts: Counter[str] = Counter()
        self._firsts: dict[str, list[_Place]] = {}
        #: customer id -> (class, ground) of the reasons that are not acted upon, and how many there are of each
        self._out: dict[int, tuple[tuple[str, str], ...]] = {}
        self._grounds: Counter[tuple[str, str]] = Counter()
        #: ids of those whose entries are made, None: everybody's; and of those who had a lead for their light
        self._changed: frozenset[int] | None = None
        self._led_before: frozenset[int] = frozenset()

    def go_on(self, known: _Known, changed: frozenset[int]) -> None:
        """Begin with the queue before."""
        self._places, self._order, self._entries = list(known.places), list(known.order), dict(known.of)
        self._counts = Counter(known.counts)
        self._firsts = {code: list(places) for code, places in known.firsts.items()}
        self._barred, self._rested = dict(known.barred), set(known.rested)
        self._out, self._grounds = dict(known.out), Counter(known.grounds)
        self._changed, self._led_before = changed, known.led

    @property
    def known(self) -> _Known:
        """The queue that was made."""
        return _Known(
            self._places, self._order, self._entries, frozenset(self._lit), self._barred, frozenset(self._rested),
            self._counts, self._firsts, self._out, self._grounds,
        )  # fmt: skip

    def made(self, week: str, leads: LeadsInOrder) -> CriticalQueue:
        for lead in leads.lights:
            if lead.kind in _LIT and isinstance(place := lead.evidence.get("place"), int):
                self._lit[lead.customer_id] = place
        by_customer: dict[int, list[Lead]] = {}
        anew = None if self._changed is None else self._changed | self._led_before | self._lit.keys()
        for lead in leads.all if anew is None else leads.of_customers(anew):
            if lead.kind in CRITICAL or lead.kind in _LIT:
                by_customer.setdefault(lead.customer_id, []).append(lead)
        for one in anew or ():
            self._leave(one)
        self._put({id_: entry for id_, theirs in by_customer.items() if (entry := self._entry(theirs))})
        entries = tuple(self._order)
        words = {code: self._rules.text(f"lead.{code}") for code in CRITICAL}
        return CriticalQueue(
            week, self._as_of, self._fresh, entries, words, {code: self._counts[code] for code in CRITICAL},
            self._paper(), notes=self._notes(), none=self._none(words),
        )  # fmt: skip

    def _none(self, words: Mapping[str, str]) -> dict[str, str]:
        """Class -> why nobody is listed, where there were customers."""
        none = {}
        for code in CRITICAL:
            out = Counter({ground: n for (of, ground), n in self._grounds.items() if of == code and n})
            if out and not self._counts[code]:
                none[code] = none_words(words[code], out, self._rules)
        return none

    def _leave(self, customer: int) -> None:
        """Take out what was made for a customer."""
        self._barred.pop(customer, None)
        self._rested.discard(customer)
        self._grounds.subtract(self._out.pop(customer, ()))
        if (before := self._entries.pop(customer, None)) is not None:
            at = bisect_left(self._places, before[0])
            del self._places[at], self._order[at]
            self._counts.subtract(reason.code for reason in before[1].reasons)
            of_class = self._firsts[before[1].first.code]
            del of_class[bisect_left(of_class, before[0])]

    def _put(self, entries: Mapping[int, CriticalEntry]) -> None:
        """Put entries where they belong."""
        placed = {id_: (self._before(entry), entry) for id_, entry in entries.items()}
        self._entries |= placed
        for _place, entry in placed.values():
            self._counts.update(reason.code for reason in entry.reasons)
        if not self._order:
            in_order = sorted(placed.values(), key=_placed)
            self._places, self._order = (
                [place for place, _entry in in_order],
                [one for _place, one in in_order],
            )
            for place, entry in in_order:
                self._firsts.setdefault(entry.first.code, []).append(place)
            return
        for place, entry in placed.values():
            at = bisect_left(self._places, place)
            self._places.insert(at, place)
            self._order.insert(at, entry)
            insort(self._firsts.setdefault(entry.first.code, []), place)

    def _paper(self) -> tuple[CriticalEntry, ...]:
        """The first of each class, so that one class with many customers does not push the others off the paper."""
        most, each = self._rules.whole("critical.printed"), self._rules.whole("critical.per_class")
        first = sorted(chain.from_iterable(places[:each] for places in self._firsts.values()))
        return tuple(self._order[bisect_left(self._places, place)] for place in first[:most])

    def _before(self, entry: CriticalEntry) -> _Place:
        """By clock and class; lit customers as 预警 works on them, the others by amount."""
        first = entry.first
        light = self._lit.get(entry.customer_id) if first.code == NEAR_CHURN else None
        return (
            first.clock, self._place[first.code], light is None, light or 0, -first.value_fen, entry.customer_no,
        )  # fmt: skip

    def _entry(self, leads: Sequence[Lead]) -> CriticalEntry | None:
        held = self._limits.held.get(leads[0].customer_id)
        kept = [lead for lead in leads if self._stands(lead, leads, held)]
        if not kept:
            return None
        no_sale = any(lead.kind == SUITABILITY_DUE for lead in kept)
        reasons = [(lead, self._reason(lead)) for lead in kept]
        # what has to be put right first goes before whatever sells, however early the clock of that is
        reasons.sort(
            key=lambda pair: (
                no_sale and pair[0].kind in self._marketing,
                pair[1].clock,
                self._place[pair[1].code],
            )
        )
        lead = reasons[0][0]
        dont = [self._rules.text(f"{reasons[0][1].code}.dont")]
        if no_sale:
            dont.insert(0, self._rules.text(f"{SUITABILITY_DUE}.dont"))
        if held is not None:
            dont.insert(0, held.aside)
        return CriticalEntry(
            lead.customer_id, lead.customer_no, lead.name, lead.tier,
            self._rules.text(f"tier.{lead.tier}") if lead.tier else "—", lead.aum_fen,
            tuple(reason for _lead, reason in reasons), tuple(dict.fromkeys(filter(None, dont))),
        )  # fmt: skip

    def _stands(self, lead: Lead, leads: Sequence[Lead], held: Consent | None) -> bool:
        """Whether the lead is asked about now: what would market needs consent and a reachable line, what speaks of products
        somebody who may be told of one, and nobody reached lately is asked again."""
        limits, customer = self._limits, lead.customer_id
        code, markets = self._code(lead), lead.kind in self._marketing
        if code == NEAR_CHURN and customer in (limits.lit if lead.kind == code else limits.settled):
            return False
        # lights rest by their own state, which ends when things get worse
        rests = lead.kind not in self._despite_rest and customer in limits.reached
        # as in the plan: a next level that is not offered; a line to keep is one to talk about all the same
        ground = not_offered(lead, leads) or (RESTS if rests else "")
        if markets and held is not None:
            ground = held.code
        ground = ground or lead.no_products
        if not ground and markets and lead.beyond_reach and code != NEAR_DOWNGRADE:
            ground = str(lead.evidence["topup"])
        if ground and (code, ground) not in self._out.get(customer, ()):
            self._out[customer] = (*self._out.get(customer, ()), (code, ground))
            self._grounds[code, ground] += 1
        if rests:
            self._rested.add(customer)
        elif markets and held is not None:
            self._barred[customer] = held
        return not ground

    def _code(self, lead: Lead) -> str:
        return NEAR_CHURN if lead.kind in _LIT else lead.kind

    def _reason(self, lead: Lead) -> CriticalReason:
        rules, code = self._rules, self._code(lead)
        clock = "" if self._fresh.stale else lead.clock or lead.due
        value, amount = named_amount(lead, rules)
        sentence = Sentence(partial(_undated, rules, self._as_of, lead))
        return CriticalReason(
            code, rules.text(f"lead.{code}"), sentence, clock, self._action(lead, code), value, amount,
        )  # fmt: skip

    def _action(self, lead: Lead, code: str) -> str:
        """What is done; for suitability one step for each condition, for a level that falls next the supervisor's call."""
        rules, evidence = self._rules, lead.evidence
        conditions = evidence.get("conditions")
        if code == SUITABILITY_DUE and isinstance(conditions, list | tuple):
            return rules.text("reason.joint").join(rules.text(f"{one}.do") for one in conditions)
        watch = evidence.get("watch")
        if code == NEAR_DOWNGRADE and evidence.get("margin_fen") is not None:
            return rules.text(f"{code}.do." + ("below" if "balance_fen" in evidence else "above"))
        if code == NEAR_DOWNGRADE and evidence.get("topup") == "leaving":
            return rules.text(f"{code}.do.leaving")
        last = code == NEAR_DOWNGRADE and isinstance(watch, int) and watch >= rules.whole("tiers.fail_months")
        return rules.text(f"{code}.do.last" if last else self._fresh.key(rules, f"{code}.do"))

    def _notes(self) -> tuple[str, ...]:
        notes = []
        if self._barred:
            who = counted(Counter(one.code for one in self._barred.values()), self._rules)
            notes.append(_("不宜营销,提升、保级和激活不列:{who}。").format(who=who))
        if self._rested:
            words = _("{days} 天内已联系上,不再列:{n} 户。")
            notes.append(words.format(n=len(self._rested), days=self._rules.whole("life.rest_days")))
        return tuple(notes)


def _undated(rules: Rules, as_of: str | None, lead: Lead) -> str:
    return undated(rules, as_of, lead.reason)


def _placed(one: tuple[_Place, CriticalEntry]) -> _Place:
    return one[0]


def completed(
    made: CriticalQueue, manager: str, branch: str, blind: Sequence[BlindCondition] | None, rules: Rules
) -> CriticalQueue:
    """The queue with whose it is and what could not be told; `blind` None: four classes were not looked at."""
    if blind is None:
        words = _("这一周的名单不是最新一期:临界睡眠、激活、适当性只按最新一期判断,没有列。")
        return replace(made, manager=manager, branch=branch, blind=(words,), unseen=frozenset(LAYERED))
    lines = tuple(
        rules.text(key).format(what=commas(parts))
        for key, parts in (
            ("critical.unknown", [one.words for one in blind if one.of_all]),
            ("critical.unknown.some", [one.words for one in blind if not one.of_all]),
        )
        if parts
    )
    dark = {one.condition.code for one in blind if one.of_all}
    unseen = {
        code
        for code in CRITICAL
        if any(one.code in dark for one in conditions() if one.critical == code) and not made.counts[code]
    }
    untold = tuple(one.words for one in sorted(blind, key=lambda one: not one.of_all))
    return replace(made, manager=manager, branch=branch, blind=lines, unseen=frozenset(unseen), untold=untold)
