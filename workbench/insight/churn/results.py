"""Reads stored results of a check as frozen values. Evidence is looked up and sentences are built here, for those rows
that somebody reads, in the language in use."""

import datetime as dt
import json
from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Select, and_, func, select, union

from db.known import check_runs, light_decisions, trails
from db.tables import customers, risks, touches
from workbench.base.dates import shift_month
from workbench.base.months import data_date
from workbench.base.rows import named_rows
from workbench.insight.churn.assessing import guard_of
from workbench.insight.churn.chances import Chance, chance_of
from workbench.insight.churn.evidence import (
    NAMED,
    Stakes,
    VerdictEvidence,
    fact_sentences,
    hard_sentence,
    signal_sentence,
)
from workbench.insight.churn.fusion import PROFILES
from workbench.insight.churn.life.lives import with_states
from workbench.insight.churn.signals.registry import CODES
from workbench.insight.churn.statement import Assessed, named
from workbench.insight.churn.verdict import CustomerRisk, SignalVerdict
from workbench.rules.parameters import Rules
from workbench.rules.sentences import clause


def standing_at(conn: Connection, month: str, by: str) -> int | None:
    """The revision of the book that the month's stored results stand on; None when none are stored by these rules."""
    query = select(check_runs.c.revision).where(check_runs.c.month == month, check_runs.c.rule_version == by)
    return conn.execute(query).scalar()


def same_data(conn: Connection, month: str) -> bool:
    """Whether the month still has the data date of its stored results, and no data guard then or now."""
    row = conn.execute(select(check_runs).where(check_runs.c.month == month)).first()
    return (
        row is not None
        and not row.guarded
        and row.as_of == data_date(conn, month)
        and guard_of(conn, month) is None
    )


def is_current(conn: Connection, month: str, revision: int, by: str) -> bool:
    """Whether the month's stored results stand on the present figures and rules."""
    return standing_at(conn, month, by) == revision


def lights(conn: Connection, month: str) -> tuple[int, dict[str, int]]:
    """The number of customers checked, and of those with each light."""
    stored = conn.execute(select(check_runs.c.lights).where(check_runs.c.month == month)).scalar()
    numbers: dict[str, int] = json.loads(stored) if stored else {}
    return sum(numbers.values()), {light: numbers.get(light, 0) for light in ("red", "orange", "yellow")}


def never_judged(conn: Connection, month: str) -> tuple[str, ...]:
    """The codes of the signals that could not be judged for any customer of the month."""
    stored = conn.execute(select(check_runs.c.never_judged).where(check_runs.c.month == month)).scalar()
    return tuple(json.loads(stored)) if stored else ()


def ranking(
    conn: Connection, month: str, rules: Rules, *, light: str | None, offset: int, limit: int | None
) -> list[CustomerRisk]:
    """A window of the month's ranking, each with the signals hit; `limit` None: to the end."""
    query = _risks(month).order_by(risks.c.rank)
    if light is not None:
        query = query.where(risks.c.light == light)
    if offset or limit is not None:
        # SQLite knows no offset without a limit
        query = query.limit(limit if limit is not None else 1 << 31).offset(offset)
    rows = conn.execute(query).all()
    return _read(conn, month, rows, rules)


def of_customer(conn: Connection, month: str, customer_id: int, rules: Rules) -> CustomerRisk | None:
    """One customer's stored result of a month; None when he was not checked."""
    risks_of_customer = _read(
        conn, month, conn.execute(_risks(month).where(risks.c.customer_id == customer_id)).all(), rules
    )
    return risks_of_customer[0] if risks_of_customer else None


def lit(
    conn: Connection,
    month: str,
    rules: Rules,
    day: dt.date | None = None,
    only: Collection[int] | None = None,
) -> list[CustomerRisk]:
    """All customers with a light in brief (see `worded`), or those of a few (`only`, ids), by rank; their states as of a day
    (None: today).

    Of the evidence they carry what is at stake (see `life.state.stakes`).
    """
    query = _few(_risks(month).where(risks.c.light.is_not(None)), only).order_by(risks.c.rank)
    rows = named_rows(conn.execute(query))
    stakes = Stakes(conn, month, rules, rows[-1].rank if rows else 0, only)
    return _with_states(conn, month, rows, _in_brief(rows, rules, stakes), rules, day)


