"""From leads to groups: one reason for each customer, grouped by method, without who must not be marketed to."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from workbench.base.i18n import _, semicolons
from workbench.insight.towers.critical_class import SUITABILITY_DUE
from workbench.outreach.contact_limits import ContactLimits
from workbench.outreach.draft import PlanCustomer
from workbench.outreach.leads.lead import Lead
from workbench.outreach.leads.offering import leaving, offerable
from workbench.outreach.leads.reasons import week_reason
from workbench.outreach.lights.listed import LIGHTS
from workbench.outreach.methods import Method
from workbench.outreach.reason import OWED
from workbench.people.consent import Consent
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class ContactReason:
    """Why one customer is contacted this week: the winning lead, the others, and the consent that is held against marketing
    (None: nothing)."""

    lead: Lead
    others: tuple[Lead, ...] = ()
    held: Consent | None = None

    @property
    def no_sale(self) -> bool:
        """Whether nothing may be sold to him now: he is barred, his suitability has to be put right first, or he is told of no
        product yet."""
        return self.held is not None or unsuitable(self.every) or any(one.no_products for one in self.every)

    @property
    def every(self) -> tuple[Lead, ...]:
        """All leads, the winning one first."""
        return (self.lead, *self.others)

    @property
    def customer_id(self) -> int:
        """The customer of the winning lead."""
        return self.lead.customer_id

    def customer(self, rules: Rules, *, as_of: str | None = None, old: bool = False) -> PlanCustomer:
        """The customer for a row of the plan; his other leads follow in the sentence, and as further reasons. `as_of`,
        `old`: see `week_reason`."""
        lead = self.lead
        reason, *others = (one.reason.rstrip("。;") for one in self.every)
        if others:
            reason = _("{reason};另:{others}").format(reason=reason, others=semicolons(others))
        if self.held is not None:
            reason = _("{reason}({aside})").format(reason=reason, aside=self.held.aside)
        every = tuple(week_reason(one, rules, as_of=as_of, old=old) for one in self.every)
        return PlanCustomer(
            lead.customer_id, lead.customer_no, lead.name, lead.aum_fen, reason, reasons=every
        )


@dataclass(slots=True)
class MethodGroup:
    """A method with its customers, the largest value first; `kept_out`: customer id -> consent of who must not be marketed
    to; `unsuitable`: those whose suitability has to be put right before anything is sold; `leaving`: those about to
    leave; `too_early`: why of those who are told of no product now."""

    method: Method
    reasons: list[ContactReason] = field(default_factory=list)
    kept_out: dict[int, Consent] = field(default_factory=dict)
    score: float = 0.0
    unsuitable: frozenset[int] = frozenset()
    leaving: frozenset[int] = frozenset()
    too_early: Mapping[int, str] = field(default_factory=dict)
    #: customers who qualified before capacity cut the list
    qualified: int = 0
    visits: int = 0

    @property
    def value(self) -> int:
        """Fen at stake or to be gained with its customers."""
        return sum(reason.lead.value_fen for reason in self.reasons)


def reasons(
    leads: Iterable[Lead], methods: Sequence[Method], limits: ContactLimits, rules: Rules
) -> tuple[list[ContactReason], dict[str, dict[int, Consent]]]:
    """(reasons, kept out): one reason for each customer, the kind of lead that comes first in `plan.priority` winning
    (domain 6.8); and for each marketing method the customers it must leave out, with their consent (golden 16, 17).

    Leads of a kind that no method takes are ignored, as is a next level that is not offered, whatever is not dated of a
    customer who rests after a contact (`plan.despite_rest`; lights rest by themselves), and every lead of a marketing
    method for a customer whose suitability has to be put right first (domain 4.8, 8.1), and every lead of one that speaks of
    products for a customer who is told of none now (domain 2.1, 3, 8.5).
    """
    waits = lead_kinds_that_wait(rules)
    order = {kind: place for place, kind in enumerate(rules.words("plan.priority"))}
    by_kind = {kind: method for method in methods for kind in method.leads}
    by_customer: dict[int, list[Lead]] = {}
    for lead in leads:
        if lead.kind in by_kind:
            by_customer.setdefault(lead.customer_id, []).append(lead)
    chosen: list[ContactReason] = []
    kept_out: dict[str, dict[int, Consent]] = {}
    for customer_id, theirs in by_customer.items():
        held = limits.held.get(customer_id)
        no_sale = unsuitable(theirs)
        allowed: list[Lead] = []
        theirs = offerable(theirs)
        if len(theirs) > 1:
            theirs.sort(key=lambda one: (order.get(one.kind, len(order)), one.due))
        for lead in theirs:
            method = by_kind[lead.kind]
            if held is not None and method.marketing:
                kept_out.setdefault(method.kind, {})[customer_id] = held
            elif not ((no_sale or leaving(lead) or lead.no_products) and method.marketing) and (
                customer_id not in limits.rested or lead.kind not in waits
            ):
                allowed.append(lead)
        if allowed:
            # what has a clock of its own stands on the list anyway: his row is that of his other reason
            lead = next((one for one in allowed if one.kind not in OWED), allowed[0])
            chosen.append(ContactReason(lead, tuple(one for one in allowed if one is not lead), held))
    return chosen, kept_out


def leaving_of(leads: Iterable[Lead], methods: Sequence[Method]) -> dict[str, frozenset[int]]:
    """Kind of each marketing method -> the customers (ids) it leaves out because they are about to leave."""
    theirs = [lead for lead in leads if leaving(lead)]
    return {
        method.kind: frozenset(lead.customer_id for lead in theirs if lead.kind in method.leads)
        for method in methods
        if method.marketing
    }


def too_early_of(leads: Iterable[Lead], methods: Sequence[Method]) -> dict[str, dict[int, str]]:
    """Kind of each marketing method -> the customers (ids) it leaves out because they are told of no product now, and why."""
    markets = {kind: method.kind for method in methods if method.marketing for kind in method.leads}
    out: dict[str, dict[int, str]] = {}
    for lead in leads:
        if lead.no_products and lead.kind in markets:
            out.setdefault(markets[lead.kind], {})[lead.customer_id] = lead.no_products
    return out


def unsuitable(leads: Iterable[Lead]) -> bool:
    """Whether the suitability of a customer with these leads has to be put right before anything is sold: one of the
    conditions of C7, or a list tells that he has no valid test. Where no list tells tests, it cannot be told."""
    return any(map(_comes_first, leads))


def _comes_first(lead: Lead) -> bool:
    return lead.kind == SUITABILITY_DUE or lead.tested is False


def unsuitable_of(leads: Iterable[Lead], methods: Sequence[Method]) -> dict[str, frozenset[int]]:
    """Kind of each marketing method -> the customers (ids) it leaves out for their suitability."""
    markets = {kind: method.kind for method in methods if method.marketing for kind in method.leads}
    every = list(leads)
    theirs = {lead.customer_id for lead in every if _comes_first(lead)}
    out: dict[str, set[int]] = {}
    for lead in every:
        if lead.customer_id in theirs and lead.kind in markets:
            out.setdefault(markets[lead.kind], set()).add(lead.customer_id)
    return {kind: frozenset(ids) for kind, ids in out.items()}


def lead_kinds_that_wait(rules: Rules) -> frozenset[str]:
    """The kinds of leads that a customer who was reached lately is not contacted for: neither dated nor a service. Lights
    rest by their own state, which ends when things get worse."""
    return frozenset(rules.words("plan.priority")) - {*LIGHTS, *rules.words("plan.despite_rest")}


def groups(
    candidates: Sequence[ContactReason],
    kept_out: dict[str, dict[int, Consent]],
    methods: Sequence[Method],
    rules: Rules,
    monday: dt.date,
    visits: int = 0,
) -> list[MethodGroup]:
    """The methods that have customers, the best score first (domain 5): value x base rate x urgency / minutes. `visits`:
    those that a method with visits can have."""
    ranked: list[MethodGroup] = []
    by_kind: dict[str, list[ContactReason]] = {}
    for reason in candidates:
        by_kind.setdefault(reason.lead.kind, []).append(reason)
    for method in methods:
        members = [reason for kind in dict.fromkeys(method.leads) for reason in by_kind.get(kind, ())]
        if not members:
            continue
        # who can do something about it first; who stands above his line has less need of a call than who fell below it
        members.sort(
            key=lambda r: (
                place_of(r), r.lead.order, r.lead.beyond_reach, r.lead.evidence.get("margin_fen") is not None, -r.lead.value_fen,
                r.lead.due, r.lead.customer_no,
            )
        )  # fmt: skip
        top = members[: rules.whole("plan.list_max")]
        group = MethodGroup(method, top, kept_out.get(method.kind, {}), qualified=len(members))
        gain = group.value / 100 * rules.number(f"plan.rate.{method.kind}")
        window = rules.whole("plan.urgency_days")
        away = (dt.date.fromisoformat(min(r.lead.due for r in top)[:10]) - monday).days
        urgency = 1 + max(0, window - max(0, away)) / window
        visited = min(len(top), visits) if method.visits else 0
        group.score = (
            gain
            * urgency
            / (len(top) * minutes(method, rules) + visited * rules.number("plan.minutes.visit"))
        )
        ranked.append(group)
    return sorted(ranked, key=lambda g: (-g.score, methods.index(g.method)))


def place_of(reason: ContactReason) -> int:
    """The place of a light in working order; 0 for any other lead."""
    place = reason.lead.evidence.get("place")
    return place if isinstance(place, int) else 0


def is_light(group: MethodGroup) -> bool:
    """Whether the group's customers are on it for their light: they were chosen for the week one by one."""
    return bool(set(group.method.leads) & set(LIGHTS))


