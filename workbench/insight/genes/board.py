"""The boards of customer genes: four quadrants with who moved, the silent bosses to win, eight segments (domain 2.1, 2.3)."""

from dataclasses import dataclass

from sqlalchemy import Connection, and_, case, func, select

from db.tables import customers
from workbench.base.expressions import Expr
from workbench.base.i18n import _
from workbench.insight.genes.data import quadrants, segments
from workbench.insight.genes.said import called
from workbench.insight.tags.layers import Layers
from workbench.rules.parameters import Rules

SIZE, NOW, BEFORE = "g_size_now_m0", "g_quad_now_d0", "g_quad_before_q1"
BOSS, MAIN = "g_boss_silent_d0", "g_seg_main_m0"
#: names shown in each field of the quadrants
_NAMES = 5


@dataclass(frozen=True, slots=True)
class Person:
    """A customer named on a board; `aum_fen` is the daily average."""

    customer_no: str
    name: str
    aum_fen: int | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class QuadrantCell:
    """One field of the 2x2. `where` is the condition behind the count; `came`, `left`: moves since the last quarter
    end as (other quadrant's code, customers)."""

    code: str
    name: str
    place: str
    mnemonic: str
    stance: str
    customers: int
    aum_fen: int
    where: str
    top: tuple[Person, ...]
    came: tuple[tuple[str, int], ...]
    left: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class QuadrantBoard:
    """`unknown` customers have no known familiarity (`unknown_big` of them big); `reason` says what would tell it."""

    as_of: str
    cells: tuple[QuadrantCell, ...]
    unknown: int
    unknown_big: int
    unknown_aum_fen: int
    reason: str
    bosses: tuple[Person, ...]
    bosses_all: int


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """One segment of the book. `share` of the customers who can be told; `missing`: (field, customers it lacks for)."""

    code: str
    name: str
    positioning: str
    customers: int
    aum_fen: int
    share: float | None
    primary: int
    unknown: int
    missing: tuple[tuple[str, int], ...]
    where: str
    where_primary: str
    where_unknown: str


@dataclass(frozen=True, slots=True)
class SegmentBoard:
    """All eight in their order; `unsorted`: told in all eight and in none; `open`: no primary yet."""

    as_of: str
    total: int
    rows: tuple[SegmentRow, ...]
    unsorted: int
    open: int


def quadrant_board(conn: Connection, layers: Layers, rules: Rules) -> QuadrantBoard:
    """Counts and assets of the newest month, names of the largest, moves since the last quarter end."""
    now, before, aum = layers.column(NOW), layers.column(BEFORE), layers.column("balance")
    source = layers.source([NOW, BEFORE, SIZE, BOSS, "balance"])
    rows = conn.execute(
        select(now, before, func.count(), func.sum(func.coalesce(aum, 0)))
        .select_from(source)
        .group_by(now, before)
        .order_by(now, before)
    ).all()
    cells = []
    for code, one in quadrants().items():
        mine = [row for row in rows if row[0] == code]
        came = {row[1]: row[2] for row in mine if row[1] not in (None, code)}
        left = {row[0]: row[2] for row in rows if row[1] == code and row[0] not in (None, code)}
        cells.append(
            QuadrantCell(
                code, _(one.name), _(one.place), _(one.mnemonic), _(one.stance),
                sum(row[2] for row in mine), sum(row[3] for row in mine), f"{NOW} = {code}",
                _largest(conn, layers, now == code, _NAMES) if mine else (),
                tuple(came.items()), tuple(left.items()),
            )
        )  # fmt: skip
    open_rows = [row for row in rows if row[0] is None]
    big = select(func.count()).select_from(source)
    big = big.where(now.is_(None), layers.column(SIZE).in_(("big", "potential")))
    boss = layers.column(BOSS) == 1
    found = _largest(conn, layers, boss, rules.whole("genes.silent_bosses"))
    number = conn.execute(select(func.count()).select_from(source).where(boss)).scalar_one()
    unknown = sum(row[2] for row in open_rows)
    reason = ""
    if unknown:
        reason = _("{n} 户熟悉度未知:账本里没有联系记录,登记或导入后就能分出四象限。").format(n=unknown)
    return QuadrantBoard(
        layers.as_of, tuple(cells), unknown, conn.execute(big).scalar_one(),
        sum(row[3] for row in open_rows), reason, found, number,
    )  # fmt: skip


