"""The tower board (domain 1): shares by tower and level, movements, customers near a line, service of each tower."""

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from sqlalchemy import Connection, and_, func, literal, or_, select

from db.tables import customers, snapshots
from workbench.base.dates import shift_month
from workbench.base.expressions import Expr
from workbench.base.months import data_date
from workbench.insight.journey.stages import TAG as STAGE
from workbench.insight.measures.freshness import freshness
from workbench.insight.towers.coverage import WAYS
from workbench.insight.towers.facts import (
    BankWord,
    Board,
    Curve,
    Named,
    Placed,
    TierMovement,
    TowerCoverage,
    TowerShare,
)
from workbench.insight.towers.tier_position import standing
from workbench.insight.values.values import Values
from workbench.rules.parameters import Rules
from workbench.rules.tiers import ASLEEP, Ladder

if TYPE_CHECKING:
    from workbench.insight.tags.layers import Layers

_TOWERS = ("top", "waist", "base")
#: Number of points of the concentration curve.
_TILES = 100
_ROW = (
    "tier", "tier_reached", "tower", "watch", "attention", "falls_in", "average", "balance", "by_balance", "line_own",
    "line_next", "months_missing", "bank_level", "aum_quarter_average", "aum_year_average", "light", STAGE,
)  # fmt: skip


def board(conn: Connection, layers: "Layers", rules: Rules) -> Board:
    """The board of the layers' month; each part is one grouped query over the tag layers."""
    return _Maker(conn, layers, rules).board()


