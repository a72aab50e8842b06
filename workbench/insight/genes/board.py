"""The boards of customer genes: four quadrants with movements, the silent bosses to win, eight segments (domain 2.1, 2.3)."""

from dataclasses import dataclass

from sqlalchemy import Connection, and_, case, func, select

from db.tables import customers
from workbench.base.expressions import Expr
from workbench.base.i18n import _
from workbench.insight.genes.data import quadrants, segments
from workbench.insight.genes.wording import called
from workbench.insight.tags.layers import Layers
from workbench.rules.parameters import Rules

SIZE, NOW, BEFORE = "g_size_now_m0", "g_quad_now_d0", "g_quad_before_q1"
BOSS, MAIN = "g_boss_silent_d0", "g_seg_main_m0"
#: customers named in each quadrant
_NAMES = 5


@dataclass(frozen=True, slots=True)
class BoardPerson:
    """A customer named on a board; `aum_fen` is the daily average."""

    customer_no: str
    name: str
    aum_fen: int | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class QuadrantCell:
    """One field of the 2x2. `where` is the condition of its customers; `came` and `left` are the moves since the last
    quarter end as (code of the other quadrant, customers)."""

    code: str
    name: str
    place: str
    mnemonic: str
    stance: str
    customers: int
    aum_fen: int
    where: str
    top: tuple[BoardPerson, ...]
    came: tuple[tuple[str, int], ...]
    left: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class QuadrantBoard:
    """The four quadrants. For `unknown` customers no familiarity is known (`unknown_big` of them big or potentially so);
    `reason` says how to change that. `bosses`: the first of the `bosses_all` silent bosses (沉默大boss)."""

    as_of: str
    cells: tuple[QuadrantCell, ...]
    unknown: int
    unknown_big: int
    unknown_aum_fen: int
    reason: str
    bosses: tuple[BoardPerson, ...]
    bosses_all: int


@dataclass(frozen=True, slots=True)
class SegmentRow:
    """One segment. `share` (0..1) is of the customers who can be judged; `missing`: (field, customers who lack it)."""

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
    """The eight segments in order; `unsorted` customers are judged in all eight and belong to none; `open` ones have no
    primary segment yet because some cannot be judged."""

    as_of: str
    total: int
    rows: tuple[SegmentRow, ...]
    unsorted: int
    open: int


def quadrant_board(conn: Connection, layers: Layers, rules: Rules) -> QuadrantBoard:
    """The quadrants of the newest month: counts, assets (fen), the largest customers, moves since the last quarter end."""
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
        members = [row for row in rows if row[0] == code]
        came = {row[1]: row[2] for row in members if row[1] not in (None, code)}
        left = {row[0]: row[2] for row in rows if row[1] == code and row[0] not in (None, code)}
        cells.append(
            QuadrantCell(
                code, _(one.name), _(one.place), _(one.mnemonic), _(one.stance),
                sum(row[2] for row in members), sum(row[3] for row in members), f"{NOW} = {code}",
                _largest(conn, layers, now == code, _NAMES) if members else (),
                tuple(came.items()), tuple(left.items()),
            )
        )  # fmt: skip
    open_rows = [row for row in rows if row[0] is None]
    big = select(func.count()).select_from(source)
    big = big.where(now.is_(None), layers.column(SIZE).in_(("big", "potential")))
    boss = layers.column(BOSS) == 1
    bosses = _largest(conn, layers, boss, rules.whole("genes.silent_bosses"))
    number = conn.execute(select(func.count()).select_from(source).where(boss)).scalar_one()
    unknown = sum(row[2] for row in open_rows)
    reason = ""
    if unknown:
        reason = _("{n} 户熟悉度未知:账本里没有联系记录,登记或导入后就能分出四象限。").format(n=unknown)
    return QuadrantBoard(
        layers.as_of, tuple(cells), unknown, conn.execute(big).scalar_one(),
        sum(row[3] for row in open_rows), reason, bosses, number,
    )  # fmt: skip


def _largest(conn: Connection, layers: Layers, condition: Expr, most: int) -> tuple[BoardPerson, ...]:
    """The `most` customers of a condition with the highest daily average, each with his familiarity in words."""
    average, score = layers.column("average"), layers.column("familiarity")
    silent = layers.column("days_since_talk")
    query = (
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
    return tuple(
        BoardPerson(row[0], row[1] or "", row[2], _why(row[3], row[4])) for row in conn.execute(query)
    )


def _why(score: int | None, silent: int | None) -> str:
    if score is None:
        return _("没有联系记录,熟悉度未知")
    if silent is None:
        return _("熟悉度 {score} 分").format(score=score)
    return _("熟悉度 {score} 分,{days} 天没有双向沟通").format(score=score, days=silent)


def segment_board(conn: Connection, layers: Layers) -> SegmentBoard:
    """The eight segments of the newest month, in one query: hits, unknown, primary, and inputs that are missing."""
    aum, primary = layers.column("balance"), layers.column(MAIN)
    names = [one.column for one in segments()]
    inputs = [name for one in segments() for name, _question in one.inputs]
    columns: dict[str, Expr] = {
        "total": func.count(),
        "none": _number(primary == "none"),
        "open": _number(primary.is_(None)),
    }
    for one in segments():
        flag = layers.column(one.column)
        columns[f"{one.code}_hit"] = _number(flag == 1)
        columns[f"{one.code}_aum"] = func.sum(case((flag == 1, func.coalesce(aum, 0)), else_=0))
        columns[f"{one.code}_open"] = _number(flag.is_(None))
        columns[f"{one.code}_main"] = _number(primary == one.code)
        for name, _question in one.inputs:
            lacking = and_(flag.is_(None), layers.column(name).is_(None))
            columns[f"{one.code}_without_{name}"] = _number(lacking)
    row = conn.execute(
        select(*(e.label(name) for name, e in columns.items())).select_from(
            layers.source([*names, *inputs, MAIN, "balance"])
        )
    ).one()
    sums = row._mapping
    total = sums["total"] or 0
    return SegmentBoard(
        layers.as_of,
        total,
        tuple(
            SegmentRow(
                one.code, _(one.name), _(one.positioning), _of(sums, f"{one.code}_hit"), _of(sums, f"{one.code}_aum"),
                _of(sums, f"{one.code}_hit") / (total - _of(sums, f"{one.code}_open"))
                if total > _of(sums, f"{one.code}_open") else None,
                _of(sums, f"{one.code}_main"), _of(sums, f"{one.code}_open"),
                tuple(
                    sorted(
                        (
                            (called(name), _of(sums, f"{one.code}_without_{name}"))
                            for name, _question in one.inputs
                            if _of(sums, f"{one.code}_without_{name}")
                        ),
                        key=lambda pair: -pair[1],
                    )
                ),
                one.column, f"{MAIN} = {one.code}", f"{one.column} is missing",
            )
            for one in segments()
        ),
        _of(sums, "none"), _of(sums, "open"),
    )  # fmt: skip


def _number(condition: Expr) -> Expr:
    return func.sum(case((condition, 1), else_=0))


def _of(sums: object, name: str) -> int:
    """A sum as int, 0 for NULL."""
    return int(sums[name] or 0)  # type: ignore[index]
