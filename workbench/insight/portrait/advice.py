"""The next things to do for one customer, each with its reason, its due day and how to do it (domain 4.7, 4.8, 6.5)."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from workbench.base.day_words import named_day
from workbench.base.money import wan
from workbench.base.workdays import Workdays
from workbench.insight.churn.cadence import cadence
from workbench.insight.churn.call_day import LIGHTS, call_day
from workbench.insight.churn.sentences import foremost
from workbench.insight.journey.stages import leaving
from workbench.insight.portrait.behaviour import last_active
from workbench.insight.portrait.situation import Reading, Situation
from workbench.insight.products.barring import products_barred
from workbench.insight.products.suitability import of_values
from workbench.insight.towers.topup import TopUp
from workbench.people.customer import Light
from workbench.rules.parameters import Rules
from workbench.rules.sentences import shown


@dataclass(frozen=True, slots=True)
class Action:
    """One thing to do: what, why (with the figures), how, and by when (`due`: ISO, '' where the data are too old for a
    date). `value_fen` is at stake; `inputs` are the measures it rests on. A `marketing` action is dropped for customers
    who must not be marketed to (`people.consent`)."""

    code: str
    title: str
    why: str
    how: str
    due: str
    value_fen: int
    marketing: bool
    inputs: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The action for the command line; `value` in yuan, `due` None where there is no date."""
        return {
            "code": self.code, "title": self.title, "why": self.why, "how": self.how, "due": self.due or None,
            "value": self.value_fen / 100, "marketing": self.marketing, "inputs": list(self.inputs),
        }  # fmt: skip


def next_actions(situation: Situation, rules: Rules) -> tuple[Action, ...]:
    """At most `advice.most` actions: the earliest due first, on the same day by kind, then by value.

    With data too old to act on, the order stays but due days are left out, except for agreed contacts and birthdays.
    """
    desk = _Desk(situation, rules)
    held = situation.consent is not None and situation.consent.held
    actions = [one for one in desk.all() if not (one.marketing and held)]
    if products_barred(situation.values, rules):
        actions = [one for one in actions if one.code not in _OF_PRODUCTS]
    codes = {one.code for one in actions}
    if codes & {*LIGHTS, "agreed", "matured", "maturity", "complaint"}:
        actions = [one for one in actions if one.code != "overdue"]
    # a task that any contact does is the contact that has been waited for
    if "journey" in codes and situation.task_is_call:
        actions = [one for one in actions if one.code != "overdue"]
    # a light asks for the same call as the journey's task of a customer with a light, and rests as that does
    if codes & {*LIGHTS} or (desk.at_rest and situation.values.s_journey_stage_m0 == "J4"):
        actions = [one for one in actions if one.code != "journey"]
    actions.sort(key=lambda one: (one.due, _ORDER.index(one.code), -one.value_fen))
    first = actions[: rules.whole("advice.most")]
    if desk.fresh.stale:
        first = [one if one.code in _DATED else replace(one, due="") for one in first]
    return tuple(_unannounced(first, situation.workdays, rules))


def _unannounced(actions: list[Action], workdays: Workdays, rules: Rules) -> Iterator[Action]:
    """The actions; the first due in a year whose holidays are not announced yet says so (未官宣)."""
    announced: set[str] = set()
    for one in actions:
        notice = workdays.notice(int(one.due[:4])) if one.due else ""
        if notice and notice not in announced:
            announced.add(notice)
            one = replace(one, how=one.how + rules.text("reason.joint") + notice)
        yield one


#: the action that offers a product
OFFER = "offer"
#: Actions that speak of products, or of the next level's money.
_OF_PRODUCTS = frozenset({"raise", "idle", OFFER})


#: Actions whose due day does not rest on the lists, so that old data leave it standing.
_DATED = frozenset({"agreed", "birthday"})


#: The order of actions that are due on the same day.
_ORDER = (
    "complaint", "red", "agreed", "matured", "maturity", "test", "keep", "orange", "raise", "birthday", "journey", "yellow",
    "gone", "asleep", "overdue", "idle", "offer", "ask",
)  # fmt: skip


