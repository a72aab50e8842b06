"""The trails of every customer of a month, computed in whole columns: the same rows as `trails.compute_trails`."""

from collections.abc import Iterable
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, Text, cast, func

from workbench.base.expressions import Expr
from workbench.insight.levels.folding import MISSING, NONE, Flags, FoldedTrails, Wholes, fold_all
from workbench.insight.levels.movement import Policy
from workbench.insight.levels.trails import COLUMNS, asleep_since, averages_of, run_of_months
from workbench.rules.parameters import Rules
from workbench.rules.tiers import ASLEEP, Ladder

Objects: TypeAlias = NDArray[np.object_]


def all_trails(conn: Connection, month: str, rules: Rules) -> Iterable[tuple[Any, ...]]:
    """Rows of `trails` for the customers listed in `month`, in the order of COLUMNS; stores nothing."""
    run = run_of_months(conn, month, rules)
    rows = conn.execute(averages_of(run, _packed)).all() if run else []
    if not rows:
        return ()
    ids, opened, active, active_before, texts = zip(*rows, strict=True)
    averages = np.fromstring(",".join(texts), dtype=np.int64, sep=",").reshape(len(rows), len(run))
    ladder = Ladder.of(rules)
    trail = fold_all(averages, ladder, Policy.of(rules))
    months: Objects = np.array([*run, None], dtype=object)
    levels: Objects = np.array([*ladder.codes, ASLEEP, None], dtype=object)
    asleep = len(ladder.codes)
    since = asleep_since(conn, ladder, run)
    now = _asleep(averages[:, -1], active, since[-1], ladder) & (trail.reached == 0)
    then = _asleep(averages[:, -2:][:, 0], active_before, since[0], ladder) & (trail.before == 0)
    qualified = _qualified(averages, opened, run, trail, round(rules.number("tiers.qualified_line") * 100))
    figures: dict[str, Objects] = {
        "tier": levels[np.where(now & (trail.tier == 0), asleep, trail.tier)],
        "reached": levels[np.where(now, asleep, trail.reached)],
        "tier_before": levels[np.where(then, asleep, trail.before)],
        "watch": trail.watch.astype(object),
        "attention": trail.attention.astype(np.int64).astype(object),
        "falls_in": np.array(_where(trail.falls_in.astype(object), trail.falls_in != NONE), dtype=object),
        "since": months[trail.since],
        "upgraded": months[trail.upgraded],
        "downgraded": months[trail.downgraded],
        "fell_from": levels[trail.fell_from],
        "first_month": months[trail.first],
        "peak": trail.peak.astype(object),
        "peak_month": months[trail.peak_at],
        "qualified": months[qualified],
    }
    columns: dict[str, list[Any]] = {name: _where(figure, trail.told) for name, figure in figures.items()}
    columns |= {"customer_id": list(ids), "month": [month] * len(ids)}
    columns["months_told"] = trail.months_told.tolist()
    for name, length in (("peak_6", 6), ("peak_12", 12)):
        highest = averages[:, -length:].max(axis=1)
        columns[name] = _where(highest.astype(object), highest != MISSING)
    return zip(*(columns[name] for name in COLUMNS), strict=True)


def _packed(averages: list[Expr]) -> list[Expr]:
    """The averages as one text: a value for each would be made into an object of its own."""
    parts = [func.coalesce(cast(average, Text), str(MISSING), type_=Text()) for average in averages]
    packed: Expr = parts[0]
    for part in parts[1:]:
        packed = packed + "," + part
    return [packed.label("averages")]


def _where(figure: Objects, known: Flags) -> list[Any]:
    """The figure where it is known, else None."""
    values = figure.copy()
    values[~known] = None
    objects: list[Any] = values.tolist()
    return objects


def _asleep(average: Wholes, active: tuple[str | None, ...], since: str, ladder: Ladder) -> Flags:
    """Whether an account is empty and its last transaction lies before a day (ISO)."""
    idle = np.fromiter((day is not None and day < since for day in active), dtype=bool, count=len(active))
    asleep: Flags = (average != MISSING) & (average < ladder.sleep_below) & idle
    return asleep


def _qualified(
    averages: Wholes, opened: tuple[str | None, ...], run: list[str], trail: FoldedTrails, line: int
) -> Wholes:
    """The place of the first month at or above the line in fen, by the rule of `trails.compute_trails`."""
    reaches = averages >= line
    first = np.where(reaches.any(axis=1), reaches.argmax(axis=1), NONE)
    fresh = np.fromiter(
        (place != NONE and (day or "")[:7] == run[place] for place, day in zip(first.tolist(), opened, strict=True)),
        dtype=bool,
        count=len(opened),
    )  # fmt: skip
    return np.where((first > trail.first) | fresh, first, NONE)
