"""One editable threshold of resources/rules and what it may be set to: kind, range, words, order and number of values."""

import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import ge, gt, le, lt
from typing import NotRequired, TypedDict, cast

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.base.toml import Threshold, Toml

#: order of a list -> what holds between each value and the next
_ORDERS: Mapping[str, Callable[[float, float], bool]] = {
    "rising": lt, "falling": gt, "not_falling": le, "not_rising": ge,
}  # fmt: skip


class Written(TypedDict):
    """A parameter as a rule file writes it; see `read_param`."""

    value: Threshold
    text: str
    unit: NotRequired[str]
    range: NotRequired[tuple[float | None, float | None]]
    mark: NotRequired[str]
    free: NotRequired[bool]
    order: NotRequired[str]
    least: NotRequired[int]
    distinct: NotRequired[bool]
    choices: NotRequired[list[str]]
    choices_under: NotRequired[str]
    beside: NotRequired[str]
    fixed: NotRequired[bool]


@dataclass(frozen=True, slots=True)
class Param:
    """One threshold: `value` is a number, a list of numbers, a flag, a text or a list of texts.

    `mark` is its evidence: S outline, R public material, D trade knowledge, P ours (shown as 本系统口径).
    """

    key: str
    value: Threshold
    unit: str
    low: float | None
    high: float | None
    mark: str
    text: str
    default: Threshold
    #: the only words it may hold, where it holds words
    choices: tuple[str, ...] = ()
    #: how a list runs (a key of `_ORDERS`; words in the order of `choices`), '' any way
    order: str = ""
    #: how many values a list has at least, and exactly (None: as many as one likes)
    least: int = 0
    length: int | None = None
    #: no value of a list twice
    distinct: bool = False
    #: another list of the same length: one entry of each speaks of the same thing
    beside: str = ""
    #: told by the preset alone: the program and its tags are written for these values
    fixed: bool = False


def read_param(key: str, raw: Written, names: Iterable[str]) -> Param:
    """A parameter as a rule file tells it; `names`: the keys of all parameters and texts.

    What is not told follows from the shipped value: a list of numbers keeps its length (unless `free`) and the way it
    runs (unless `order` tells another, 'any' none). `choices_under = "x"` stands for every name `x.…`.
    """
    low, high = raw.get("range", (None, None))
    value = raw["value"]
    values = value if isinstance(value, list) else []
    figures = [one for one in values if not isinstance(one, bool | str)]
    if len(figures) < len(values):
        figures = []
    free = raw.get("free", False) or "beside" in raw
    choices = tuple(raw.get("choices", ()))
    if under := raw.get("choices_under"):
        choices = tuple(name.removeprefix(f"{under}.") for name in names if name.rpartition(".")[0] == under)
    order = raw.get("order", _runs(figures) if figures else "any")
    return Param(
        key, value, raw.get("unit", ""), low, high, raw.get("mark", "P"), raw["text"], value,
        choices=choices, order="" if order == "any" else order, least=raw.get("least", 1 if figures else 0),
        length=len(figures) if figures and not free else None, distinct=raw.get("distinct", False),
        beside=raw.get("beside", ""), fixed=raw.get("fixed", False),
    )  # fmt: skip


def check(param: Param, value: Toml | Threshold, lengths: Mapping[str, int], preset: Threshold) -> Threshold:
    """The value as this threshold takes it. Raises WorkbenchError rule_range.

    `lengths`: list -> its number of values in the preset; `preset`: its value of this parameter.
    """
    values = value if isinstance(value, list | tuple) else [value]
    _check_values(param, value, values)
    if isinstance(value, list | tuple):
        _check_count(param, values, lengths)
        _check_order(param, values)
    written = preset if isinstance(preset, list | tuple) else [preset]
    if param.fixed and list(values) != list(written):
        message = _("规则参数 {key} 由方案决定,不能改;现在是:{value}。")
        raise _refused(param, message.format(key=param.key, value=commas(map(str, written))))
    return cast(Threshold, value)  # of the kind of the shipped value


def _check_values(param: Param, value: Toml | Threshold, values: Sequence[Toml]) -> None:
    """Shape, kind and range of the value, and its words."""
    shape = isinstance(value, list | tuple) == isinstance(param.default, list | tuple)
    like = param.default if isinstance(param.default, list | tuple) else [param.default]
    kinds = {_kind(v) for v in values} <= ({_kind(v) for v in like} or {"str"})
    inside = all(
        not isinstance(v, int | float)
        or (
            math.isfinite(v)
            and (param.low is None or v >= param.low)
            and (param.high is None or v <= param.high)
        )
        for v in values
    )
    if not (shape and kinds and inside):
        if param.low is None or param.high is None:
            example = json.dumps(param.default, ensure_ascii=False)
            message = _("规则参数 {key} 的取值不合适,应当像这样:{example}。")
            raise _refused(param, message.format(key=param.key, example=example))
        message = _("规则参数 {key} 的取值不合适(允许 {low} 到 {high})。")
        raise _refused(param, message.format(key=param.key, low=param.low, high=param.high))
    if param.choices and not set(values) <= set(param.choices):
        message = _("规则参数 {key} 只能是:{choices}。")
        raise _refused(param, message.format(key=param.key, choices=commas(param.choices)))


def _check_count(param: Param, values: Sequence[Toml], lengths: Mapping[str, int]) -> None:
    if param.beside and len(values) != lengths[param.beside]:
        message = _("规则参数 {key} 要有 {n} 个值,与 {other} 一一对应。")
        raise _refused(param, message.format(key=param.key, n=lengths[param.beside], other=param.beside))
    if param.length is not None and len(values) != param.length:
        raise _refused(param, _("规则参数 {key} 要有 {n} 个值。").format(key=param.key, n=param.length))
    if len(values) < param.least:
        raise _refused(param, _("规则参数 {key} 至少要有 {n} 个值。").format(key=param.key, n=param.least))
    if param.distinct and len(set(values)) < len(values):
        raise _refused(param, _("规则参数 {key} 的值不能重复。").format(key=param.key))


def _check_order(param: Param, values: Sequence[Toml]) -> None:
    if not param.order:
        return
    places = (
        [param.choices.index(str(v)) for v in values]
        if param.choices
        else [v for v in values if isinstance(v, int | float)]
    )
    if all(_ORDERS[param.order](one, following) for one, following in pairwise(places)):
        return
    if param.choices:
        message = _("规则参数 {key} 要按这个次序:{choices}。")
        raise _refused(param, message.format(key=param.key, choices=commas(param.choices)))
    message = {
        "rising": _("规则参数 {key} 要从小到大。"),
        "falling": _("规则参数 {key} 要从大到小。"),
        "not_falling": _("规则参数 {key} 要从小到大,可以相等。"),
        "not_rising": _("规则参数 {key} 要从大到小,可以相等。"),
    }[param.order]
    raise _refused(param, message.format(key=param.key))


def _refused(param: Param, message: str) -> WorkbenchError:
    return WorkbenchError("rule_range", message, key=param.key)


def _runs(values: list[float]) -> str:
    """How the shipped numbers run, where they run strictly one way."""
    if len(values) < 2:
        return "any"
    return next((way for way in ("rising", "falling") if all(map(_ORDERS[way], values, values[1:]))), "any")


def _kind(value: Toml) -> str:
    if isinstance(value, bool):
        return "flag"
    return "number" if isinstance(value, int | float) else type(value).__name__
