"""Why somebody has a light, as every page, plan and command says it: each fact once, without doubled stops."""

from collections.abc import Mapping, Sequence

from workbench.insight.churn.verdict import CustomerRisk
from workbench.rules.parameters import Rules
from workbench.rules.sentences import undated

#: cause of a signal -> the fact of domain 4.4 that says the same in the bank's wording: it is said there
_REPEATED_BY: Mapping[tuple[str, str], str] = {("S3", "heavy"): "heavy"}
_STOPS = "。.;; "


def left_to_say(code: str, causes: Sequence[str], facts: Sequence[str]) -> list[str]:
    """The causes of a signal that no fact beside it says already; all of them where nothing would be left."""
    left = [one for one in causes if _REPEATED_BY.get((code, one)) not in facts]
    return left or list(causes)


def sentences(risk: CustomerRisk, rules: Rules) -> list[str]:
    """The hard rule, then the heaviest signal first; without date and full stop, none twice."""
    heaviest_first = sorted(risk.signals, key=lambda verdict: -verdict.grade)
    undated_ones = [
        undated(rules, str(one.evidence.get("as_of") or ""), one.reason) for one in heaviest_first
    ]
    said = (one.strip(_STOPS) for one in (risk.hard_rule or "", *undated_ones))
    return list(dict.fromkeys(filter(None, said)))


def foremost(risk: CustomerRisk, rules: Rules) -> str:
    """The first clause alone, which has the key figures; '' without any."""
    return opening(next(iter(sentences(risk, rules)), ""), rules)


def opening(clauses: str, rules: Rules) -> str:
    """The first of some clauses that stand in one sentence without date, without full stop."""
    return clauses.split(rules.text("reason.joint"))[0].strip(_STOPS)


def in_one(risk: CustomerRisk, rules: Rules) -> str:
    """All of them as one clause without date, for a list whose head names it; '' without any."""
    return rules.text("reason.joint").join(sentences(risk, rules))


def dated(risk: CustomerRisk, rules: Rules, as_of: str | None) -> str:
    """All of them as one sentence that begins with its date once; '' without any."""
    clauses = in_one(risk, rules)
    return rules.text("reason.head").format(as_of=as_of, clauses=clauses) if clauses and as_of else clauses
