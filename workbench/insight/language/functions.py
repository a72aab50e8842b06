"""The functions of the language: their names in both languages and what they take."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

import tomli as tomllib

#: word: a quoted text or a bare name; days and whole: a number as typed
Parameter = Literal["word", "condition", "number", "whole", "days", "date", "any"]


@dataclass(frozen=True, slots=True)
class Function:
    """`required` of the parameters must be given (-1: all); the last one may repeat when `repeats`."""

    name: str
    alias: str
    parameters: tuple[Parameter, ...]
    required: int = -1
    repeats: bool = False

    @property
    def least(self) -> int:
        """How many arguments it takes at least."""
        return len(self.parameters) if self.required < 0 else self.required

    @property
    def text(self) -> str:
        """The explanation of its arguments and result, in Chinese (resources/language/functions.toml)."""
        return _texts()[self.name]


@cache
def _texts() -> dict[str, str]:
    body = tomllib.loads((files("resources") / "language" / "functions.toml").read_text("utf-8"))
    return {str(name): str(text) for name, text in body["functions"].items()}


FUNCTIONS = (
    Function("tag", "标签", ("word",)),
    Function("signal", "信号", ("word",)),
    Function("field", "列", ("word",)),
    Function("touched", "联系过", ("word", "days"), required=1),
    Function("list", "清单", ("word",)),
    Function("days_since", "距今天数", ("date",)),
    Function("days_until", "距离天数", ("date",)),
    Function("month", "月份", ("date",)),
    Function("top", "前", ("whole", "number")),
    Function("bottom", "后", ("whole", "number")),
    Function("score", "计分", ("condition", "number")),
    Function("count", "个数", ("condition",), repeats=True),
    Function("known", "已知", ("any",)),
    Function("or_else", "否则取", ("any", "any")),
    Function("least", "较小", ("number", "number")),
    Function("most", "较大", ("number", "number")),
)
_BY_WORD = {word: function for function in FUNCTIONS for word in (function.name, function.alias)}


def function_of(word: str) -> Function | None:
    """The function a person means; None when there is none."""
    return _BY_WORD.get(word.lower())
