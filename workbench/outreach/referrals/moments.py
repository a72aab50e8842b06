"""Who may be asked for a referral now: whoever the tag 转介候选 holds for, with his moment, what kind of giver he is, and how
well he may be asked; and how many are kept out though they have a moment, and why (domain 7)."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, literal, or_, select

from db.stores.planning import reads_every_customer
from db.tables import customers, referrals, touches
from workbench.base.dates import days_after
from workbench.base.expressions import Expr
from workbench.base.i18n import _, commas
from workbench.base.rows import in_parts, named_rows
from workbench.insight.products.barring import REFERRAL, bar_names, columns_of_bars, topic_barred_sql
from workbench.insight.tags.layers import Layers
from workbench.insight.values.values import Values
from workbench.outreach.referrals import giver, golden
from workbench.outreach.referrals.detail import in_detail
from workbench.outreach.referrals.giver import GiverScore, GiverVerdict, PastReferrals, giver_of, score_of
from workbench.outreach.referrals.golden import GoldenMoment, moments_of
from workbench.people.consent_rule import FREE
from workbench.people.referring.asked import asks_by_customer
from workbench.people.referring.finding import ReferralFinding
from workbench.people.referring.room import flagged
from workbench.rules.parameters import Rules

MOMENT, CANDIDATE = "s_referral_moment_d31", "s_referral_candidate_d31"
#: kept out by what is wrong with his referrals
FLAGGED = "flagged"
_SHOWN = ("name", "tier")
_OUT = frozenset(
    {
        "light",
        "r_loss_floating_m0",
        "complaints_open",
        "days_since_ask",
        "asks_year",
        "journey_stage",
        MOMENT,
        CANDIDATE,
    }
)
_PART = 500


@dataclass(frozen=True, slots=True)
class MomentEntry:
    """A customer who may be asked. `moment`: the one to begin with, `others` beside it; `until`: the last day (ISO) to ask on."""

    customer_id: int
    customer_no: str
    name: str
    tier: str | None
    moment: GoldenMoment
    giver: GiverVerdict
    score: GiverScore
    others: tuple[GoldenMoment, ...] = ()

    @property
    def until(self) -> str:
        """The last day (ISO) on which to ask."""
        return max(one.until for one in (self.moment, *self.others))


@dataclass(frozen=True, slots=True)
class MomentQueue:
    """Who may be asked on a `day` (ISO), the best score first; `as_of`: the data date of the lists; `out`: code of what keeps
    somebody out who has a moment -> how many, the most first."""

    day: str
    as_of: str
    entries: tuple[MomentEntry, ...]
    out: Mapping[str, int]

    def out_words(self, rules: Rules) -> str:
        """Who has a moment and is not asked, in one line; '' for nobody."""
        names = out_names(rules)
        counted = commas(
            _("{reason} {n} 户").format(reason=names[code], n=f"{n:,}") for code, n in self.out.items()
        )
        total = sum(self.out.values())
        return _("另有 {n} 户有良机但现在不请:{why}").format(n=f"{total:,}", why=counted) if total else ""


def nobody_now() -> str:
    """What is said where nobody has a moment: what would tell of one."""
    return _("现在没有人处在良机里。记下成交、表扬、投诉满意办结,或导入到期清单,刚满意的客户就会列在这里。")


def out_names(rules: Rules) -> Mapping[str, str]:
    """Code of what keeps somebody out -> its name."""
    text = rules.text
    return {
        **bar_names(rules, REFERRAL),
        **{code: text(f"moments.out.{code}") for code in ("light", "loss", "complaint", "overdue", "gone", "quadrant", FLAGGED)},
        "asked": text("moments.out.asked").format(days=rules.whole("tag.referral_pause")),
        "often": text("moments.out.often").format(most=rules.whole("moments.asks_most")),
    }  # fmt: skip


def queue(
    conn: Connection,
    layers: Layers,
    rules: Rules,
    only: Collection[int] | None = None,
    *,
    findings: Mapping[int, tuple[ReferralFinding, ...]] | None = None,
) -> MomentQueue:
    """Everybody with a moment, of `only` some customers (ids). `findings`: see `people.referring.room: flagged`, where it is
    known already."""
    if not layers.has(CANDIDATE) or not layers.has(MOMENT):
        return MomentQueue(layers.day, layers.as_of, (), {})
    return _queue(conn, layers, rules, _rows(conn, layers, rules, only, _kept_out(layers, rules)), findings)


def to_ask(
    conn: Connection, layers: Layers, rules: Rules, only: Collection[int] | None = None
) -> tuple[MomentEntry, ...]:
    """The entries of `queue` alone: the tag says who they are, so that nobody else is looked at."""
    if not layers.has(CANDIDATE) or not layers.has(MOMENT):
        return ()
    return _queue(conn, layers, rules, _rows(conn, layers, rules, only, None), None).entries


def _queue(
    conn: Connection,
    layers: Layers,
    rules: Rules,
    rows: list[dict[str, Any]],
    findings: Mapping[int, tuple[ReferralFinding, ...]] | None,
) -> MomentQueue:
    findings = flagged(conn, rules) if findings is None else findings
    doubtful, past, everybody = _history(conn, findings, rules)
    # the layers may be older than the last ask
    since = _requests_since(
        conn, [row["customer_id"] for row in rows if row["_out"] == FREE], layers.day, rules
    )
    free: list[dict[str, Any]] = []
    out: Counter[str] = Counter()
    for row in rows:
        person = row["customer_id"]
        why = (
            row["_out"]
            if row["_out"] != FREE
            else since.get(person) or (FLAGGED if person in doubtful else "")
        )
        if why:
            out[why] += 1
        else:
            free.append(row)
    entries = _entries(conn, layers, free, past, giver.average_of(everybody, rules), rules)
    entries.sort(key=lambda one: (-one.score.score, one.moment.until, one.customer_no))
    return MomentQueue(layers.day, layers.as_of, tuple(entries), dict(out.most_common()))


def _entries(
    conn: Connection,
    layers: Layers,
    rows: list[dict[str, Any]],
    past: Mapping[int, PastReferrals],
    average: float,
    rules: Rules,
) -> list[MomentEntry]:
    ids = [row["customer_id"] for row in rows]
    people, events = _people(conn, ids), _events(conn, layers.day, ids, rules)
    moments = {row["customer_id"]: moments_of(Values(row), layers.as_of, layers.day, rules) for row in rows}
    dated = [
        (person, one.day, one.kind) for person, ones in moments.items() for one in ones if not one.monthly
    ]
    more = in_detail(conn, dated, rules)
    entries = []
    for row in rows:
        person, values = row["customer_id"], Values(row)
        his = [replace(one, what=more.get((person, one.day, one.kind), one.what)) for one in moments[person]]
        if his:
            number, name = people[person]
            took_part = None if events is None else events.get(person, 0)
            score = score_of(
                values, his[0].fresh, took_part, past.get(person, PastReferrals()), average, rules
            )
            verdict = giver_of(values, took_part, rules)
            entries.append(
                MomentEntry(person, number, name, values.tier, his[0], verdict, score, tuple(his[1:]))
            )
    return entries


def open_on(moments: MomentQueue, day: str) -> MomentQueue:
    """The same, as far as a moment still lasts on a day (ISO)."""
    return replace(moments, entries=tuple(one for one in moments.entries if one.until >= day))


# -- what is read --------------------------------------------------------------------------------------------------


def _rows(
    conn: Connection, layers: Layers, rules: Rules, only: Collection[int] | None, kept_out: Expr | None
) -> list[dict[str, Any]]:
    """Those with a moment, in `_out` what keeps each out; without `kept_out` those alone whom the tag says to ask."""
    names = sorted(golden.READS | giver.READS | {"tier"})
    if kept_out is None:
        wanted, condition = {*names, CANDIDATE}, layers.column(CANDIDATE) == 1
    else:
        wanted, condition = {*names, *_OUT, *columns_of_bars(rules, REFERRAL)}, layers.column(MOMENT) == 1
    query = (
        select(
            layers.customer_id.label("customer_id"),
            *(layers.column(name).label(name) for name in names),
            (literal(FREE) if kept_out is None else kept_out).label("_out"),
        )
        .select_from(layers.source(wanted, condition))
        .where(condition)
        .order_by(layers.customer_id)
    )
    if only is None:
        reads_every_customer(conn)
        return [dict(row) for row in conn.execute(query).mappings()]
    parts = in_parts(sorted(only), _PART)
    return [
        dict(row)
        for part in parts
        for row in conn.execute(query.where(layers.customer_id.in_(part))).mappings()
    ]


def _kept_out(layers: Layers, rules: Rules) -> Expr:
    """Why somebody with a moment is not asked; `FREE` for whom the tag holds and nothing bars."""
    column = layers.column
    barred = topic_barred_sql(layers, rules, REFERRAL)
    reasons: list[tuple[ColumnElement[bool], Any]] = [
        (barred != FREE, barred),
        (column("complaints_open") >= 1, literal("complaint")),
        (column("r_loss_floating_m0") == 1, literal("loss")),
        (column("light").in_(("yellow", "orange", "red")), literal("light")),
        (column("journey_stage") == "J5", literal("gone")),
        (column("days_since_ask") < rules.whole("tag.referral_pause"), literal("asked")),
        (column("asks_year") >= rules.whole("moments.asks_most"), literal("often")),
        (func.coalesce(column(CANDIDATE), 0) == 0, literal("quadrant")),
    ]
    return case(*reasons, else_=literal(FREE))


def _history(
    conn: Connection, findings: Mapping[int, tuple[ReferralFinding, ...]], rules: Rules
) -> tuple[set[int], dict[int, PastReferrals], PastReferrals]:
    """Givers who are not asked since something is wrong with their referrals; giver -> what his sound referrals came to; what
    those of everybody did. A referral has come to an end when the person opened an account, or was met or closed without."""
    account, r = customers.alias("account"), referrals.c
    ended = or_(
        account.c.id.is_not(None), r.meeting_date.is_not(None), func.coalesce(r.close_reason, "") != ""
    )
    query = select(
        r.id, r.customer_id, account.c.id.is_not(None).label("opened"), ended.label("ended")
    ).select_from(referrals.outerjoin(account, account.c.customer_no == r.referred_customer_no))
    doubtful: set[int] = set()
    counted: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    for row in named_rows(conn.execute(query)):
        of_line = findings.get(row.id, ())
        if any(one.sure and one.bars_ask(rules) for one in of_line):
            doubtful.add(row.customer_id)
        if row.ended and not any(one.bars_reward(rules) for one in of_line):
            counted[row.customer_id][0] += 1
            counted[row.customer_id][1] += bool(row.opened)
    past = {person: PastReferrals(n, k) for person, (n, k) in counted.items()}
    return (
        doubtful,
        past,
        PastReferrals(sum(one.n for one in past.values()), sum(one.k for one in past.values())),
    )


def _requests_since(conn: Connection, ids: list[int], day: str, rules: Rules) -> dict[int, str]:
    """Customer id -> why he is not asked again yet, by the asks in the book now."""
    pause, most = rules.whole("tag.referral_pause"), rules.whole("moments.asks_most")
    since: dict[int, str] = {}
    for part in in_parts(ids, _PART):
        asks = asks_by_customer(day, rules, partial(_within, part))
        for row in named_rows(conn.execute(select(asks))):
            if days_after(row.last, pause) > day:
                since[row.customer_id] = "asked"
            elif row.asks >= most:
                since[row.customer_id] = "often"
    return since


def _within(ids: Sequence[int], column: Expr) -> ColumnElement[bool]:
    return column.in_(ids)


def _people(conn: Connection, ids: list[int]) -> dict[int, tuple[str, str]]:
    """Customer id -> (number, name)."""
    people: dict[int, tuple[str, str]] = {}
    for part in in_parts(ids, _PART):
        query = select(customers.c.id, customers.c.customer_no, customers.c.name).where(
            customers.c.id.in_(part)
        )
        people.update({row.id: (row.customer_no, row.name or "") for row in named_rows(conn.execute(query))})
    return people


def _events(conn: Connection, day: str, ids: list[int], rules: Rules) -> dict[int, int] | None:
    """Customer id -> in how many events he took part within a year; None where no contact was ever logged."""
    t = touches.c
    if conn.execute(select(t.id).limit(1)).first() is None:
        return None
    since = days_after(day, -rules.whole("moments.asks_days"))
    counted: dict[int, int] = {}
    for part in in_parts(ids, _PART):
        query = (
            select(t.customer_id, func.count().label("n"))
            .where(
                t.customer_id.in_(part), t.channel == "event", t.date > since, t.date <= day,
                t.result.in_(rules.words("contact.attended")),
            )
            .group_by(t.customer_id)
        )  # fmt: skip
        counted.update({row.customer_id: row.n for row in named_rows(conn.execute(query))})
    return counted
