"""What cannot be told of a customer, and the columns that would unlock it: one line on a portrait, whole in a list."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from workbench.base.i18n import _, commas
from workbench.insight.churn.verdict import CustomerRisk
from workbench.insight.portrait.behaviour import Behaviour
from workbench.insight.portrait.features import unlocked_by
from workbench.insight.tags.explain import TagOnCustomer
from workbench.rules.parameters import Rules

#: columns that the line names; those that unlock most come first
_MOST = 4
UntoldKind = Literal["signal", "habit", "tag"]


@dataclass(frozen=True, slots=True)
class Untold:
    """One thing that cannot be told. `columns`: the labels of the columns that would unlock it, () where no column does;
    `lacks`: what is lacking, in words."""

    kind: UntoldKind
    name: str
    columns: tuple[str, ...]
    lacks: str

    def as_json(self) -> dict[str, Any]:
        """For programs."""
        return {"kind": self.kind, "name": self.name, "columns": list(self.columns), "lacks": self.lacks}


def untold(
    known: Collection[str],
    risk: CustomerRisk | None,
    behaviour: Behaviour | None,
    tags: Sequence[TagOnCustomer],
    rules: Rules,
) -> tuple[Untold, ...]:
    """The signals, habits and tags that cannot be told of a customer; `known`: the fields that the lists report of him."""
    return (
        *_signals(known, risk, rules),
        *(Untold("habit", one.name, one.missing, one.lacks) for one in (behaviour.off if behaviour else ())),
        *(
            Untold("tag", tag.label, (), commas(tag.missing) or tag.reason)
            for tag in tags
            if tag.state == "unknown"
        ),
    )


def _signals(known: Collection[str], risk: CustomerRisk | None, rules: Rules) -> Iterator[Untold]:
    for code in risk.cannot_tell if risk else ():
        columns = unlocked_by(code, known)
        lacks = _("缺「{columns}」").format(columns=commas(columns)) if columns else _("记录太少")
        yield Untold("signal", rules.text(f"{code}.name"), columns, lacks)


def in_one_line(rows: Sequence[Untold]) -> str:
    """How many signals, habits and tags cannot be told, and the columns that would unlock most; '' where only tags cannot,
    which is nearly always."""
    count = Counter(one.kind for one in rows)
    if not count["signal"] and not count["habit"]:
        return ""
    unlocking = Counter(column for one in rows for column in one.columns)
    kinds: tuple[tuple[UntoldKind, str], ...]
    kinds = (("signal", _("{n} 项信号")), ("habit", _("{n} 项交易行为")), ("tag", _("{n} 个标签")))
    if not unlocking:
        what = commas(words.format(n=count[kind]) for kind, words in kinds[:2] if count[kind])
        return _("看不到 {what}:记录太少").format(what=what)
    what = commas(words.format(n=count[kind]) for kind, words in kinds if count[kind])
    named = commas(column for column, _times in unlocking.most_common(_MOST))
    if len(unlocking) > _MOST:
        return _("看不到 {what}:名单带上「{columns}」等 {n} 列就有").format(
            what=what, columns=named, n=len(unlocking)
        )
    return _("看不到 {what}:名单带上「{columns}」就有").format(what=what, columns=named)