def ranks(conn: Connection, month: str, others: Collection[int] = ()) -> dict[int, int]:
    """Customer id -> rank, of all with a light and of some `others` in a month."""
    query = select(risks.c.customer_id, risks.c.rank).where(risks.c.month == month)
    wanted = sorted(others)
    parts = [wanted[start : start + NAMED] for start in range(0, len(wanted), NAMED)]
    wheres = [risks.c.light.is_not(None), *(risks.c.customer_id.in_(part) for part in parts)]
    return {id_: rank for where in wheres for id_, rank in conn.execute(query.where(where)).all()}


def _few(query: Select[Any], only: Collection[int] | None) -> Select[Any]:
    return query if only is None else query.where(risks.c.customer_id.in_(only))


def out_of_light(
    conn: Connection,
    month: str,
    rules: Rules,
    day: dt.date | None = None,
    only: Collection[int] | None = None,
) -> list[CustomerRisk]:
    """Customers without a light whose life goes on, in brief, all or those of a few (`only`, ids): explained, or back after
    a light of the last months; by rank."""
    earlier = select(risks.c.customer_id).where(
        risks.c.month.between(shift_month(month, -rules.whole("life.back_months")), month),
        risks.c.month < month,
        risks.c.light.is_not(None),
    )
    decided = select(light_decisions.c.customer_id).where(light_decisions.c.kind == "explain")
    told = select(touches.c.customer_id).where(touches.c.result.in_(rules.words("explained.results")))
    parts = [
        one if only is None else one.where(one.selected_columns.customer_id.in_(only))
        for one in (earlier, decided, told)
    ]
    among = union(*parts)
    ids = conn.execute(among).scalars().all()
    if not ids:
        return []
    theirs = risks.c.customer_id.in_(ids if len(ids) <= NAMED else among)
    query = _few(_risks(month).where(risks.c.light.is_(None), theirs), only).order_by(risks.c.rank)
    rows = conn.execute(query).all()
    brief = _with_states(conn, month, rows, _in_brief(rows, rules), rules, day)
    return [one for one in brief if one.state is not None]


def worded(conn: Connection, month: str, brief: Sequence[CustomerRisk], rules: Rules) -> list[CustomerRisk]:
    """Customers read in brief with all that is said of them: the signals with reasons and evidence, the hard rule, the facts.
    Who is no longer in the ranking stays as he is."""
    ids = [one.customer_id for one in brief]
    query = _risks(month)
    if len(ids) <= NAMED:
        query = query.where(risks.c.customer_id.in_(ids))
    elif all(one.light for one in brief):
        query = query.where(risks.c.light.is_not(None))
    wanted = frozenset(ids)
    rows = [row for row in conn.execute(query) if row.customer_id in wanted]
    whole = {one.customer_id: one for one in _verdicts(conn, month, rows, rules)}
    return [
        one
        if (verdict := whole.get(one.customer_id)) is None
        else replace(
            verdict, state=one.state, state_reason=one.state_reason, since=one.since, rests=one.rests
        )
        for one in brief
    ]


def as_fact(
    conn: Connection, month: str, result: Assessed, name: str, opened: str | None, rules: Rules, *, rank: int
) -> CustomerRisk:
    """A result that was not stored, as a frozen value; `rank` is the last known one, 0 when never ranked."""
    verdicts = tuple(
        SignalVerdict(
            hit.code,
            "hit",
            hit.severity,
            hit.grade,
            signal_sentence(hit.code, hit.evidence, result.facts, rules),
            hit.evidence,
        )
        for hit in result.hits
    )
    return CustomerRisk(
        result.customer_id, result.customer_no, name, result.risk, result.light, rank, result.aum, result.tier, verdicts,
        result.cannot_tell, result.profiles, hard_sentence(result.hard_rule, result.hard_figures, rules),
        _Unlit(conn, month, rules).reason(result.light, result.risk, opened),
        facts=fact_sentences(result.facts, result.hard_rule, result.hard_figures, rules),
        chance=_chance(result.risk, result.aum, result.cannot_tell, rules),
    )  # fmt: skip


