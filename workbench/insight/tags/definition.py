"""The definition of a tag (domain 11.2): reads an entry key by key and names its faults."""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, get_args

from workbench.base.i18n import _, commas
from workbench.base.sensitivity import LEVELS, PERSONAL_CLASS
from workbench.base.terms import Kind, Term, Vocabulary
from workbench.insight.tags.faults import TagFault
from workbench.insight.tags.sources import CODE, Origin, TagEntry

ELEMENTS = ("人", "物", "环境")
USES = ("show", "filter", "trigger")
MARKS = ("S", "R", "D", "P")
STATES = ("live", "draft", "stopped")
MISSING = ("unknown", "no")
KINDS: tuple[str, ...] = get_args(Kind)
#: the longest validity of a value, in days
LONGEST = 3660

_PARAM = re.compile(r"\{([A-Za-z0-9_.]+)\}")


@dataclass(frozen=True, slots=True)
class Tag:
    """The record of one tag. `values` of an enum: (code, label) in order; `cases`: (value, condition), first that holds.

    `by` is 'rule' or 'hand' (given to customers by a person, domain 11.1). `examples`: 'hit', 'no', 'unknown' ->
    inputs by name (money in yuan). A tag whose definition or principle is empty is a draft whatever its status says.
    """

    code: str
    name: str
    label: str
    group: str
    layer: int
    element: str
    kind: Kind
    values: tuple[tuple[str, str], ...]
    ordered: bool
    definition: str
    principle: str
    rule: str
    cases: tuple[tuple[str, str], ...]
    pass_unknown: bool
    eligible: str
    missing: str
    valid_days: int
    sensitivity: str
    pipl: bool
    use: tuple[str, ...]
    mark: str
    version: int
    status: str
    ask: str
    unit: str
    owner: str
    by: str
    origin: Origin
    file: str
    line: int
    examples: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, hash=False)

    @property
    def column(self) -> str:
        """The column of the tag layers that holds it."""
        return column_of(self.code)

    @property
    def live(self) -> bool:
        """Whether it is in use: neither a draft nor stopped."""
        return self.status == "live"

    @property
    def observed(self) -> bool:
        """Whether it is a person's observation (qualitative), never mixed with computed tags (domain 11.1)."""
        return self.by == "hand"

    def term(self) -> Term:
        """The tag as a word of the language."""
        return Term(
            self.column, _(self.label), self.kind, self.layer, "own" if self.origin == "own" else "tag",
            tuple((code, _(label)) for code, label in self.values),
            (self.code, self.name, self.label), ordered=self.ordered, sensitivity=self.sensitivity, unit=self.unit,
        )  # fmt: skip

    def conditions(self) -> tuple[tuple[str, str], ...]:
        """Every expression of the tag as (key of the entry, text)."""
        written = [("rule", self.rule)] if self.rule else []
        written += [("cases", condition) for _value, condition in self.cases]
        return (*written, *([("eligible", self.eligible)] if self.eligible else []))

    def meaning(self) -> str:
        """The rule and cases in one text without blanks, which no two tags may share."""
        return "|".join(["".join(self.rule.split()), *("".join(c.split()) for _value, c in self.cases)])


def column_of(code: str) -> str:
    """The column of a code: 'V.TIER.WATCH.M0' -> 'v_tier_watch_m0'."""
    return code.lower().replace(".", "_")


def written_again(tag: Tag) -> dict[str, Any]:
    """A tag as the keys of an entry, as stored for the last good library and for own tags."""
    body: dict[str, Any] = {
        "code": tag.code, "name": tag.name, "label": tag.label, "group": tag.group, "layer": tag.layer,
        "element": tag.element, "kind": tag.kind, "definition": tag.definition, "principle": tag.principle,
        "missing": tag.missing, "valid_days": tag.valid_days, "sensitivity": tag.sensitivity, "pipl": tag.pipl,
        "use": list(tag.use), "mark": tag.mark, "version": tag.version, "status": tag.status, "by": tag.by,
    }  # fmt: skip
    optional = {
        "values": dict(tag.values), "ordered": tag.ordered, "rule": tag.rule, "eligible": tag.eligible,
        "cases": [list(case) for case in tag.cases], "pass_unknown": tag.pass_unknown, "ask": tag.ask,
        "unit": tag.unit, "owner": tag.owner, "examples": dict(tag.examples),
    }  # fmt: skip
    return body | {key: value for key, value in optional.items() if value}


def fingerprint(tag: Tag) -> str:
    """A text that differs when anything of the definition differs."""
    return json.dumps(written_again(tag), ensure_ascii=False, sort_keys=True, default=str)


