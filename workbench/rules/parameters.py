"""Rules and thresholds: named, editable parameters from resources/rules, with presets, a person's own rule file and
the overrides kept in the book."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import NamedTuple

import tomli as tomllib

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.toml import Single, Threshold, Toml
from workbench.rules.thresholds import Param, Written, check, read_param
from workbench.rules.user_rules import RuleFault, own_values


class _Shipped(NamedTuple):
    """What the rule files hold. `renamed`: name that a parameter had -> its name now, so that what a person or a book kept
    under the old one still counts."""

    params: dict[str, Param]
    presets: dict[str, dict[str, Threshold]]
    texts: dict[str, str]
    names: dict[str, str]
    renamed: dict[str, str]


_Checked = Callable[[str, Toml | Threshold], Threshold]


@cache
def _shipped() -> _Shipped:
    """Every file of resources/rules, read once."""
    written: dict[str, Written] = {}
    texts: dict[str, str] = {}
    presets: dict[str, dict[str, Threshold]] = {}
    names = {"general": "通用"}
    renamed: dict[str, str] = {}
    for file in sorted((files("resources") / "rules").iterdir(), key=lambda f: f.name):
        if not file.name.endswith(".toml"):
            continue
        body = tomllib.loads(file.read_text("utf-8"))
        for name, preset in body.get("presets", {}).items():
            presets.setdefault(name, {}).update(preset)
        names.update({key: named["name"] for key, named in body.get("preset_names", {}).items()})
        texts.update(body.get("texts", {}))
        written.update(body.get("params", {}))
        renamed.update(body.get("renamed", {}))
    keys = (*written, *texts)
    params = {key: read_param(key, raw, keys) for key, raw in written.items()}
    return _Shipped(params, presets, texts, names, renamed)


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
    def load(cls, preset: str = "general", overrides: Mapping[str, Threshold] | None = None) -> "Rules":
        """Raises WorkbenchError rule_unknown, rule_range for an override that makes no sense."""
        shipped = _shipped()
        checked = _checker(preset)
        written, faults = own_values(checked)
        values = {**shipped.presets.get(preset, {}), **written, **(overrides or {})}
        return cls(_replaced(shipped.params, values, checked), shipped.texts, preset, faults)

    def trying(self, values: Mapping[str, Threshold]) -> "Rules":
        """These rules with other values, kept nowhere: to see what they would give. Raises as `load`."""
        params = _replaced(self._params, values, _checker(self.preset))
        return Rules(params, self._texts, self.preset, self.faults)

    def __getitem__(self, key: str) -> Threshold:
        return self._params[key].value

    def _single(self, key: str) -> Single:
        value = self[key]
        if isinstance(value, list | tuple):
            raise TypeError(f"{key} holds a list")
        return value

    def _several(self, key: str) -> Sequence[Single]:
        value = self[key]
        if not isinstance(value, list | tuple):
            raise TypeError(f"{key} holds no list")
        return value

    def number(self, key: str) -> float:
        """A single number, in the unit that the threshold declares."""
        return float(self._single(key))

    def whole(self, key: str) -> int:
        """A single whole number: days, months, customers."""
        return int(self._single(key))

    def numbers(self, key: str) -> tuple[float, ...]:
        """A list of numbers, in the unit that the threshold declares."""
        return tuple(float(v) for v in self._several(key))

    def words(self, key: str) -> tuple[str, ...]:
        """A list of words or codes."""
        return tuple(str(v) for v in self._several(key))

    def flag(self, key: str) -> bool:
        """Whether a switch is on."""
        return bool(self[key])

    def text(self, key: str) -> str:
        """A sentence or name from the rule files, in the language in use."""
        return _(self._texts[key])

    def has_text(self, key: str) -> bool:
        """Whether the rule files have such a text."""
        return key in self._texts

    def params(self) -> tuple[Param, ...]:
        """Every threshold with its unit, range, mark and value in force."""
        return tuple(self._params.values())


def _checker(preset: str) -> _Checked:
    """What checks a value for a parameter against the lists of a preset."""
    params, presets, _texts, _names, renamed = _shipped()
    defaults = {key: presets.get(preset, {}).get(key, param.default) for key, param in params.items()}
    lengths = {key: len(value) for key, value in defaults.items() if isinstance(value, list)}

    def checked(key: str, value: Toml | Threshold) -> Threshold:
        key = renamed.get(key, key)
        if key not in params:
            raise WorkbenchError("rule_unknown", _("没有这条规则参数:{key}。").format(key=key), key=key)
        return check(params[key], value, lengths, defaults[key])

    return checked


def _replaced(
    params: Mapping[str, Param], values: Mapping[str, Toml | Threshold], checked: _Checked
) -> dict[str, Param]:
    """The parameters with other values, each under its name of today."""
    renamed = _shipped().renamed
    chosen = dict(params)
    for key, value in values.items():
        taken, name = checked(key, value), renamed.get(key, key)
        chosen[name] = replace(chosen[name], value=taken)
    return chosen


def presets() -> dict[str, str]:
    """Preset name -> the name shown."""
    return {key: _(name) for key, name in _shipped().names.items()}
