"""Reading TOML that a person wrote: whatever is in it, it is read or refused with the line where it goes wrong."""

import datetime as dt
import re
from collections.abc import Callable
from typing import TypeAlias

import tomli as tomllib

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _

#: what a TOML file holds
Toml: TypeAlias = bool | int | float | str | dt.date | dt.time | list["Toml"] | dict[str, "Toml"]

Single: TypeAlias = bool | int | float | str
#: what a threshold holds: a number, a flag, a word, or a list of numbers or words
Threshold: TypeAlias = Single | list[Single] | tuple[Single, ...]

_AT = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")
#: TOML promises whole numbers of 64 bits; longer ones cannot be written again everywhere
_LARGEST = 2**63
#: tables and lists in one another
_DEEPEST = 50


class TomlError(WorkbenchError):
    """unreadable_file: where a text goes wrong; `line` counts from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__("unreadable_file", message, line=line)
        self.line = line


def read_toml(text: str) -> dict[str, Toml]:
    """Raises TomlError."""
    try:
        body = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _misspelt(str(error), text) from error
    except (ValueError, RecursionError):
        body = None
    if body is None or _excess(body):
        raise _unbearable(text)
    return body


def _misspelt(message: str, text: str) -> TomlError:
    place = _AT.search(message)
    line = int(place[1]) if place and place[1] else text.count("\n") + 1
    column = int(place[2]) if place and place[2] else 1
    what = _AT.sub("", message).strip()
    message = _("不是正确的 TOML(第 {column} 个字:{what})。").format(column=column, what=what)
    return TomlError(message, line)


def _unbearable(text: str) -> TomlError:
    """The parser goes from top to bottom: the first line up to which the text is too much is the one."""
    lines = text.split("\n")
    line = _first(len(lines), lambda count: bool(_too_much("\n".join(lines[:count]))))
    message = {
        "number": _("有一个数太大,最多 18 位。"),
        "depth": _("括号或键套得太深,最多 {n} 层。").format(n=_DEEPEST),
    }[_too_much(text)]
    return TomlError(message, line)


def _too_much(text: str) -> str:
    try:
        return _excess(tomllib.loads(text))
    except tomllib.TOMLDecodeError:
        return ""
    except ValueError:
        return "number"
    except RecursionError:
        return "depth"


def _excess(body: dict[str, Toml]) -> str:
    """'number' for a whole number beyond 64 bits, 'depth' for too many tables in one another, '' for neither."""
    waiting: list[tuple[Toml, int]] = [(body, 0)]
    while waiting:
        value, depth = waiting.pop()
        if depth > _DEEPEST:
            return "depth"
        if isinstance(value, int) and not -_LARGEST <= value < _LARGEST:
            return "number"
        if isinstance(value, dict | list):
            below = value.values() if isinstance(value, dict) else value
            waiting.extend((one, depth + 1) for one in below)
    return ""


def _first(most: int, holds: Callable[[int], bool]) -> int:
    """The least count from 1 to `most` for which something holds that holds ever after; `most` when it never does."""
    low, high = 1, most
    while low < high:
        middle = (low + high) // 2
        if holds(middle):
            high = middle
        else:
            low = middle + 1
    return low