def params_of(text: str) -> tuple[str, ...]:
    """The keys of the rule parameters that an expression names as {area.x}."""
    return tuple(_PARAM.findall(text))


def filled(text: str, value_of: Callable[[str], Any]) -> str:
    """The expression with its parameters filled in. Raises KeyError for one that does not exist."""
    return _PARAM.sub(lambda match: _literal(value_of(match[1])), text)


def _literal(value: Any) -> str:
    if isinstance(value, list | tuple):
        return "(" + ", ".join(_literal(item) for item in value) + ")"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float):
        return f"{value:.10f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
    return "'" + str(value).replace("'", "") + "'"


# -- reading an entry --------------------------------------------------------------------------------------------------

#: key -> (types, required); the values are checked after the types
_KEYS: dict[str, tuple[tuple[type, ...], bool]] = {
    "code": ((str,), True), "name": ((str,), True), "label": ((str,), True), "group": ((str,), True),
    "layer": ((int,), True), "element": ((str,), True), "kind": ((str,), True),
    "values": ((dict, str), False), "ordered": ((bool,), False), "definition": ((str,), False),
    "principle": ((str,), False), "rule": ((str,), False), "cases": ((list,), False),
    "pass_unknown": ((bool,), False), "eligible": ((str,), False), "missing": ((str,), False),
    "valid_days": ((int,), False), "sensitivity": ((str,), False), "pipl": ((bool,), False),
    "use": ((list,), False), "mark": ((str,), False), "version": ((int,), False), "status": ((str,), False),
    "ask": ((str,), False), "unit": ((str,), False), "owner": ((str,), False), "by": ((str,), False),
    "examples": ((dict,), False),
}  # fmt: skip
_CHOICES: dict[str, tuple[str, ...]] = {
    "element": ELEMENTS, "kind": KINDS, "sensitivity": LEVELS, "mark": MARKS, "status": STATES,
    "missing": MISSING, "by": ("rule", "hand"),
}  # fmt: skip
_RANGES = {"layer": (2, 4), "valid_days": (1, LONGEST), "version": (1, 100_000)}