def _risks(month: str) -> Select[Any]:
    return (
        select(
            risks,
            customers.c.customer_no,
            customers.c.name,
            customers.c.open_date,
            # the level in force, once the trails are computed
            func.coalesce(trails.c.tier, risks.c.tier).label("level"),
        )
        .select_from(
            risks.join(customers, customers.c.id == risks.c.customer_id).outerjoin(
                trails, and_(trails.c.customer_id == risks.c.customer_id, trails.c.month == risks.c.month)
            )
        )
        .where(risks.c.month == month)
    )


def _read(
    conn: Connection, month: str, rows: Sequence[Any], rules: Rules, day: dt.date | None = None
) -> list[CustomerRisk]:
    return _with_states(conn, month, rows, _verdicts(conn, month, rows, rules), rules, day)


def _with_states(
    conn: Connection, month: str, rows: Sequence[Any], verdicts: Sequence[CustomerRisk], rules: Rules, day: dt.date | None
) -> list[CustomerRisk]:  # fmt: skip
    hard = {row.customer_id: row.hard_rule for row in rows}
    return with_states(conn, month, verdicts, hard, rules, day)


def _verdicts(conn: Connection, month: str, rows: Sequence[Any], rules: Rules) -> list[CustomerRisk]:
    behind = VerdictEvidence(conn, month, rows, rules)
    unlit = _Unlit(conn, month, rules)
    return [
        replace(
            one,
            signals=behind.signals(row.customer_id),
            hard_rule=behind.hard_rule(row.customer_id, row.hard_rule),
            no_light=unlit.reason(row.light, row.risk, row.open_date),
            facts=behind.facts(row.customer_id, row.facts, row.hard_rule),
        )
        for row, one in zip(rows, _in_brief(rows, rules), strict=True)
    ]


def _in_brief(rows: Sequence[Any], rules: Rules, behind: Stakes | None = None) -> list[CustomerRisk]:
    """The customers without what has to be put into words; with the signals hit where `behind` tells them."""
    fragile = {bits: named(PROFILES, bits) for bits in {row.profiles for row in rows}}
    unknown = {bits: named(CODES, bits) for bits in {row.cannot_tell for row in rows}}
    return [
        CustomerRisk(
            row.customer_id, row.customer_no, row.name or "", row.risk, row.light, row.rank, row.aum, row.level,
            behind.signals(row.customer_id) if behind else (), unknown[row.cannot_tell], fragile[row.profiles],
            chance=_chance(row.risk, row.aum, unknown[row.cannot_tell], rules),
        )
        for row in rows
    ]  # fmt: skip


class _Unlit:
    """The reason why a customer with a high enough risk carries no light (domain 4.5)."""

    def __init__(self, conn: Connection, month: str, rules: Rules) -> None:
        self._rules = rules
        self._least = rules.numbers("lights")[0]
        self._guarded = guard_of(conn, month) is not None
        as_of = dt.date.fromisoformat(data_date(conn, month) or month + "-01")
        self._fresh = (as_of - dt.timedelta(days=rules.whole("light.new_days"))).isoformat()

    def reason(self, light: str | None, risk: float, opened: str | None) -> str | None:
        """The sentence; None for a customer with a light or with a risk below the yellow line."""
        rules = self._rules
        if light is not None or risk < self._least:
            return None
        if self._guarded:
            return rules.text("no_light.guard")
        if opened and opened > self._fresh:
            return clause(rules, "no_light.new", {"days": rules.whole("light.new_days")})
        return clause(rules, "no_light.small", {"line_fen": rules.number("light.lowest_line") * 100})


def _chance(risk: float, aum: int | None, cannot_tell: Collection[str], rules: Rules) -> Chance | None:
    """The measured chance of a risk; None where the fall of the assets cannot be told: the table was measured with it.
    None too for who has no assets (fen) and lost none that would light him: there is nothing that could leave."""
    if "S3" in cannot_tell or (aum is not None and aum <= 0 and risk < rules.numbers("lights")[0]):
        return None
    return chance_of(risk)
