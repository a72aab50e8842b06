"""The tags of one customer explained: value, state, a sentence with the numbers, and the inputs."""

from dataclasses import dataclass
from typing import Any, Literal

from workbench.base.i18n import _, commas, headed, language, semicolons
from workbench.base.money import wan
from workbench.base.sensitivity import OPEN, Sensitivity
from workbench.base.terms import Kind, Term, plain
from workbench.insight.language.words import in_words
from workbench.insight.tags.definition import Tag
from workbench.insight.tags.library import Library
from workbench.insight.tags.picture import Picture
from workbench.insight.values.values import Values
from workbench.people.corrections import shown_value
from workbench.people.privacy import masked_as
from workbench.rules.parameters import Rules

State = Literal["hit", "no", "unknown"]


@dataclass(frozen=True, slots=True)
class Input:
    """One input of a tag: `name` is its column; `layer` 1 is a field or measure; `shown` its value in words."""

    name: str
    label: str
    kind: Kind
    layer: int
    origin: str
    value: Any
    shown: str
    masks: Sensitivity = OPEN

    def as_json(self) -> dict[str, Any]:
        """For programs; money in yuan."""
        return {
            "name": self.name,
            "label": self.label,
            "value": plain(self.value, self.kind),
            "shown": self.shown,
        }


@dataclass(frozen=True, slots=True)
class TagOnCustomer:
    """One tag of one customer. `state`: a flag is hit or not; any other kind is hit when it has a value.

    `reason` is one sentence with the numbers; of an unknown tag it names the missing inputs, and `ask` is the question
    that would supply them. `rule` is the rule in words. `mark` 'P' is shown as 本系统口径.
    """

    code: str
    column: str
    label: str
    name: str
    group: str
    group_name: str
    layer: int
    kind: Kind
    value: Any
    shown: str
    state: State
    reason: str
    rule: str
    inputs: tuple[Input, ...]
    missing: tuple[str, ...]
    ask: str
    as_of: str | None
    computed_at: str | None
    version: int
    mark: str
    element: str
    sensitivity: str
    observed: bool
    use: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """For programs; money in yuan, the group by its name."""
        return {
            "code": self.code, "name": self.name, "label": self.label, "group": self.group_name, "layer": self.layer,
            "value": plain(self.value, self.kind), "shown": self.shown, "state": self.state, "reason": self.reason,
            "missing": list(self.missing), "ask": self.ask, "inputs": [one.as_json() for one in self.inputs],
            "as_of": self.as_of, "computed_at": self.computed_at, "version": self.version, "mark": self.mark,
        }  # fmt: skip


def tags_of(picture: Picture, library: Library, rules: Rules) -> tuple[TagOnCustomer, ...]:
    """Every live tag of one customer, by group, without tags that may not be shown (domain 17)."""
    shown_tags = [tag for tag in library.live if "show" in tag.use]
    shown_tags.sort(key=lambda tag: (tag.group, tag.layer, tag.code))
    return tuple(tag_of(tag, picture, library, rules) for tag in shown_tags)


def tag_of(tag: Tag, picture: Picture, library: Library, rules: Rules) -> TagOnCustomer:
    """One tag of one customer, with its reason and inputs."""
    value = picture.get(tag.column)
    state: State = "unknown" if value is None else "no" if tag.kind == "flag" and not value else "hit"
    inputs = tuple(_input(term, picture.values) for term in library.inputs(tag.code))
    missing = tuple(figure.label for figure in inputs if figure.value is None) if state == "unknown" else ()
    term = tag.term()
    return TagOnCustomer(
        tag.code, tag.column, term.label, tag.name, tag.group, rules.text(f"tag.group.{tag.group}"), tag.layer,
        tag.kind, value, value_in_words(value, term), state, _reason(tag, state, inputs, missing, picture), _rule(tag, library),
        inputs, missing, _(tag.ask) if tag.ask else "", picture.as_of, picture.computed_at, tag.version, tag.mark,
        tag.element, tag.sensitivity, tag.observed, tag.use,
    )  # fmt: skip


def value_in_words(value: Any, term: Term) -> str:
    """A value in words; money in 万元."""
    if value is not None and term.kind == "money":
        return wan(round(value))
    return shown_value(value, term)


def _input(term: Term, values: Values) -> Input:
    value = values.look_up(term.name)
    return Input(
        term.name,
        term.label,
        term.kind,
        term.layer,
        term.origin,
        value,
        value_in_words(value, term),
        term.masks,
    )


def _reason(
    tag: Tag, state: State, inputs: tuple[Input, ...], missing: tuple[str, ...], picture: Picture
) -> str:
    if tag.observed:
        return _("由客户经理手工标记。") if state == "hit" else _("没有人手工标记过。")
    if state == "unknown":
        if not missing:
            return _("数据日期 {date},现有资料还判断不了。").format(date=picture.as_of or "—")
        return _("数据日期 {date},无法判断:缺{what}。").format(
            date=picture.as_of or "—", what=commas(missing)
        )
    # reasons appear on every screen, sheet and document, so inputs are masked as for paper
    figures = commas(
        f"{figure.label} {masked_as(figure.masks.paper, figure.shown)}"
        for figure in inputs
        if figure.value is not None
    )
    return _("数据日期 {date},依据:{told}。").format(date=picture.as_of or "—", told=figures or "—")


def _rule(tag: Tag, library: Library) -> str:
    """The rule in words, cached per language; of an enumeration each value with its condition."""
    key = (tag.code, language())
    if key not in library.worded:
        library.worded[key] = _worded(tag, library)
    return library.worded[key]


def _worded(tag: Tag, library: Library) -> str:
    rule = library.ruled(tag.code)
    if rule is None:
        return ""
    if rule.rule is not None:
        return in_words(rule.rule)
    names = dict(tag.term().values)
    cases = (headed(names.get(code, code), in_words(condition)) for code, condition in rule.cases)
    return semicolons(cases)