def _by_light(group: MethodGroup) -> int:
    """Red before orange before yellow before what is on no list for a light."""
    return next((n for n, light in enumerate(LIGHTS) if light in group.method.leads), len(LIGHTS))


def minutes(method: Method, rules: Rules) -> float:
    """Minutes that one customer of this method takes."""
    return rules.number("plan.minutes.message" if method.channel == "message" else "plan.minutes.call")


def choose(ranked: Sequence[MethodGroup], rules: Rules, count: int = 5) -> list[MethodGroup]:
    """The best `count` groups with the mix of types that domain 5 asks for, the lights of the week before others; in order
    of due day, then of score."""
    taken: list[MethodGroup] = []
    lights_first = sorted(ranked, key=_by_light)
    for kind in rules.words("plan.must_types"):
        taken += [group for group in lights_first if group.method.type == kind][:1]
    limit = rules.whole("plan.same_type_max")
    for group in lights_first:
        same = sum(other.method.type == group.method.type for other in taken)
        if len(taken) < count and group not in taken and same < limit:
            taken.append(group)
    return sorted(taken[:count], key=lambda group: (group.method.due, ranked.index(group)))


def allot(chosen: Sequence[MethodGroup], calls: int, places: int | None = None) -> list[MethodGroup]:
    """Cut the lists to the calls of the week and its `places` (customers in all, None: no limit), the smallest values first:
    lights first, an equal share for each of the others, then by score.

    Groups left without customers are dropped.
    """
    left = {
        "calls": calls,
        "places": sum(len(group.reasons) for group in chosen) if places is None else places,
    }
    given = {group.method.kind: 0 for group in chosen}

    def give(group: MethodGroup, most: int) -> None:
        """Up to so many more of a group's customers."""
        kind, call = group.method.kind, group.method.channel == "call"
        room = min(left["places"], left["calls"]) if call else left["places"]
        more = max(0, min(len(group.reasons) - given[kind], most, room))
        given[kind] += more
        left["places"] -= more
        left["calls"] -= more if call else 0

    lights = [group for group in chosen if is_light(group)]
    others = [group for group in chosen if not is_light(group)]
    for group in lights:
        give(group, len(group.reasons))
    calling = [group for group in others if group.method.channel == "call"]
    by_call = max(0, left["calls"]) // max(1, len(calling))
    by_place = max(0, left["places"]) // max(1, len(others))
    for group in others:
        give(group, min(by_call, by_place) if group in calling else by_place)
    for group in others:
        give(group, len(group.reasons))
    cut = [replace(group, reasons=group.reasons[: given[group.method.kind]]) for group in chosen]
    return [group for group in cut if group.reasons]


def raising(method: Method, reasons: Iterable[ContactReason], rules: Rules) -> list[ContactReason]:
    """Who raises the resource flag of a method (domain 5): by value, AUM or a signal behind his light."""
    needs, kinds = method.needs, frozenset(method.leads)
    value, aum = (rules.number(needs[key]) * 100 if key in needs else None for key in ("value", "aum"))

    def raises(lead: Lead) -> bool:
        """Whether a lead is large enough, and has the signal."""
        if value is not None and lead.value_fen < value:
            return False
        if aum is not None and (lead.aum_fen or 0) < aum:
            return False
        # a light's lead names the signals behind it as evidence['codes']
        codes = lead.evidence.get("codes")
        return "signal" not in needs or (isinstance(codes, list | tuple) and needs["signal"] in codes)

    raised: list[ContactReason] = []
    for reason in reasons:
        first: Lead | None = reason.lead
        if reason.lead.kind not in kinds:
            first = next((one for one in reason.others if one.kind in kinds), None) if reason.others else None
        if first is not None and raises(first):
            raised.append(reason)
    return raised
