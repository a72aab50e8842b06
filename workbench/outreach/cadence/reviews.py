"""要做检视: whose portfolio is to be looked through with him, by tower, with the day (domain 6.5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypedDict

from sqlalchemy import ColumnElement, Connection, Row, and_, case, func, literal, select

from db.known import services
from db.stores.planning import reads_every_customer
from workbench.base.dates import days_after
from workbench.base.expressions import Expr, day_number
from workbench.base.i18n import _, commas, semicolons
from workbench.outreach.cadence.whom import KeptInTouch
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder


class ReviewJson(TypedDict):
    """A customer whose review is due; `last`, `due` ISO or null where none was recorded."""

    customer_no: str
    name: str
    tier: str
    tower: str
    last: str | None
    interval: int
    due: str | None
    days_over: int | None
    reason: str


@dataclass(frozen=True, slots=True)
class ReviewDue:
    """A customer whose portfolio is to be reviewed. `tower` its key, `tower_name` in words; `every` days; `last`, `due` (ISO)
    and `over` (days beyond, negative: days left) None where no review of his was ever recorded."""

    customer_id: int
    customer_no: str
    name: str
    tier: str
    tower: str
    tower_name: str
    assets_fen: int | None
    every: int
    last: str | None
    due: str | None
    over: int | None

    @property
    def reason(self) -> str:
        """Why he stands there, in one sentence with its figures."""
        often = _("{tower}客户 {n} 天检视一次资产配置").format(tower=self.tower_name, n=self.every)
        if self.due is None or self.over is None:
            return _("{often},没有登记过检视").format(often=often)
        if self.over > 0:
            words = _("{often},上次 {last},应在 {due},已超 {n} 天")
        else:
            words = _("{often},上次 {last},应在 {due},还有 {n} 天")
        return words.format(often=often, last=self.last, due=self.due, n=abs(self.over))

    def as_json(self) -> ReviewJson:
        """The customer for the command line."""
        return {
            "customer_no": self.customer_no, "name": self.name, "tier": self.tier, "tower": self.tower,
            "last": self.last, "interval": self.every, "due": self.due, "days_over": self.over, "reason": self.reason,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class TowerReviews:
    """The reviews of a tower: `over` their day, `soon` within the next days, `never` recorded."""

    tower: str
    name: str
    over: int = 0
    soon: int = 0
    never: int = 0

    @property
    def words(self) -> str:
        """The counts in words; only those that are not none."""
        parts = (
            (self.over, _("超期 {n} 户")), (self.soon, _("快到期 {n} 户")), (self.never, _("没有登记过 {n} 户")),
        )  # fmt: skip
        counted = commas(words.format(n=f"{n:,}") for n, words in parts if n)
        return f"{self.name} {counted}"


@dataclass(frozen=True, slots=True)
class ReviewsDue:
    """The reviews due on a day (ISO) by data of `as_of` (ISO). `towers`: the counts of each, the highest first; `customers`:
    those of each tower whose day is the earliest first, then those without any recorded review, the largest first; `recorded`:
    whether the book has any review: without one nobody is named."""

    day: str
    as_of: str | None
    towers: tuple[TowerReviews, ...] = ()
    customers: tuple[ReviewDue, ...] = ()
    recorded: bool = True

    @property
    def words(self) -> str:
        """What is due, in one sentence."""
        if self.as_of is None:
            return _("还没有客户名单,看不出该检视谁。")
        if not self.recorded:
            return _("还没有登记过资产检视,看不出谁该检视;在三塔里登记后,这里按日子列出来。")
        if not self.towers:
            return _("近期没有要做的资产检视。")
        return semicolons(one.words for one in self.towers) + _("。")


def reviews_due(
    conn: Connection, of: KeptInTouch, as_of: str, day: str, rules: Rules, limit: int | None = None
) -> ReviewsDue:
    """The reviews due on a day (ISO), at most `limit` customers in all (None: every one)."""
    s, kinds = services.c, rules.words("touch.reviews")
    if conn.execute(select(s.id).where(s.kind.in_(kinds), s.date <= day).limit(1)).first() is None:
        return ReviewsDue(day, as_of, recorded=False)
    reads_every_customer(conn)
    ladder = Ladder.of(rules)
    given = (
        select(s.customer_id, func.max(s.date).label("last"))
        .where(s.kind.in_(kinds), s.date <= day)
        .group_by(s.customer_id)
        .subquery("reviews_given")
    )
    source = of.source.outerjoin(given, given.c.customer_id == of.customer_id)
    every = case(_days(rules), value=of.level)
    over = day_number(literal(day)) - day_number(given.c.last) - every
    tower = case({code: ladder.tower(code) for code in _days(rules)}, value=of.level)
    listed = and_(of.about, every > 0, func.coalesce(over >= -rules.whole("cadence.review_soon_days"), True))
    parts: dict[str, ColumnElement[bool]] = {
        "over": over > 0, "soon": over <= 0, "never": given.c.last.is_(None),
    }  # fmt: skip
    counts = (
        select(tower.label("tower"), *(func.count(case((one, 1))).label(name) for name, one in parts.items()))
        .select_from(source)
        .where(listed)
        .group_by(tower)
    )
    by_tower = {row.tower: row for row in conn.execute(counts)}
    place = _place(ladder, of.level)
    columns = (
        of.customer_id.label("customer_id"), of.customer_no, of.name, of.level.label("tier"), tower.label("tower"),
        of.assets.label("assets"), every.label("every"), given.c.last.label("last"), over.label("over"),
    )  # fmt: skip
    order = (
        case((over.is_(None), 1), else_=0), place.desc(), func.coalesce(over, 0).desc(),
        func.coalesce(of.assets, -1).desc(), of.customer_no, of.customer_id,
    )  # fmt: skip
    rows = conn.execute(
        select(*columns).select_from(source).where(listed).order_by(*order).limit(limit)
    ).all()
    names = {tower: rules.text(f"tower.{tower}") for tower in ladder.towers}
    towers = (
        TowerReviews(key, names[key], by_tower[key].over, by_tower[key].soon, by_tower[key].never)
        for key in dict.fromkeys(reversed(ladder.towers))
        if key in by_tower
    )
    return ReviewsDue(day, as_of, tuple(towers), _customers(rows, names))


def _days(rules: Rules) -> dict[str, int]:
    """Level -> days between two reviews, of the levels that have any."""
    return {f"L{place}": round(days) for place, days in enumerate(rules.numbers("touch.review_days")) if days}


def _place(ladder: Ladder, level: Expr) -> Expr:
    """The place of a level's tower, the lowest 0."""
    order = list(dict.fromkeys(ladder.towers))
    return case(
        {code: order.index(ladder.tower(code) or order[0]) for code in ladder.codes}, value=level, else_=-1
    )


def _customers(rows: Sequence[Row[tuple[int]]], names: dict[str, str]) -> tuple[ReviewDue, ...]:
    return tuple(
        ReviewDue(
            row.customer_id, row.customer_no, row.name or "", row.tier, row.tower, names[row.tower], row.assets, row.every,
            row.last, days_after(row.last, row.every) if row.last else None, row.over,
        )
        for row in rows
    )  # fmt: skip
