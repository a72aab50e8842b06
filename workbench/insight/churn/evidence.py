"""What stands behind stored verdicts, as the book tells it now: signals with reasons and evidence for those that somebody
reads, and for all lit customers the few figures that their order needs."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, RowMapping, Select, or_, select

from db.tables import risks, signals
from workbench.insight.churn.assessing import planned
from workbench.insight.churn.sentences import left_to_say
from workbench.insight.churn.signals.registry import CODES
from workbench.insight.churn.statement import named_facts
from workbench.insight.churn.verdict import SignalVerdict
from workbench.rules.parameters import Rules
from workbench.rules.sentences import clause, reason

#: up to this many customers their ids go into a statement; beyond, it is told which they are
NAMED = 500
_PLACES = {code: place for place, code in enumerate(CODES)}


class Stakes:
    """The signals of all lit customers of a month, or of a few (`only`, ids), without their reasons; of the figures what is
    at stake. `last`: the last rank among them."""

    def __init__(
        self, conn: Connection, month: str, rules: Rules, last: int, only: Collection[int] | None = None
    ) -> None:
        # the rank bounds what is looked through: most who are ranked have no light
        of_month = risks.c.month == month, risks.c.rank <= last, risks.c.light.is_not(None)
        lit = select(risks.c.customer_id).where(*of_month)
        if only is not None:
            lit = lit.where(risks.c.customer_id.in_(only))
        query = select(signals.c.customer_id, signals.c.code, signals.c.severity, signals.c.grade).where(
            signals.c.month == month, signals.c.customer_id.in_(lit)
        )
        hits = conn.execute(query.order_by(signals.c.customer_id, signals.c.id)).all()
        check = planned(conn, month, rules) if hits else None
        figures: dict[int, Row[Any]] = {}
        if check is not None:
            figures = {row[0]: row for row in conn.execute(check.stakes(lit)).all()}
        self._verdicts: dict[int, list[SignalVerdict]] = {}
        for customer_id, code, severity, grade in hits:
            row = figures.get(customer_id)
            evidence = check.of_stakes(code, row) if check is not None and row is not None else {}
            verdict = SignalVerdict(code, "hit", severity, grade, "", evidence)
            self._verdicts.setdefault(customer_id, []).append(verdict)

    def signals(self, customer_id: int) -> tuple[SignalVerdict, ...]:
        """The signals hit, each with the recent high and the balance where it looks at them."""
        verdicts = self._verdicts.get(customer_id, ())
        if len(verdicts) > 1:
            verdicts = sorted(verdicts, key=_place)
        return tuple(verdicts)


def _place(verdict: SignalVerdict) -> int:
    return _PLACES[verdict.code]


class VerdictEvidence:
    """The signals and hard rules of some stored verdicts, with the figures behind them as the book tells them now."""

    def __init__(self, conn: Connection, month: str, rows: Sequence[Any], rules: Rules) -> None:
        self._rules = rules
        self._hits: dict[int, list[Any]] = {}
        self._facts = {row.customer_id: row.facts for row in rows}
        ids = [row.customer_id for row in rows]
        few = ids if len(ids) <= NAMED else _same_lights(month, rows)
        query = select(signals).where(signals.c.month == month, signals.c.customer_id.in_(few))
        for hit in conn.execute(query.order_by(signals.c.customer_id, signals.c.id)) if rows else ():
            self._hits.setdefault(hit.customer_id, []).append(hit)
        worded = {*self._hits, *(row.customer_id for row in rows if row.hard_rule or row.facts)}
        explained = worded.intersection(ids)
        self._check = planned(conn, month, rules) if explained else None
        self._figures: dict[int, RowMapping] = {}
        if self._check is not None:
            of = sorted(explained) if len(explained) <= NAMED else few
            self._figures = {
                row["customer_id"]: row
                for row in self._check.evidence_rows(conn, of)
                if row["customer_id"] in explained
            }

    def signals(self, customer_id: int) -> tuple[SignalVerdict, ...]:
        """The signals hit, with reason and evidence."""
        hits = sorted(self._hits.get(customer_id, ()), key=lambda hit: CODES.index(hit.code))
        return tuple(self._signal(hit) for hit in hits)

    def _signal(self, hit: Any) -> SignalVerdict:
        figures = self._figures.get(hit.customer_id)
        if self._check is None or figures is None:
            return SignalVerdict(hit.code, "hit", hit.severity, hit.grade, "")
        evidence = self._check.of_signal(hit.code, figures)
        words = signal_sentence(hit.code, evidence, named_facts(self._facts[hit.customer_id]), self._rules)
        return SignalVerdict(hit.code, "hit", hit.severity, hit.grade, words, evidence)

    def hard_rule(self, customer_id: int, rule: str | None) -> str | None:
        """The sentence of the hard rule; None without one."""
        figures = self._figures.get(customer_id)
        if rule is None or self._check is None or figures is None:
            return None
        return hard_sentence(rule, self._check.of_hard_rules(figures), self._rules)

    def facts(self, customer_id: int, bits: int, rule: str | None) -> tuple[str, ...]:
        """The sentences of the facts; those of `rule` itself are left out."""
        figures = self._figures.get(customer_id)
        if not bits or self._check is None or figures is None:
            return ()
        return fact_sentences(named_facts(bits), rule, self._check.of_hard_rules(figures), self._rules)


def _same_lights(month: str, rows: Sequence[Any]) -> Select[tuple[int]]:
    """The customers with something to explain, of whom `rows` are many: with a light, where all of these have one."""
    of_month = select(risks.c.customer_id).where(risks.c.month == month)
    if all(row.light for row in rows):
        return of_month.where(risks.c.light.is_not(None))
    hit = select(signals.c.customer_id).where(signals.c.month == month)
    return of_month.where(
        or_(risks.c.hard_rule.is_not(None), risks.c.facts != 0, risks.c.customer_id.in_(hit))
    )


def signal_sentence(code: str, evidence: Mapping[str, Any], facts: Sequence[str], rules: Rules) -> str:
    """The sentence of a signal, without what the facts of the same verdict say already."""
    causes = left_to_say(code, evidence["causes"], facts)
    return reason(rules, code, {**evidence, "causes": causes})


def hard_sentence(rule: str | None, figures: Mapping[str, Any], rules: Rules) -> str | None:
    """The sentence of the hard rule that lifted the light; None without one."""
    return None if rule is None else clause(rules, f"hard.{rule}", figures)


def fact_sentences(
    facts: Sequence[str], rule: str | None, figures: Mapping[str, Any], rules: Rules
) -> tuple[str, ...]:
    """The sentences of the facts that are not the hard rule itself: 轻度/重度流失, money that still comes in."""
    return tuple(clause(rules, f"hard.{name}", figures) for name in facts if name != rule)
