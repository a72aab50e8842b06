"""What the tags say of one customer: value, state, one sentence with its numbers, and what it was computed from."""

from dataclasses import dataclass
from typing import Any, Literal

from workbench.base.i18n import _, commas, language, semicolons
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
    """One figure that a tag takes: `name` is its column, `layer` 1 is a field or measure; `shown` in words."""

    name: str
    label: str
    kind: Kind
    layer: int
    origin: str
    value: Any
    shown: str
    masks: Sensitivity = OPEN

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "label": self.label,
            "value": plain(self.value, self.kind),
            "shown": self.shown,
        }


@dataclass(frozen=True, slots=True)
class TagOnCustomer:
    """One tag of one customer. `state`: a flag is hit or not; any other kind is hit when it has a value.

    `reason` is one sentence with the numbers; when nothing can be told it names what is missing, and `ask` the
    question that would end it. `rule` is the rule in words. `mark` 'P' is shown as 本系统口径.
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
        return {
            "code": self.code, "name": self.name, "label": self.label, "group": self.group_name, "layer": self.layer,
            "value": plain(self.value, self.kind), "shown": self.shown, "state": self.state, "reason": self.reason,
            "missing": list(self.missing), "ask": self.ask, "inputs": [one.as_json() for one in self.inputs],
            "as_of": self.as_of, "computed_at": self.computed_at, "version": self.version, "mark": self.mark,
        }  # fmt: skip


def tags_of(picture: Picture, library: Library, rules: Rules) -> tuple[TagOnCustomer, ...]:
    """Every live tag of one customer, by group. Tags that may not be shown (domain 17) are left out."""
    told = [tag for tag in library.live if "show" in tag.use]
    told.sort(key=lambda tag: (tag.group, tag.layer, tag.code))
    return tuple(tag_of(tag, picture, library, rules) for tag in told)


def tag_of(tag: Tag, picture: Picture, library: Library, rules: Rules) -> TagOnCustomer:
    """One tag of one customer."""
    value = picture.get(tag.column)
    state: State = "unknown" if value is None else "no" if tag.kind == "flag" and not value else "hit"
    inputs = tuple(_input(term, picture.values) for term in library.inputs(tag.code))
    missing = tuple(one.label for one in inputs if one.value is None) if state == "unknown" else ()
    term = tag.term()
    return TagOnCustomer(
        tag.code, tag.column, term.label, tag.name, tag.group, rules.text(f"tag.group.{tag.group}"), tag.layer,
        tag.kind, value, said(value, term), state, _reason(tag, state, inputs, missing, picture), _rule(tag, library),
        inputs, missing, _(tag.ask) if tag.ask else "", picture.as_of, picture.computed_at, tag.version, tag.mark,
        tag.element, tag.sensitivity, tag.observed, tag.use,
    )  # fmt: skip


def said(value: Any, term: Term) -> str:
    """A value in words; money in 万."""
    if value is not None and term.kind == "money":
        return wan(round(value))
    return shown_value(value, term)


def _input(term: Term, values: Values) -> Input:
    value = values.look_up(term.name)
    return Input(
        term.name, term.label, term.kind, term.layer, term.origin, value, said(value, term), term.masks
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
    # a reason goes onto every screen, sheet and document
    told = commas(
        f"{one.label} {masked_as(one.masks.paper, one.shown)}" for one in inputs if one.value is not None
    )
    return _("数据日期 {date},依据:{told}。").format(date=picture.as_of or "—", told=told or "—")


def _rule(tag: Tag, library: Library) -> str:
    """The rule in words, worded once per language; of an enumeration each value with its condition."""
    key = (tag.code, language())
    if key not in library.worded:
        library.worded[key] = _worded(tag, library)
    return library.worded[key]


def _worded(tag: Tag, library: Library) -> str:
    found = library.ruled(tag.code)
    if found is None:
        return ""
    if found.rule is not None:
        return in_words(found.rule)
    names = dict(tag.term().values)
    cases = (f"{names.get(code, code)}:{in_words(condition)}" for code, condition in found.cases)
    return semicolons(cases)
