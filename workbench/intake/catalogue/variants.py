"""Other ways to write a heading of the catalogue that follow from the kind of its field: 开户时间 for 开户日期."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from workbench.base.fields_file import fields_file

_FLAG = re.compile(r"(?:是否(?:已|为|有|持有|开通)?)?(.{2,}?)(?:客户|用户)?(?:标志|标识|标记)?")


@dataclass(frozen=True, slots=True)
class _Ways:
    #: kind of field -> groups of endings that stand for one another, longest first
    endings: Mapping[str, Sequence[tuple[str, ...]]]
    #: groups of beginnings that stand for one another, longest first
    beginnings: Sequence[tuple[str, ...]]
    #: how a yes/no heading may be written around its word
    flags: Sequence[str]


@cache
def _ways() -> _Ways:
    body = fields_file()["variants"]
    return _Ways(
        {kind: [_longest_first(group) for group in groups] for kind, groups in body["endings"].items()},
        [_longest_first(group) for group in body["beginnings"]],
        body["flags"],
    )


def _longest_first(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(sorted(words, key=len, reverse=True))


def variants(word: str, kind: str) -> Iterator[str]:
    """The other forms of a heading (in plain form) of a field of this kind; never a word of one sign."""
    ways = _ways()
    if kind == "flag" and (stem := _FLAG.fullmatch(word)):
        yield from (way.format(stem[1]) for way in ways.flags)
    forms = [word]
    for group in ways.beginnings:
        if word.startswith(group):
            one = next(head for head in group if word.startswith(head))
            if len(word) > len(one):
                forms += [other + word[len(one) :] for other in group if other != one]
    yield from forms[1:]
    for group in ways.endings.get(kind, ()):
        for form in forms:
            if form.endswith(group):
                one = next(end for end in group if form.endswith(end))
                if len(form) - len(one) > 1:
                    yield from (form[: len(form) - len(one)] + end for end in group if end != one)
