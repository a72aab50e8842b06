"""The check of a month, of all customers or of one: which rules and figures it stands on, and its statements, made once
for as long as these stay as they are (domain 4.3-4.5)."""

import hashlib
from dataclasses import replace
from threading import Lock

from sqlalchemy import Connection, func, select

from db.audit import revision
from db.record import batches, changes
from workbench.base.expressions import fall
from workbench.insight.churn.statement import Assessed, CheckStatement
from workbench.insight.churn.window import Months, Window, WindowCoverage, coverage_of
from workbench.insight.measures.standing import Standing, StandingRun
from workbench.rules.parameters import Rules
from workbench.rules.tiers import Ladder

#: raised when the meaning of the rules changes in code, so that results stored by an older program are recomputed
LOGIC = "8"
#: what the rules look at, for the newest month: one row per customer, brought forward by an import; first what the order of
#: the lit customers follows from
STANDING = Standing("check", first=("recent_high", "aum_balance_0"))
#: statements that are kept, the latest used last; they hold no figure of any book, but 20,000 objects each, which every
#: collection of garbage goes through
_MOST_KEPT = 4

_Key = tuple[str, str, WindowCoverage, tuple[tuple[str, float], ...], bool, StandingRun | None]
_kept: dict[_Key, CheckStatement] = {}
_at_once = Lock()


def version(rules: Rules) -> str:
    """The version of stored results: that of the parameters in force, and LOGIC."""
    return f"{rules.version}.{LOGIC}"


def guard_of(conn: Connection, month: str) -> str | None:
    """The sentence of the data guard (domain 4.5-9) if the month's newest customer list tripped it, else None."""
    newest = (
        select(batches.c.guard)
        .select_from(batches.join(changes, changes.c.id == batches.c.change_id))
        .where(changes.c.state == "done", batches.c.kind == "customers", batches.c.month == month)
        .order_by(batches.c.id.desc())
        .limit(1)
    )
    return conn.execute(newest).scalar()


def planned(conn: Connection, month: str, rules: Rules) -> CheckStatement | None:
    """The statements of a check of `month`; None when it has no customer list.

    They read that month and earlier ones only, so later months change nothing; by the figures that stand in the book,
    where they are of this month, revision and rules.
    """
    coverage = coverage_of(conn, month, rules)
    if coverage is None:
        return None
    peers = peer_medians(conn, Window(month, coverage), rules) if rules.flag("S3.net_of_peers") else {}
    guarded = guard_of(conn, month) is not None
    key: _Key = (month, version(rules), coverage, tuple(sorted(peers.items())), guarded, None)
    check = _statement(key, rules)
    run = STANDING.run(conn)
    if run is None or run != standing_on(check, revision(conn), rules):
        return check
    # the table is the same at every revision
    return _statement((*key[:-1], replace(run, revision=0)), rules)


def planned_over(conn: Connection, month: str, rules: Rules, over: Months) -> CheckStatement | None:
    """`planned` over copies of the months (see `Window`), kept nowhere: for one who checks many months in turn."""
    coverage = coverage_of(conn, month, rules)
    if coverage is None:
        return None
    window = Window(month, coverage, over)
    if rules.flag("S3.net_of_peers"):
        window.peers = peer_medians(conn, Window(month, coverage), rules)
    return CheckStatement(window, rules, guarded=guard_of(conn, month) is not None)


def _statement(key: _Key, rules: Rules) -> CheckStatement:
    """The statements of a key, made once: over the months themselves, or over the standing figures of its run."""
    month, _version, coverage, peers, guarded, run = key
    with _at_once:
        check = _kept.pop(key, None)
        if check is None:
            window = Window(month, coverage)
            window.peers = dict(peers)
            check = CheckStatement(window, rules, guarded=guarded)
            if run is not None:
                window.standing = STANDING.source(run)
        _kept[key] = check
        while len(_kept) > _MOST_KEPT:
            _kept.pop(next(iter(_kept)))
        return check


def standing_on(check: CheckStatement, revision: int, rules: Rules) -> StandingRun:
    """The run of the standing figures that a check looks at, at a revision of the book.

    What they follow from beside each customer's own rows: rules, code, and the lists that there are.
    """
    window = check.window
    parts = f"{version(rules)} {window.coverage.in_brief} {sorted(window.peers.items())}"
    basis = hashlib.sha256(parts.encode()).hexdigest()[:16]
    return StandingRun(window.month, revision, basis, check.standing_columns)


def assess(conn: Connection, month: str, rules: Rules, customer_id: int) -> Assessed | None:
    """One customer as of a month, stored nowhere; None when the month does not list him."""
    check = planned(conn, month, rules)
    return None if check is None else check.alone(conn, customer_id)


def peer_medians(conn: Connection, window: Window, rules: Rules) -> dict[str, float]:
    """The median fall of the daily average this month by level, as a share of 1, where it fell (domain 4.5-2).

    Levels with too few customers are left out: their median says nothing.
    """
    last = window.average(1)
    level = Ladder.of(rules).level_of(last, window.at("last_txn_date", 1), window.as_of)
    change = fall(window.at("aum_daily_average"), last)
    each = select(level.label("level"), change.label("change")).select_from(window.table()).subquery("each")
    place = func.row_number().over(partition_by=each.c.level, order_by=each.c.change)
    number = func.count().over(partition_by=each.c.level)
    ordered = (
        select(each, place.label("place"), number.label("number"))
        .where(each.c.change.is_not(None))
        .subquery("ordered")
    )
    middle = (
        select(ordered.c.level, func.avg(ordered.c.change))
        .where(
            ordered.c.number >= rules.whole("S3.least_peers"),
            ordered.c.place * 2 >= ordered.c.number,
            ordered.c.place * 2 <= ordered.c.number + 2,
        )
        .group_by(ordered.c.level)
    )
    return {str(name): float(median) for name, median in conn.execute(middle) if median > 0}
