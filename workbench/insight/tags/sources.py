"""Reads the files of a tag library: each entry with the lines of its keys, before any check."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, Literal

from workbench.base.i18n import _
from workbench.base.small_files import NotSmall, small_bytes, small_text
from workbench.base.toml import TomlError, read_toml
from workbench.insight.tags.faults import TagFault

Origin = Literal["shipped", "user", "own"]

#: four parts: group letter, object, measure, period
CODE = re.compile(r"[A-Z][A-Z0-9]*(\.[A-Z0-9]+){3}")
_ENTRY = re.compile(r"\s*\[\[\s*tag\s*\]\]")
_TABLE = re.compile(r"\s*\[\s*tag\s*\.\s*(\w+)")
_WORDS = re.compile(r"""^\s*(?:code|name|label)\s*=\s*["']([^"'\n]+)["']""", re.MULTILINE)
_KEY = re.compile(r"\s*([A-Za-z_]\w*)\s*=")


@dataclass(frozen=True, slots=True)
class TagEntry:
    """One entry of a file: its raw `body`, its line and the lines of its keys."""

    body: Mapping[str, Any]
    file: str
    line: int
    origin: Origin
    lines: Mapping[str, int] = field(default_factory=dict)

    @property
    def code(self) -> str:
        """The code as written; '' when it is missing or not shaped like one."""
        code = self.body.get("code")
        return code if isinstance(code, str) and CODE.fullmatch(code) else ""

    def at(self, key: str) -> int:
        """The line of a key; of the entry when the key is missing."""
        return self.lines.get(key, self.line)


@dataclass(frozen=True, slots=True)
class TagFile:
    """A file read: its entries, or the fault that makes the whole file unreadable."""

    file: str
    origin: Origin
    entries: tuple[TagEntry, ...]
    fault: TagFault | None = None
    #: codes, names and labels that can still be seen in an unreadable file
    words: tuple[str, ...] = ()


def read_folder(folder: Traversable | Path, origin: Origin) -> tuple[TagFile, ...]:
    """Every *.toml file of a folder in the order of names; () for a folder that does not exist."""
    if not folder.is_dir():
        return ()
    paths = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    return tuple(_read(file, f"{folder.name}/{file.name}", origin) for file in paths)


def read_own(rows: Iterable[tuple[str, Mapping[str, Any]]]) -> TagFile:
    """The own tags of the book, from rows (code, body)."""
    file = _("自建标签")
    return TagFile(file, "own", tuple(TagEntry(body, file, 0, "own") for _code, body in rows))


def _read(file: Traversable | Path, name: str, origin: Origin) -> TagFile:
    def broken(line: int, message: str) -> TagFile:
        """The file as unreadable, with its fault."""
        return TagFile(name, origin, (), TagFault(name, line, "unreadable_file", message), _words_in(file))

    try:
        text = small_text(file).replace("\r\n", "\n")
        body = _parsed(text)
    except NotSmall as error:
        return broken(0, str(error))
    except (OSError, UnicodeDecodeError):
        return broken(0, _("读不出来(不是 UTF-8 文本,或者没有权限)。"))
    except TomlError as error:
        return broken(error.line, error.sentence())
    raw = body.get("tag", [])
    if not isinstance(raw, list) or len(tags := [one for one in raw if isinstance(one, dict)]) < len(raw):
        return broken(1, _("应当由若干个 [[tag]] 组成。"))
    strange = sorted(set(body) - {"tag"})
    if strange:
        return broken(_line_of(text, strange[0]), _("不认识 {key};只能写 [[tag]]。").format(key=strange[0]))
    places = _places(text)
    if len(places) != len(tags):
        places = [(1, {})] * len(tags)
    return TagFile(
        name,
        origin,
        tuple(
            TagEntry(entry, name, line, origin, lines)
            for entry, (line, lines) in zip(tags, places, strict=True)
        ),
    )


@lru_cache(maxsize=32)
def _parsed(text: str) -> Mapping[str, object]:
    """The parsed text, cached because every opened book reads the shipped files; must not be changed."""
    return read_toml(text)


def _words_in(file: Traversable | Path) -> tuple[str, ...]:
    try:
        return tuple(_WORDS.findall(small_bytes(file).decode("utf-8", "replace")))
    except OSError:
        return ()


def _line_of(text: str, key: str) -> int:
    wanted = re.compile(rf"\s*\[*\s*\"?{re.escape(key)}\b")
    return next((n for n, line in enumerate(text.split("\n"), start=1) if wanted.match(line)), 1)


@lru_cache(maxsize=32)
def _places(text: str) -> list[tuple[int, dict[str, int]]]:
    """The line of each [[tag]] with the lines of its keys ('examples.hit' for one of a table below it)."""
    places: list[tuple[int, dict[str, int]]] = []
    below, quoted = "", ""
    for number, line in enumerate(text.split("\n"), start=1):
        if quoted:
            quoted = "" if quoted in line else quoted
            continue
        quoted = next((mark for mark in ('"""', "'''") if line.count(mark) == 1), "")
        if _ENTRY.match(line):
            places.append((number, {}))
            below = ""
        elif places and (table := _TABLE.match(line)):
            below = table[1] + "."
            places[-1][1].setdefault(table[1], number)
        elif places and (key := _KEY.match(line)):
            places[-1][1].setdefault(below + key[1], number)
    return places