class EntryReader:
    """Reads entries; `groups` are the known group numbers, `positive` words that only look negative."""

    def __init__(self, inputs: Vocabulary, groups: tuple[str, ...], positive: tuple[str, ...]) -> None:
        self.inputs = inputs
        self._groups = groups
        self._positive = positive

    def read(self, entry: TagEntry) -> tuple[Tag | None, list[TagFault]]:
        """The tag, or None with all faults of its entry."""
        faults: list[TagFault] = []

        def wrong(key: str, code: str, message: str) -> None:
            """Notes a fault at the line of a key."""
            faults.append(TagFault(entry.file, entry.at(key), code, message, entry.code))

        self._shape(entry.body, wrong)
        if not faults:
            self._choices(entry.body, wrong)
        if not faults:
            self._names(entry, wrong)
            self._rule(entry.body, wrong)
        return (None, faults) if faults else (self._tag(entry), [])

    @staticmethod
    def _shape(body: Mapping[str, Any], wrong: Callable[[str, str, str], None]) -> None:
        for key in body:
            if key not in _KEYS:
                wrong(key, "unknown_key", _("不认识 {key} 这一项。").format(key=key))
        for key, (types, required) in _KEYS.items():
            value = body.get(key)
            if value is None:
                if required:
                    wrong(key, "missing_key", _("缺少 {key} 这一项。").format(key=key))
            elif not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
                wrong(
                    key, "wrong_type", _("{key} 的写法不对,应当是{what}。").format(key=key, what=_what(types))
                )
            elif required and value == "":
                wrong(key, "missing_key", _("{key} 是空的。").format(key=key))

    def _choices(self, body: Mapping[str, Any], wrong: Callable[[str, str, str], None]) -> None:
        for key, allowed in (*_CHOICES.items(), ("group", self._groups)):
            value = body.get(key)
            if value is not None and value not in allowed:
                wrong(
                    key, "unknown_value",
                    _("{key} 不能是“{value}”,可以是:{allowed}。").format(
                        key=key, value=value, allowed=commas(allowed)
                    ),
                )  # fmt: skip
        for key, (low, high) in _RANGES.items():
            value = body.get(key)
            if value is not None and not low <= value <= high:
                wrong(
                    key, "out_of_range",
                    _("{key} = {value} 超出范围({low} 到 {high})。").format(
                        key=key, value=value, low=low, high=high
                    ),
                )  # fmt: skip
        for use in body.get("use", ()):
            if use not in USES:
                wrong("use", "unknown_value", _("use 里不能有“{value}”。").format(value=use))

    def _names(self, entry: TagEntry, wrong: Callable[[str, str, str], None]) -> None:
        body = entry.body
        if not CODE.fullmatch(body["code"]):
            wrong(
                "code",
                "code_shape",
                _("代码“{code}”应当写成 V.AUM.MDA.M0 这样的四段。").format(code=body["code"]),
            )
        parts = body["name"].split("_")
        if entry.origin != "own" and (len(parts) != 4 or not all(parts)):
            wrong(
                "name", "name_shape", _("名称“{name}”应当写成 域_对象_度量_周期。").format(name=body["name"])
            )
        for key, words in (("label", [body["label"]]), ("name", parts)):
            for word in words:
                if word.startswith(("非", "不", "无")) and not word.startswith(self._positive):
                    wrong(
                        key,
                        "negative_name",
                        _("名称“{word}”是否定的说法,请换成肯定的说法。").format(word=word),
                    )

    def _rule(self, body: Mapping[str, Any], wrong: Callable[[str, str, str], None]) -> None:
        rule, cases, kind = body.get("rule", ""), body.get("cases", []), body["kind"]
        if body.get("by") == "hand":
            if rule or cases:
                wrong("rule" if rule else "cases", "two_rules", _("手工打的标签不能再写规则。"))
        elif bool(rule) == bool(cases):
            wrong("rule", "no_rule", _("rule 和 cases 必须写一个,也只能写一个。"))
        pairs = all(isinstance(c, list) and len(c) == 2 and all(isinstance(p, str) for p in c) for c in cases)
        if not pairs:
            wrong("cases", "wrong_type", _("cases 的每一项应当是 [取值, 条件]。"))
            return
        values = body.get("values", {})
        if isinstance(values, dict) and not all(isinstance(v, str) and v for v in values.values()):
            wrong("values", "wrong_type", _("values 的每个取值都要有名称。"))
            return
        if isinstance(values, str) and not self._borrowed(values):
            wrong("values", "unknown_value", _("values 借用的“{name}”没有取值。").format(name=values))
            return
        known = dict(self._values(body))
        if kind == "enum" and not known:
            wrong("values", "missing_key", _("枚举标签要列出 values。"))
        if kind != "enum" and (known or cases):
            wrong("values" if known else "cases", "two_rules", _("只有枚举标签才能有 values 和 cases。"))
        if len(set(known.values())) != len(known):
            wrong("values", "same_value", _("values 里有两个取值同名。"))
        for value, _condition in cases:
            if known and value not in known:
                wrong("cases", "unknown_value", _("cases 里的“{value}”不在 values 里。").format(value=value))

    def _values(self, body: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
        values = body.get("values", {})
        return self._borrowed(values) if isinstance(values, str) else tuple(values.items())

    def _borrowed(self, name: str) -> tuple[tuple[str, str], ...]:
        """The values of the input that a tag borrows them from (`values = "tier"`)."""
        term = self.inputs.find(name)
        return term.values if term else ()

    def _tag(self, entry: TagEntry) -> Tag:
        body = entry.body
        four = bool(body.get("definition", "").strip() and body.get("principle", "").strip())
        status = body.get("status", "live")
        return Tag(
            code=body["code"], name=body["name"], label=body["label"], group=body["group"], layer=body["layer"],
            element=body["element"], kind=body["kind"], values=self._values(body),
            ordered=body.get("ordered", False), definition=body.get("definition", "").strip(),
            principle=body.get("principle", "").strip(), rule=body.get("rule", "").strip(),
            cases=tuple((value, condition.strip()) for value, condition in body.get("cases", ())),
            pass_unknown=body.get("pass_unknown", False), eligible=body.get("eligible", "").strip(),
            missing=body.get("missing", "unknown"), valid_days=body.get("valid_days", 35),
            sensitivity=body.get("sensitivity", PERSONAL_CLASS), pipl=body.get("pipl", False),
            use=tuple(body.get("use", USES[:2])), mark=body.get("mark", "P"), version=body.get("version", 1),
            status=status if four or status == "stopped" else "draft", ask=body.get("ask", ""),
            unit=body.get("unit", ""), owner=body.get("owner", ""), by=body.get("by", "rule"),
            origin=entry.origin, file=entry.file, line=entry.line, examples=body.get("examples", {}),
        )  # fmt: skip


def _what(types: tuple[type, ...]) -> str:
    names = {
        str: _("文字"), int: _("整数"), bool: _("true 或 false"), list: _("列表"), dict: _("表"),
    }  # fmt: skip
    return _("或").join(names[kind] for kind in types)
