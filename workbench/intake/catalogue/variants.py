"""Other ways to write a heading of the catalogue that follow from the kind of its field: 开户时间 for 开户日期."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from workbench.base.fields_file import fields_file

_FLAG = re.compile(r"(?:是否(?:已|为|有|持有|开通)?)?(.{2,}?)(?:客户|用户)?(?:标志|标识|标记)?")


@dataclass(frozen=True, slots=True)
class _Ways:
    #: kind of field -> groups of endings that stand for one another
    endings: Mapping[str, Sequence[Sequence[str]]]
    #: beginnings that stand for one another
    beginnings: Sequence[Sequence[str]]
    #: how a yes/no heading may be written around its word
    flags: Sequence[str]


@cache
def _ways() -> _Ways:
    body = fields_file()["variants"]
    return _Ways(body["endings"], body["beginnings"], body["flags"])


def variants(word: str, kind: str) -> Iterator[str]:
    """The other forms of a heading (in plain form) of a field of this kind; never a word of one sign."""
    ways = _ways()
    if kind == "flag":
        stem = _FLAG.fullmatch(word)
        if stem and len(stem[1]) > 1:
            yield from (way.format(stem[1]) for way in ways.flags)
    words = [word]
    for group in ways.beginnings:
        words += [
            other + word.removeprefix(one) for one in _heads(word, group) for other in group if other != one
        ]
    for form in words:
        yield form
        for group in ways.endings.get(kind, ()):
            one = max((end for end in group if form.endswith(end)), key=len, default="")
            stem_text = form.removesuffix(one)
            if one and len(stem_text) > 1:
                yield from (stem_text + end for end in group if end != one)


def _heads(word: str, group: Sequence[str]) -> list[str]:
    """The longest of these beginnings that the word has, if something is left of it."""
    one = max(
        (head for head in group if word.startswith(head) and len(word) > len(head)), key=len, default=None
    )
    return [] if one is None else [one]