def _largest(conn: Connection, layers: Layers, condition: Expr, most: int) -> tuple[Person, ...]:
    """Those with the highest daily average, each with why contact is missing."""
    average, score = layers.column("average"), layers.column("familiarity")
    silent = layers.column("days_since_talk")
    asked = (
        select(customers.c.customer_no, customers.c.name, average, score, silent)
        .select_from(
            layers.source(
                [NOW, SIZE, BOSS, "average", "familiarity", "days_since_talk", "customer_no", "name"]
            )
        )
        .where(condition)
        .order_by(func.coalesce(average, 0).desc(), layers.customer_id)
        .limit(most)
    )
    return tuple(Person(row[0], row[1] or "", row[2], _why(row[3], row[4])) for row in conn.execute(asked))


def _why(score: int | None, silent: int | None) -> str:
    if score is None:
        return _("没有联系记录,熟悉度未知")
    if silent is None:
        return _("熟悉度 {score} 分").format(score=score)
    return _("熟悉度 {score} 分,{days} 天没有双向沟通").format(score=score, days=silent)


def segment_board(conn: Connection, layers: Layers) -> SegmentBoard:
    """One pass over the layers: hit, not told, primary and the inputs lacking, per segment."""
    aum, primary = layers.column("balance"), layers.column(MAIN)
    names = [one.column for one in segments()]
    inputs = [name for one in segments() for name, _question in one.inputs]
    asked: dict[str, Expr] = {
        "total": func.count(),
        "none": _number(primary == "none"),
        "open": _number(primary.is_(None)),
    }
    for one in segments():
        flag = layers.column(one.column)
        asked[f"{one.code}_hit"] = _number(flag == 1)
        asked[f"{one.code}_aum"] = func.sum(case((flag == 1, func.coalesce(aum, 0)), else_=0))
        asked[f"{one.code}_open"] = _number(flag.is_(None))
        asked[f"{one.code}_main"] = _number(primary == one.code)
        for name, _question in one.inputs:
            lacking = and_(flag.is_(None), layers.column(name).is_(None))
            asked[f"{one.code}_without_{name}"] = _number(lacking)
    row = conn.execute(
        select(*(e.label(name) for name, e in asked.items())).select_from(
            layers.source([*names, *inputs, MAIN, "balance"])
        )
    ).one()
    found = row._mapping
    total = found["total"] or 0
    return SegmentBoard(
        layers.as_of,
        total,
        tuple(
            SegmentRow(
                one.code, _(one.name), _(one.positioning), _of(found, f"{one.code}_hit"), _of(found, f"{one.code}_aum"),
                _of(found, f"{one.code}_hit") / (total - _of(found, f"{one.code}_open"))
                if total > _of(found, f"{one.code}_open") else None,
                _of(found, f"{one.code}_main"), _of(found, f"{one.code}_open"),
                tuple(
                    sorted(
                        (
                            (called(name), _of(found, f"{one.code}_without_{name}"))
                            for name, _question in one.inputs
                            if _of(found, f"{one.code}_without_{name}")
                        ),
                        key=lambda pair: -pair[1],
                    )
                ),
                one.column, f"{MAIN} = {one.code}", f"{one.column} is missing",
            )
            for one in segments()
        ),
        _of(found, "none"), _of(found, "open"),
    )  # fmt: skip


def _number(condition: Expr) -> Expr:
    return func.sum(case((condition, 1), else_=0))


def _of(found: object, name: str) -> int:
    """A sum, 0 over no rows."""
    return int(found[name] or 0)  # type: ignore[index]