class _Maker:
    def __init__(self, conn: Connection, layers: "Layers", rules: Rules) -> None:
        self._conn = conn
        self._layers = layers
        self._rules = rules
        self._ladder = Ladder.of(rules)
        self._order = (ASLEEP, *self._ladder.codes)
        #: assets now: the balance, where none is told the average
        self._aum = func.coalesce(layers.column("balance"), layers.column("average"))
        self._lowest = rules.number("C.lowest_line")

    def board(self) -> Board:
        """All parts of the board, with the movements against the month before where that was imported."""
        layers, rules = self._layers, self._rules
        levels = self._levels()
        total, aum = sum(one.customers for one in levels), sum(one.aum_fen for one in levels)
        before = shift_month(layers.month, -1)
        had = data_date(self._conn, before) is not None
        bank, differs = self._bank(), self._differs()
        compared = sum(one.customers for one in bank if one.differs is not None)
        return Board(
            month=layers.month,
            before=before if had else None,
            as_of=layers.as_of,
            day=layers.day,
            option=str(rules["tiers.option"]),
            customers=total,
            aum_fen=aum,
            towers=self._towers(levels),
            levels=levels,
            coverage=self._coverage(),
            curve=self._curve(),
            movements=(*self._movements(), *(self._left(before) if had else ())),
            keep=self._keep(),
            upgrade=self._upgrade(),
            differs=differs,
            bank=bank,
            fresh=freshness(layers.as_of, rules, layers.day),
            differs_widely=differs.total > compared * rules.number("towers.differs_most"),
        )

    # -- shares --------------------------------------------------------------------------------------------

    def _levels(self) -> tuple[TowerShare, ...]:
        """Every level of the ladder from the top down, also empty ones; last the customers whose level is unknown."""
        tier = self._layers.column("tier")
        query = (
            select(tier, func.count(), func.sum(self._aum), func.count(self._aum))
            .select_from(self._layers.source(("tier", "balance", "average")))
            .group_by(tier)
        )
        by_code = {code: (n, aum or 0, reported) for code, n, aum, reported in self._conn.execute(query)}
        people = sum(n for n, _aum, _reported in by_code.values())
        money = sum(aum for _n, aum, _reported in by_code.values())
        codes: list[str | None] = [*reversed(self._order)]
        if None in by_code:
            codes.append(None)
        shares = []
        for code in codes:
            n, aum, reported = by_code.get(code, (0, 0, 0))
            place = self._ladder.tower(code)
            name = self._rules.text(f"tier.{code}") if code else self._rules.text("tower.unknown")
            asking = f"tier = {code}" if code else "tier is missing"
            shares.append(
                TowerShare(
                    code, name, place, n, aum, _part(n, people), _part(aum, money), asking, n - reported
                )
            )
        return tuple(shares)

    def _towers(self, levels: Sequence[TowerShare]) -> tuple[TowerShare, ...]:
        shares = []
        for tower in (*_TOWERS, None):
            own = [one for one in levels if (one.tower or "").split("_")[0] == (tower or "")]
            if tower is None and not any(one.customers for one in own):
                continue
            name = self._rules.text(f"tower.{tower or 'unknown'}")
            asking = f"tower = {tower}" if tower else "tower is missing"
            shares.append(
                TowerShare(
                    tower, name, tower, sum(one.customers for one in own), sum(one.aum_fen for one in own),
                    sum(one.customers_share for one in own), sum(one.aum_share for one in own), asking,
                    sum(one.untold for one in own),
                )
            )  # fmt: skip
        return tuple(shares)

    def _curve(self) -> Curve:
        """The concentration of assets: customers from the largest down in `_TILES` equal parts."""
        source = self._layers.source(("balance", "average"))
        order = (self._aum.desc(), self._layers.customer_id)
        parts = (
            select(self._aum.label("aum"), func.ntile(_TILES).over(order_by=order).label("tile"))
            .select_from(source)
            .where(self._aum.is_not(None))
            .subquery("parts")
        )
        query = select(func.count(), func.sum(parts.c.aum)).group_by(parts.c.tile).order_by(parts.c.tile)
        tiles = [(int(n), int(aum)) for n, aum in self._conn.execute(query)]
        people, money = sum(n for n, _aum in tiles), sum(aum for _n, aum in tiles)
        points, n, aum = [(0.0, 0.0)], 0, 0
        for count, amount in tiles:
            n, aum = n + count, aum + amount
            points.append((n / people, _part(aum, money)))
        tops = [None if money <= 0 else _along(points, share) for share in (0.1, 0.2)]
        asking = [f"top({max(round(people * share), 1)}, balance)" for share in (0.1, 0.2)]
        return Curve(tuple(points), tops[0], tops[1], people, asking[0], asking[1])

    # -- movement ------------------------------------------------------------------------------------------

    def _movements(self) -> list[TierMovement]:
        before, after = self._layers.column("tier_before"), self._layers.column("tier")
        query = (
            select(before, after, func.count(), func.sum(self._aum))
            .select_from(self._layers.source(("tier_before", "tier", "balance", "average")))
            .group_by(before, after)
            .order_by(before, after)
        )
        return [
            TierMovement(old, new, n, aum or 0, f"{_is('tier_before', old)} and {_is('tier', new)}")
            for old, new, n, aum in self._conn.execute(query)
        ]

    def _left(self, before: str) -> list[TierMovement]:
        """Customers of last month's list who are missing in this month's, by the level that their last average reached."""
        then, now = snapshots.alias("then"), snapshots.alias("now")
        average = func.coalesce(then.c.aum_daily_average, then.c.aum_balance)
        as_of = data_date(self._conn, before) or before
        level: Expr = self._ladder.level_of(average, then.c.last_txn_date, as_of)
        query = (
            select(level, func.count(), func.sum(func.coalesce(then.c.aum_balance, average)))
            .select_from(
                customers.outerjoin(
                    then, and_(then.c.customer_id == customers.c.id, then.c.month == before)
                ).outerjoin(now, and_(now.c.customer_id == customers.c.id, now.c.month == self._layers.month))
            )
            .where(func.coalesce(then.c.month, "") == before, now.c.id.is_(None))
            .group_by(level)
            .order_by(level)
        )
        return [TierMovement(code, None, n, aum or 0, "") for code, n, aum in self._conn.execute(query)]

    # -- lists ---------------------------------------------------------------------------------------------

    def _keep(self) -> Named:
        """Near a downgrade (C2): below the own line and watched, or barely above it; the soonest to fall first."""
        column = self._layers.column
        own, above, margin = column("line_own"), self._rules.number("C2.share"), column("above_line")
        near = and_(
            own >= round(self._lowest * 100), or_(column("watch") >= 1, column("average") <= own * above)
        )
        asking = f"line_own >= {self._lowest:g} and (watch >= 1 or average <= line_own * {above:g})"
        names = ("line_own", "watch", "average", "above_line", "falls_in")
        short = func.coalesce(-func.sum(_negative(margin)), 0)
        return self._named("keep", near, asking, names, short, [column("falls_in"), func.abs(margin)])

    def _upgrade(self) -> Named:
        """Near an upgrade (C1): at least `C1.share` of the next line; the smallest gap first."""
        column = self._layers.column
        line, share, average = column("line_next"), self._rules.number("C1.share"), column("average")
        near = and_(line >= round(self._lowest * 100), average >= line * share, average < line)
        asking = f"line_next >= {self._lowest:g} and average >= line_next * {share:g} and average < line_next"
        gap = column("to_upgrade")
        return self._named(
            "upgrade", near, asking, ("line_next", "average", "to_upgrade"), func.sum(gap), [gap]
        )

    def _differs(self) -> Named:
        """Customers whose level at the bank differs from ours; the largest first."""
        differs = self._layers.column("bank_tier_differs")
        return self._named(
            "differs",
            differs == 1,
            "bank_tier_differs",
            ("bank_tier_differs",),
            literal(0),
            [self._aum.desc()],
        )

    def _named(
        self,
        kind: Literal["keep", "upgrade", "differs"],
        near: Expr,
        asking: str,
        names: Sequence[str],
        gap: Expr,
        order: Sequence[Expr],
    ) -> Named:
        layers = self._layers
        source = layers.source((*names, *_ROW, "customer_no", "name"))
        total, lacking = self._conn.execute(
            select(func.count(), gap).select_from(layers.source(names)).where(near)
        ).one()
        query = (
            select(
                layers.customer_id.label("customer_id"),
                layers.column("customer_no").label("customer_no"),
                layers.column("name").label("name"),
                *(layers.column(name).label(name) for name in _ROW),
            )
            .select_from(source)
            .where(near)
            .order_by(*order, layers.customer_id)
            .limit(self._rules.whole("towers.gap_rows"))
        )
        rows = tuple(self._placed(dict(row)) for row in self._conn.execute(query).mappings())
        return Named(kind, rows, total, int(lacking or 0), asking)

    def _placed(self, row: dict[str, Any]) -> Placed:
        layers = self._layers
        position = standing(Values(row), self._rules, month=layers.month, as_of=layers.as_of, day=layers.day)
        return Placed(row["customer_id"], row["customer_no"], row["name"] or "", position)

    def _bank(self) -> tuple[BankWord, ...]:
        """Each word of the bank's for a level, with how often it differs from our level."""
        differs, word = self._layers.column("bank_tier_differs"), self._layers.column("bank_level")
        query = (
            select(word, func.count(), func.count(differs), func.sum(differs))
            .select_from(self._layers.source(("bank_tier_differs", "bank_level")))
            .where(word.is_not(None))
            .group_by(word)
            .order_by(func.count().desc(), word)
        )
        return tuple(
            BankWord(label, n, int(differing or 0) if compared else None)
            for label, n, compared, differing in self._conn.execute(query)
        )

    # -- coverage ------------------------------------------------------------------------------------------

    def _coverage(self) -> tuple[TowerCoverage, ...]:
        column = self._layers.column
        measures = {tower: way[0] for tower, way in WAYS.items()}
        score = func.coalesce(*(column(name) for name in measures.values()))
        tower, weakest = column("tower"), column("weakest")
        query = (
            select(
                tower,
                weakest,
                func.count(),
                func.count(score),
                func.sum(score),
                func.sum(column("cover_known")),
            )
            .select_from(self._layers.source(("tower", "weakest", "cover_known", *measures.values())))
            .group_by(tower, weakest)
        )
        rows = self._conn.execute(query).all()
        towers = []
        for code in _TOWERS:
            measure, most, parts = WAYS[code]
            own = [row for row in rows if row[0] == code]
            scored, points = sum(row[3] for row in own), sum(row[4] or 0 for row in own)
            possible = sum(row[5] or 0 for row in own) * max(parts.values())
            weak = sorted(((row[2], row[1]) for row in own if row[1]), reverse=True)
            towers.append(
                TowerCoverage(
                    code, self._rules.text(f"way.{code}"), most, sum(row[2] for row in own), scored,
                    points / scored if scored else None,
                    points / possible if possible else None,
                    tuple((w, self._part_name(w), n, f"tower = {code} and weakest = {w}") for n, w in weak),
                    f"tower = {code} and {measure} is missing",
                )
            )  # fmt: skip
        return tuple(towers)

    def _part_name(self, code: str) -> str:
        return self._rules.text("cover.full.name" if code == "full" else f"cover.{code}")


def _is(name: str, code: str | None) -> str:
    return f"{name} = {code}" if code else f"{name} is missing"


def _negative(value: Expr) -> Expr:
    return (value - func.abs(value)) / 2


def _part(part: float, whole: float) -> float:
    return part / whole if whole > 0 else 0.0


def _along(points: Sequence[tuple[float, float]], share: float) -> float:
    """The share of assets at a share of customers, on the straight line between the points beside it."""
    for (x0, y0), (x1, y1) in pairwise(points):
        if x1 >= share:
            return y0 + (y1 - y0) * (share - x0) / (x1 - x0)
    return points[-1][1]
