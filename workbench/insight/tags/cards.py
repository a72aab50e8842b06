"""The list and the cards of tags: rules in words, parameters, inputs, users, the customers of each value (domain 11.2)."""

from dataclasses import dataclass
from typing import Any

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.terms import Term
from workbench.insight.language.check import check
from workbench.insight.language.parse import parse
from workbench.insight.language.words import in_words
from workbench.insight.tags.checks import State, value_word
from workbench.insight.tags.definition import Tag, params_of
from workbench.insight.tags.faults import TagFault
from workbench.insight.tags.health import HealthReport, TagHealth
from workbench.insight.tags.library import Library
from workbench.insight.tags.own import is_override
from workbench.insight.tags.spread import Spread
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule or case of a tag: `value` the case's value ('' for a rule), `text` as written, `words` in words."""

    value: str
    text: str
    words: str


@dataclass(frozen=True, slots=True)
class ValueShare:
    """One value of a tag: its name, its customers, and the condition that selects them ('' when none does)."""

    words: str
    count: int
    expression: str


@dataclass(frozen=True, slots=True)
class TagRow:
    """One line of the list of tags; coverage, state and uses are None until the library was checked up."""

    tag: Tag
    group_name: str
    layer_name: str
    coverage: float | None = None
    state: State | None = None
    used: int | None = None
    checked: int = 0
    wanted: int = 0


@dataclass(frozen=True, slots=True)
class TagCard:
    """The whole card of a tag.

    `params`: key, value, meaning, evidence mark. `inputs` are terms of any layer. `override`: whether an own version
    replaces one that came with the program.
    """

    row: TagRow
    lines: tuple[RuleLine, ...]
    eligible: str
    params: tuple[tuple[str, Any, str, str], ...]
    inputs: tuple[Term, ...]
    rests_on: tuple[Term, ...]
    users: tuple[Tag, ...]
    faults: tuple[TagFault, ...]
    health: TagHealth | None
    shares: tuple[ValueShare, ...]
    override: bool


class TagCards:
    """Makes the rows and cards of one library; `report` is None before a check-up."""

    def __init__(self, library: Library, rules: Rules) -> None:
        self._library = library
        self._rules = rules

    def rows(self, report: HealthReport | None) -> tuple[TagRow, ...]:
        """The list of all tags, by group, layer and code."""
        tags = sorted(self._library, key=lambda tag: (tag.group, tag.layer, tag.code))
        return tuple(self._row(tag, report.tags.get(tag.code) if report else None) for tag in tags)

    def card(self, tag: Tag, report: HealthReport | None) -> TagCard:
        """The card of one tag, with its health and shares where the report has them."""
        health, library = report.tags.get(tag.code) if report else None, self._library
        return TagCard(
            self._row(tag, health), self._lines(tag), self._eligible_words(tag), self._params(tag),
            library.inputs(tag.code), library.rests_on(tag.code), library.used_by(tag.column),
            tuple(fault for fault in library.faults if fault.tag == tag.code), health,
            self.shares(tag, health.spread) if health else (), is_override(tag),
        )  # fmt: skip

    def shares(self, tag: Tag, spread: Spread) -> tuple[ValueShare, ...]:
        """Every value of a tag with its customers; those for whom it is unknown come last."""
        word = self._word(tag)
        shares = [
            ValueShare(value_word(tag, value, self._rules), count, self._condition(tag, word, value))
            for value, count in spread.values.items()
            if count or tag.kind in ("flag", "enum")
        ]
        missing = _and(f"{word} is missing", tag.eligible)
        return (
            *shares,
            ValueShare(_("无法判断"), spread.unknown, "" if params_of(tag.eligible) else missing),
        )

    def matches(self, tag: Tag, words: list[str]) -> bool:
        """Whether a tag has all these words (lower case), or the course outlines' words for its group have."""
        group = f"tag.group.{tag.group}"
        texts = (
            tag.code, tag.column, tag.name, tag.label, _(tag.label), tag.definition, tag.element,
            self._rules.text(group), self._rules.text(group + ".also"), *(label for _code, label in tag.values),
        )  # fmt: skip
        text = " ".join(texts).lower()
        return all(word in text for word in words)

    def _row(self, tag: Tag, health: TagHealth | None) -> TagRow:
        names = (
            tag,
            self._rules.text(f"tag.group.{tag.group}"),
            self._rules.text(f"tag.layer.{tag.layer}"),
        )
        if health is None:
            return TagRow(*names)
        used = health.check("usage").value
        return TagRow(
            *names, health.check("coverage").value, health.state, None if used is None else int(used),
            health.accuracy.checked, health.accuracy.wanted,
        )  # fmt: skip

    def _lines(self, tag: Tag) -> tuple[RuleLine, ...]:
        """The rule as written and in words, case by case; empty for a tag given by hand."""
        ruled = self._library.ruled(tag.code)
        if ruled is None:
            return ()
        lines = [RuleLine("", tag.rule, in_words(ruled.rule))] if ruled.rule else []
        for (value, text), (_value, checked) in zip(tag.cases, ruled.cases, strict=True):
            lines.append(RuleLine(value_word(tag, value, self._rules), text, in_words(checked)))
        return tuple(lines)

    def _eligible_words(self, tag: Tag) -> str:
        """Who can have the tag, in words; '' when everybody can."""
        ruled = self._library.ruled(tag.code)
        return in_words(ruled.eligible) if ruled and ruled.eligible else ""

    def _params(self, tag: Tag) -> tuple[tuple[str, Any, str, str], ...]:
        """The rule parameters that the tag's expressions name: key, value, meaning, evidence mark."""
        named = {key: None for _key, text in tag.conditions() for key in params_of(text)}
        every = {param.key: param for param in self._rules.params()}
        return tuple((key, every[key].value, _(every[key].text), every[key].mark) for key in named)

    def _word(self, tag: Tag) -> str:
        """The name of a tag in a condition: its label where the language reads that as one word, else its column."""
        try:
            check(parse(f"{tag.label} is told"), self._library.vocabulary)
        except WorkbenchError:
            return tag.column
        return tag.label

    def _condition(self, tag: Tag, word: str, value: str) -> str:
        eligible = "" if params_of(tag.eligible) else tag.eligible
        if tag.kind == "flag":
            return _and(f"{word} = {'是' if value == '1' else '否'}", eligible)
        if tag.kind == "enum":
            return _and(f"{word} = '{dict(tag.values)[value]}'", eligible)
        if value == "told":
            return _and(f"{word} is told", eligible)
        edges, place = self._rules.numbers(f"tags.bins.{tag.kind}"), int(value[1:])
        low = [f"{word} >= {edges[place - 1]:g}"] if place else []
        high = [f"{word} < {edges[place]:g}"] if place < len(edges) else []
        return _and(" and ".join([*low, *high]), eligible)


def _and(condition: str, eligible: str) -> str:
    return f"{condition} and ({eligible})" if eligible else condition
