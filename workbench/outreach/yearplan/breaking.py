"""What a touch breaks where the manager puts it: told, never forbidden."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from db.tables import touches
from db.year import planned_touches
from workbench.base.i18n import _
from workbench.base.settings import BookSettings
from workbench.base.workdays import workdays_of
from workbench.outreach.cadence.capacity import workday_seconds
from workbench.outreach.dates.year_day import YearDay
from workbench.outreach.yearplan.choices import StoredTouch
from workbench.outreach.yearplan.grounds import day_words
from workbench.outreach.yearplan.reading import TouchWords
from workbench.outreach.yearplan.sums import PlanSums
from workbench.people.consent import consent_of
from workbench.people.consent_rule import FREEZING, WEARY
from workbench.people.contact_caps import caps_of
from workbench.rules.contact_codes import codes
from workbench.rules.parameters import Rules

#: steps towards a day that come too late after it
_BEFORE = frozenset(
    ("risk_test", "id_expiry", "policy", "maturity_30", "maturity_15", "maturity_7", "maturity_1")
)
_SERVICE = "service"
_t = planned_touches.c


@dataclass(frozen=True, slots=True)
class NearTouch:
    """Another contact of the customer: planned (`reason`) or logged by us ('')."""

    day: dt.date
    reason: str
    channel: str
    kind: str


@dataclass(frozen=True, slots=True)
class Breaking:
    """Looks at one touch on another day. `sums`: those of the plan; `silent`: the events of the year."""

    conn: Connection
    rules: Rules
    settings: BookSettings
    words: TouchWords
    sums: PlanSums
    events: Sequence[YearDay]

    def sentences(self, touch: StoredTouch, day: dt.date) -> tuple[str, ...]:
        """What breaks, the gravest first; () where nothing does."""
        broken = (
            *self._consent(touch, day), *self._too_late(touch, day), *self._silent(touch, day), *self._off(day),
            *self._over(touch, day), *self._often(touch, day), *self._outside(touch, day),
        )  # fmt: skip
        return tuple(broken)

    def _consent(self, touch: StoredTouch, day: dt.date) -> Iterator[str]:
        if touch.kind == _SERVICE:
            return
        consent = consent_of(self.conn, touch.customer_id, day.isoformat(), None, self.rules)
        for ground in consent.grounds:
            if ground.code != WEARY and (touch.kind == "marketing" or ground.code in FREEZING):
                yield ground.sentence
        if touch.channel in consent.refused:
            name = dict(codes("channels")).get(touch.channel, touch.channel)
            yield _("客户拒绝用{channel}联系").format(channel=name)

    def _too_late(self, touch: StoredTouch, day: dt.date) -> Iterator[str]:
        if touch.reason in _BEFORE and day.isoformat() > touch.occurrence:
            yield _("晚于{day},那天就到期了").format(day=day_words(touch.occurrence))

    def _silent(self, touch: StoredTouch, day: dt.date) -> Iterator[str]:
        if touch.kind == _SERVICE:
            return
        silent = next(
            (one for one in self.events if one.silent and one.date <= day.isoformat() <= one.last), None
        )
        if silent is not None:
            yield _("{day}是{name},静默日:不营销、不道喜").format(
                day=day_words(day.isoformat()), name=silent.name
            )

    def _off(self, day: dt.date) -> Iterator[str]:
        if not workdays_of(self.conn).is_workday(day):
            yield _("{day}不是工作日").format(day=day_words(day.isoformat()))

    def _over(self, touch: StoredTouch, day: dt.date) -> Iterator[str]:
        number = day.toordinal()
        stands_there = touch.day == day.isoformat()
        load = self.sums.load.get(number, 0) + (0 if stands_there else touch.seconds)
        usual = workday_seconds(self.settings, self.rules) if workdays_of(self.conn).is_workday(day) else 0
        room = self.sums.capacity.get(number, usual)
        if room and load > room:
            words = _("{day}要 {load} 小时,只有 {room} 小时,超 {over} 小时")
            yield words.format(
                day=day_words(day.isoformat()), load=_hours(load), room=_hours(room), over=_hours(load - room)
            )

    def _often(self, touch: StoredTouch, day: dt.date) -> Iterator[str]:
        if touch.kind == _SERVICE:
            return
        near = self._near(touch, day)
        week = next((one for one in near if one.reason and _week(one.day) == _week(day)), None)
        if week is not None:
            words = _("这一周{day}已经安排“{reason}”,一周只主动联系一次")
            yield words.format(day=day_words(week.day.isoformat()), reason=self.words.reason(week.reason))
        for (what, span), most in sorted(caps_of(self.rules).most.items(), key=lambda cap: cap[0][1]):
            number = _most_within([one.day for one in near if _counts(what, one)], day, span)
            if _counts(what, NearTouch(day, touch.reason, touch.channel, touch.kind)) and number > most:
                words = self._cap_words(what, span)
                yield words.format(days=span, n=number, most=most, channel=_channel(what))

    @staticmethod
    def _cap_words(what: str, span: int) -> str:
        marketing = what.endswith("marketing")
        if what in ("any", "marketing"):
            if span == 1:
                return _("一天里营销 {n} 次,上限 {most} 次")
            return (
                _("{days} 天里营销 {n} 次,上限 {most} 次")
                if marketing
                else _("{days} 天里主动联系 {n} 次,上限 {most} 次")
            )
        if marketing:
            return _("{days} 天里用{channel}营销 {n} 次,上限 {most} 次")
        return _("{days} 天里用{channel}联系 {n} 次,上限 {most} 次")

    def _near(self, touch: StoredTouch, day: dt.date) -> list[NearTouch]:
        """His other contacts by us about the day: those of the plan that are not service, those logged."""
        reach = dt.timedelta(days=max(caps_of(self.rules).days, 7))
        first, last = (day - reach).isoformat(), (day + reach).isoformat()
        planned = (
            select(_t.day, _t.reason, _t.channel, _t.kind)
            .where(_t.customer_id == touch.customer_id, _t.day.between(first, last), _t.id != touch.id)
            .where(_t.kind != _SERVICE, _t.state != "done")
            .order_by(_t.day, _t.id)
        )
        t = touches.c
        logged = (
            select(t.date, t.channel, t.result)
            .where(t.customer_id == touch.customer_id, t.date.between(first, last))
            .where(t.initiated_by != "customer")
            .order_by(t.date, t.id)
        )
        sells = frozenset(self.rules.words("consent.marketing_results"))
        near = [
            NearTouch(dt.date.fromisoformat(row.day), row.reason, row.channel, row.kind)
            for row in self.conn.execute(planned)
        ]
        return near + [
            NearTouch(
                dt.date.fromisoformat(row.date),
                "",
                row.channel,
                "marketing" if row.result in sells else "care",
            )
            for row in self.conn.execute(logged)
        ]

    def _outside(self, touch: StoredTouch, day: dt.date) -> Iterator[str]:
        if day.isoformat() < touch.first:
            yield _("早于合适的日子,{first}起才合适").format(first=day_words(touch.first))
        elif day.isoformat() > touch.last and not list(self._too_late(touch, day)):
            yield _("晚于合适的日子,{last}以前才合适").format(last=day_words(touch.last))


def _channel(what: str) -> str:
    """The channel that a cap is about, in words."""
    code = what.removesuffix(".marketing")
    return dict(codes("channels")).get(code, _("群发") if code == "group" else code)


def _counts(what: str, touch: NearTouch) -> bool:
    """Whether a cap counts a contact."""
    if what.endswith("marketing") and touch.kind != "marketing":
        return False
    return what in ("any", "marketing") or what.removesuffix(".marketing") == touch.channel


def _most_within(days: Sequence[dt.date], day: dt.date, span: int) -> int:
    """The most contacts, with one on `day`, in any span of days in a row that has it in it."""
    numbers = sorted((one - day).days for one in days if abs((one - day).days) < span)
    every = sorted([*numbers, 0])
    return max(
        sum(1 for one in every if start <= one < start + span) for start in every if start <= 0 < start + span
    )


def _week(day: dt.date) -> tuple[int, int]:
    return day.isocalendar()[:2]


def _hours(seconds: float) -> str:
    return f"{seconds / 3600:.1f}".removesuffix(".0")
