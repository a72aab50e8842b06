"""Rules and thresholds: named, editable parameters from resources/rules, with presets, a person's own rule file and
the overrides kept in the book."""

import hashlib
import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from workbench.errors import WorkbenchError
from workbench.i18n import _, commas
from workbench.user_rules import RuleFault, own_values


@dataclass(frozen=True, slots=True)
class Param:
    """One threshold: `value` is a number, a list of numbers, a flag, a text or a list of texts.

    `mark` is its evidence: S outline, R public material, D trade knowledge, P ours (shown as 本系统口径).
    """

    key: str
    value: Any
    unit: str
    low: float | None
    high: float | None
    mark: str
    text: str
    default: Any
    #: the only words it may hold, where it holds words
    choices: tuple[str, ...] = ()
    #: a list whose numbers go up
    rising: bool = False
    #: another list of the same length: one entry of each speaks of the same thing
    beside: str = ""


@cache
def _shipped() -> tuple[dict[str, Param], dict[str, dict[str, Any]], dict[str, str], dict[str, str]]:
    params: dict[str, Param] = {}
    texts: dict[str, str] = {}
    presets: dict[str, dict[str, Any]] = {}
    names = {"general": "通用"}
    for file in sorted((files("resources") / "rules").iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml"):
            continue
        body = tomllib.loads(file.read_text("utf-8"))
        for name, preset in body.get("presets", {}).items():
            presets.setdefault(name, {}).update(preset)
        names.update({key: named["name"] for key, named in body.get("preset_names", {}).items()})
        texts.update(body.get("texts", {}))
        for key, raw in body.get("params", {}).items():
            low, high = raw.get("range", (None, None))
            value = raw["value"]
            params[key] = Param(
                key, value, raw.get("unit", ""), low, high, raw.get("mark", "P"), raw["text"], value,
                tuple(raw.get("choices", ())), raw.get("rising", False), raw.get("beside", ""),
            )  # fmt: skip
    return params, presets, texts, names


class Rules:
    """The parameters in force: shipped values, a preset over them, the person's rule file and the book's overrides
    over both. `faults` says what is wrong with the rule file; the last good values stay in force for it."""

    def __init__(
        self,
        params: dict[str, Param],
        texts: Mapping[str, str],
        preset: str,
        faults: tuple[RuleFault, ...] = (),
    ) -> None:
        self._params = params
        self._texts = texts
        self.preset = preset
        self.faults = faults
        body = json.dumps({key: p.value for key, p in sorted(params.items())}, ensure_ascii=False)
        self.version = hashlib.sha256(body.encode()).hexdigest()[:12]

    @classmethod
    def load(cls, preset: str = "general", overrides: Mapping[str, Any] | None = None) -> "Rules":
        """Raises WorkbenchError rule_unknown, rule_range for an override that makes no sense."""
        params, presets, texts, _names = _shipped()
        preset_values = presets.get(preset, {})

        def check(key: str, value: Any) -> None:
            if key not in params:
                raise WorkbenchError("rule_unknown", _("没有这条规则参数:{key}。").format(key=key), key=key)
            _check(params[key], value)
            _check_beside(params, preset_values, key, value)

        written, faults = own_values(check)
        chosen = dict(params)
        for key, value in {**preset_values, **written, **(overrides or {})}.items():
            check(key, value)
            chosen[key] = replace(params[key], value=value)
        return cls(chosen, texts, preset, faults)

    def __getitem__(self, key: str) -> Any:
        return self._params[key].value

    def number(self, key: str) -> float:
        return float(self[key])

    def whole(self, key: str) -> int:
        return int(self[key])

    def numbers(self, key: str) -> tuple[float, ...]:
        return tuple(float(v) for v in self[key])

    def words(self, key: str) -> tuple[str, ...]:
        return tuple(str(v) for v in self[key])

    def flag(self, key: str) -> bool:
        return bool(self[key])

    def text(self, key: str) -> str:
        """A sentence or name from the rule files, in the language in use."""
        return _(self._texts[key])

    def params(self) -> tuple[Param, ...]:
        return tuple(self._params.values())


def presets() -> dict[str, str]:
    """Preset name -> the name shown."""
    return {key: _(name) for key, name in _shipped()[3].items()}


def _kind(value: Any) -> str:
    if isinstance(value, bool):
        return "flag"
    return "number" if isinstance(value, int | float) else type(value).__name__


def _check(param: Param, value: Any) -> None:
    values = value if isinstance(value, list | tuple) else [value]
    shape = isinstance(value, list | tuple) == isinstance(param.default, list | tuple)
    like = param.default if isinstance(param.default, list | tuple) else [param.default]
    kinds = {_kind(v) for v in values} <= ({_kind(v) for v in like} or {_kind(v) for v in values})
    inside = all(
        not isinstance(v, int | float)
        or ((param.low is None or v >= param.low) and (param.high is None or v <= param.high))
        for v in values
    )
    if not (shape and kinds and inside):
        raise WorkbenchError(
            "rule_range",
            _("规则参数 {key} 的取值不合适(允许 {low} 到 {high})。").format(
                key=param.key, low=param.low, high=param.high
            ),
            key=param.key,
        )
    if param.choices and not set(values) <= set(param.choices):
        raise WorkbenchError(
            "rule_range",
            _("规则参数 {key} 只能是:{choices}。").format(key=param.key, choices=commas(param.choices)),
            key=param.key,
        )
    if param.rising and any(low >= high for low, high in pairwise(values)):
        raise WorkbenchError(
            "rule_range", _("规则参数 {key} 要从小到大。").format(key=param.key), key=param.key
        )


def _check_beside(params: Mapping[str, Param], preset: Mapping[str, Any], key: str, value: Any) -> None:
    """Lists that go together keep the length they have in the preset."""
    if not (other := params[key].beside):
        return
    length = len(preset.get(other, params[other].default))
    if len(value) != length:
        raise WorkbenchError(
            "rule_range",
            _("规则参数 {key} 要有 {n} 个值,与 {other} 一一对应。").format(key=key, n=length, other=other),
            key=key,
        )