class _Desk(Reading):
    """Collects every action that the situation of one customer calls for, not yet ordered or cut."""

    @property
    def at_rest(self) -> bool:
        """Whether there is a light that asks for nothing now (domain 4.5): handled, explained, quiet, or all but lost."""
        risk = self.situation.risk
        return risk is not None and risk.light is not None and risk.rests

    def all(self) -> Iterator[Action]:
        """Every action that applies, one rule after the other."""
        for find in (
            self._complaint, self._light, self._agreed, self._matured, self._maturity, self._level, self._test, self._asleep,
            self._birthday, self._overdue, self._idle, self._offer, self._journey, self._ask,
        ):  # fmt: skip
            yield from find()

    def _action(
        self,
        code: str,
        due: str,
        *inputs: str,
        marketing: bool = False,
        value: int | None = None,
        **words: str,
    ) -> Action:
        """Make an action. `words` (title, why, how) replace the texts of the rule file where given; `value` is fen.

        After several unanswered contacts the advice adds to use another channel.
        """
        texts = {key: words.get(key) or self.text(f"advice.{code}.{key}") for key in ("title", "why", "how")}
        worth = self.fen(self.values.average) if value is None else value
        if self.count(self.values.unanswered) >= self.rules.whole("advice.unanswered") and code != "ask":
            texts["how"] += self.rules.text("reason.joint") + self.text(
                "advice.other_channel", n=self.count(self.values.unanswered)
            )
            inputs = (*inputs, "unanswered")
        return Action(code, texts["title"], texts["why"], texts["how"], due, max(worth, 0), marketing, inputs)

    def _how(self, code: str) -> str:
        """The text on how to place money: without a valid risk test only plain deposits and bonds (domain 8.1)."""
        tested = of_values(self.situation.values, self.rules).tested
        return self.text(f"advice.{code}.how" if tested else f"advice.{code}.how_untested")

    def _served(self, code: str) -> tuple[str, str] | None:
        """Title and advice about money that matures for whom no product is named to now: the service alone. None for others."""
        if not products_barred(self.situation.values, self.rules):
            return None
        return self.text(f"advice.{code}.title_barred"), self.text(f"advice.{code}.how_barred")

    def _complaint(self) -> Iterator[Action]:
        if number := self.count(self.values.complaints_open):
            why = self.text("advice.complaint.why", n=number)
            yield self._action("complaint", self.within(0), "complaints_open", why=why)

    def _light(self) -> Iterator[Action]:
        risk = self.situation.risk
        if risk is None or risk.light is None:
            return
        if self.at_rest:
            if risk.state == "gone":
                yield self._action("gone", self.within(30), why=risk.state_reason or "")
            return
        # only the first clause: all of them stand beside it, under why
        why = self.text(
            f"advice.{risk.light}.why", risk=f"{risk.risk:.0f}", signals=foremost(risk, self.rules)
        )
        how = self.text(f"advice.{risk.light}.how")
        likely = self.situation.causes
        if likely and self.rules.has_text(f"advice.how.{likely[0].code}"):
            how += self.rules.text("reason.joint") + self.text(f"advice.how.{likely[0].code}")
        codes = tuple(one.code for one in risk.signals)
        due, title = self._due_day(risk.light), ""
        if risk.light == "red" and not self.fresh.stale and not self.situation.workdays.is_workday(self.day):
            title = self.text("advice.red.title_off", date=due[5:])
        yield self._action(risk.light, due, *codes, title=title, why=why, how=how)

    def _due_day(self, light: Light) -> str:
        """The workday (ISO) by which the week's list wants the light's call made."""
        workdays = self.situation.workdays
        work = workdays.week(workdays.planning_week(self.day))
        return call_day(light, work, self.day, self.rules).isoformat()

    def _agreed(self) -> Iterator[Action]:
        date = self.values.next_touch
        ahead = dt.timedelta(days=self.rules.whole("advice.agreed_days"))
        if date is not None and date <= (self.day + ahead).isoformat():
            why = self.text("advice.agreed.why", date=date)
            day = self.situation.workdays.next_workday(max(dt.date.fromisoformat(date), self.day))
            yield self._action("agreed", day.isoformat(), "next_touch", why=why)

    def _maturity(self) -> Iterator[Action]:
        days, amount = self.values.next_maturity_days, self.values.matures_30
        if days is None or not amount or not 0 <= days <= self.rules.whole("advice.maturity_days"):
            return
        matures, workdays = self.day + dt.timedelta(days=days), self.situation.workdays
        ahead = map(round, self.rules.numbers("advice.maturity_lead"))
        leads = (workdays.add(matures, -n) if n else workdays.last_workday(matures) for n in ahead)
        due = next((day.isoformat() for day in leads if day >= self.day), self.by(matures))
        share, date = self.values.matures_share, self.values.next_maturity
        figures = {"date": date, "amount": wan(round(amount))}
        why = (
            self.text("advice.maturity.why_plain", **figures)
            if share is None
            else self.text("advice.maturity.why", share=shown("share", min(share, 1.0)), **figures)
        )
        inputs = ("matures_30", "next_maturity", "matures_share")
        title, how = self._served("maturity") or ("", self._how("maturity"))
        yield self._action("maturity", due, *inputs, value=round(amount), why=why, title=title, how=how)

    def _matured(self) -> Iterator[Action]:
        """Money that matured after the data date, so that no list tells yet where it went."""
        amount = self.values.matured_since
        if not amount or amount < self.rules.number("C3.least") * 100:
            return
        why = self.text("advice.matured.why", amount=wan(round(amount)), date=self.situation.as_of or "—")
        title, how = self._served("matured") or ("", "")
        inside = self.within(0)
        yield self._action(
            "matured", inside, "matured_since", value=round(amount), why=why, title=title, how=how
        )

    def _level(self) -> Iterator[Action]:
        """Keep the level, or reach the next one. Nobody who is leaving, and nobody by data too old to act on, is asked for
        a deposit."""
        rules, average = self.rules, self.values.average
        if average is None or self.fresh.stale or leaving(self.situation.values):
            return
        least = rules.number("advice.near_least") * 100
        own, above, due = (
            self.values.line_own,
            self.values.line_next,
            self.within(rules.whole("advice.level_days")),
        )
        watch, tier = self.count(self.values.watch), self.values.tier
        if own and own >= least and watch and average < own:
            yield self._keep(due, round(average), round(own), watch, tier)
        elif own and own >= least and own <= average <= own * rules.number("advice.keep_share"):
            margin = wan(round(average - own))
            figures = {
                "average": wan(round(average)),
                "line": wan(round(own)),
                "tier": self._tier(tier),
                "margin": margin,
            }
            yield self._action(
                "keep", due, "average", "line_own", "above_line", marketing=True, value=round(own),
                title=self.text("advice.keep.title_near", margin=margin), why=self.text("advice.keep.why_near", **figures),
            )  # fmt: skip
        if above and above >= least and above > average >= above * rules.number("advice.near_share"):
            gap = round(above - average)
            title = self._by_deposit("advice.raise", gap, self.situation.upgrade)
            why = self.text(
                "advice.raise.why", average=wan(round(average)), line=wan(round(above)),
                tier=self._tier(self._next_tier(tier)), share=shown("share", average / above),
            )  # fmt: skip
            yield self._action(
                "raise",
                due,
                "average",
                "line_next",
                "to_upgrade",
                marketing=True,
                value=gap,
                title=title,
                why=why,
            )

    def _keep(self, due: str, average: int, own: int, watch: int, tier: Any) -> Action:
        falls = self.situation.falls_from
        title = self._by_deposit("advice.keep", own - average, self.situation.keep)
        figures = {"average": wan(average), "line": wan(own), "tier": self._tier(tier), "watch": watch}
        why = (
            self.text("advice.keep.why_plain", **figures)
            if falls is None
            else self.text("advice.keep.why", month=falls, **figures)
        )
        inputs = ("average", "line_own", "watch", "falls_in")
        return self._action("keep", due, *inputs, marketing=True, value=own, title=title, why=why)

    def _by_deposit(self, key: str, gap: int, topup: TopUp | None) -> str:
        """The title with the deposit that is needed; with the bare gap where no balance is told."""
        if topup is None:
            return self.text(f"{key}.title_plain", gap=wan(gap))
        return self.text(f"{key}.title", topup=topup.text)

    def _test(self) -> Iterator[Action]:
        days = self.values.risk_valid_days
        if days is None or days > self.rules.whole("advice.test_days"):
            return
        if self.fresh.stale:
            yield self._action("test", self.within(0), "risk_valid_days", why=self.text("advice.test.why"))
            return
        key = "advice.test.why" if days >= 0 else "advice.test.why_over"
        due = self.within(min(max(days, 0), 7))
        yield self._action("test", due, "risk_valid_days", why=self.text(key, days=abs(days)))

    def _asleep(self) -> Iterator[Action]:
        days = self.values.active_days
        if days is not None and days >= self.rules.whole("advice.asleep_days"):
            as_of = self.situation.as_of
            last, ago = last_active(self.values, as_of, self.situation.day)
            why = self.text("advice.asleep.why", days=f"{ago:,}", last=last, as_of=as_of or "—")
            yield self._action("asleep", self.within(14), "active_days", why=why)

    def _birthday(self) -> Iterator[Action]:
        days = self.values.birthday_in
        if days is None or not 0 <= days <= self.rules.whole("advice.birthday_days"):
            return
        date = self.day + dt.timedelta(days=days)
        why = (
            self.text("advice.birthday.why", days=days, date=f"{date:%m-%d}")
            if days
            else self.text("advice.birthday.why_today", day=named_day(date.isoformat()))
        )
        due, how = self.by(date), ""
        if due != date.isoformat():
            how = self.text("advice.birthday.how_off", date=due[5:])
        yield self._action("birthday", due, "birthday_in", why=why, how=how)

    def _overdue(self) -> Iterator[Action]:
        days, own = self.values.days_since_touch, self.situation.own_interval
        most = own or cadence(self.situation.values, self.rules)
        if days is not None and most is not None and days > most:
            why = self.text("advice.overdue.why_own", days=days, cadence=most)
            if own is None:
                tier = self._tier(self.values.tier)
                why = self.text("advice.overdue.why", days=days, cadence=most, tier=tier)
            yield self._action("overdue", self.within(7), "days_since_touch", "tier", why=why)

    def _idle(self) -> Iterator[Action]:
        idle, months = self.values.idle_demand, self.count(self.values.idle_months)
        if idle is not None and idle >= self.rules.number("advice.idle_least") * 100 and months:
            why = self.text("advice.idle.why", amount=wan(round(idle)), months=months)
            inputs = ("idle_demand", "idle_months")
            worth, how = round(idle), self._how("idle")
            yield self._action(
                "idle", self.within(14), *inputs, marketing=True, value=worth, why=why, how=how
            )

    def _offer(self) -> Iterator[Action]:
        for product, reason in self.situation.offers[:1]:
            birthday = self.values.birthday_in
            key = "advice.offer.title"
            if self.values.light in ("red", "orange"):
                key = "advice.offer.title_lit"
            elif birthday is not None and 0 <= birthday <= self.rules.whole("advice.birthday_days"):
                key = "advice.offer.title_birthday"
            title = self.text(key, product=product)
            yield self._action(OFFER, self.within(30), marketing=True, title=title, why=reason)

    def _journey(self) -> Iterator[Action]:
        stage = self.situation.stage
        for task, due in self.situation.tasks[:1]:
            name, days = stage or ("", None)
            why = (
                self.text("advice.journey.why_plain", stage=name)
                if days is None or self.fresh.stale
                else self.text("advice.journey.why", stage=name, days=days)
            )
            date = self.by(dt.date.fromisoformat(due)) if due else self.within(14)
            yield self._action("journey", date, title=self.text("advice.journey.title", task=task), why=why)

    def _ask(self) -> Iterator[Action]:
        for question in self.situation.asks[:1]:
            yield self._action("ask", self.within(30), why=question, value=0)

    def _tier(self, tier: Any) -> str:
        return self.rules.text(f"tier.{tier}") if tier else "—"

    def _next_tier(self, tier: Any) -> str | None:
        codes = self.rules.words("tiers.codes")
        place = codes.index(tier) + 1 if tier in codes else 1
        return codes[place] if place < len(codes) else None
