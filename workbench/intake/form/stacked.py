"""Joins the lines of a two- or three-row header into one name per column, if possible one that the catalogue knows."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from workbench.intake.catalogue.fields import UNITS, FieldCatalogue, heading
from workbench.rules.parameters import Rules

#: A merged area as (top, left, bottom, right), inclusive.
Area = tuple[int, int, int, int]

#: rules with headings that mean nothing certain alone, or only the change of the heading above
_UNTOLD = ("intake.ambiguous_headings", "intake.relative_headings")
_CODE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_BRACKETS = re.compile(r"[\s()()\[\]【】]+")
_BARE_UNITS = {*UNITS, "万", "亿"}


@dataclass(frozen=True, slots=True)
class HeadingWords:
    """Words that decide whether a heading may be read without the heading above it."""

    ambiguous: frozenset[str]
    qualifying: tuple[str, ...]
    group: tuple[str, ...]

    @classmethod
    def of(cls, rules: Rules) -> "HeadingWords":
        """The words of the rules in force; `ambiguous` in plain form."""
        return cls(
            frozenset(heading(word).plain for name in _UNTOLD for word in rules.words(name)),
            rules.words("intake.qualifying_words"),
            rules.words("intake.group_words"),
        )


def chains(lines: Sequence[Sequence[str]], merged: Sequence[Area], top: int) -> list[tuple[str, ...]]:
    """For each column the texts over it, from the top line to the last; a merged text counts once.

    `lines` are the header's rows as texts, the first of them being row `top` of the sheet. Without merged areas a
    text spreads to the right over blanks, as far as something stands under it.
    """
    depth, width = len(lines), max(map(len, lines), default=0)
    touching = [area for area in merged if area[0] < top + depth and area[2] >= top]
    stacks: list[list[tuple[str, int]]] = [[] for _column in range(width)]
    owner: dict[tuple[int, int], int] = {}
    for number, (first, left, last, right) in enumerate(touching):
        for row in range(max(first, top), min(last, top + depth - 1) + 1):
            for column in range(left, min(right, width - 1) + 1):
                owner[row - top, column] = number
    for level, line in enumerate(lines):
        spread = line if touching else _spread(lines, level)
        for column in range(width):
            number = owner.get((level, column), -1)
            text = spread[column]
            if number >= 0:
                first, left, last, _right = touching[number]
                # an area that reaches the last line names its first column only
                own = last < top + depth - 1 or column == left
                text = lines[max(first - top, 0)][left] if own else ""
                if stacks[column] and stacks[column][-1][1] == number:
                    continue
            if text:
                stacks[column].append((text, number))
    return [tuple(text for text, _number in column) for column in stacks]


def _spread(lines: Sequence[Sequence[str]], level: int) -> Sequence[str]:
    """One line with its texts carried to the right over blanks that have something under them."""
    if level == len(lines) - 1:
        return lines[level]
    texts: list[str] = []
    carried = ""
    for column, text in enumerate(lines[level]):
        under = any(line[column] for line in lines[level + 1 :])
        if text:
            carried = text if under else ""
        elif not under or any(line[column] for line in lines[:level]):
            carried = ""
        texts.append(text or carried)
    return texts


def joined(
    stacks: Sequence[tuple[str, ...]], catalogue: FieldCatalogue, words: HeadingWords, depth: int = 2
) -> tuple[str, ...]:
    """One name per column: of all ways to leave parts out, the first that the catalogue knows, else all parts with '-'
    between them.

    A part with a meaning of its own (上月, 他行) is never left out, and no name that leaves a part out may fit two
    columns.
    """
    if depth == 1:
        return tuple(stack[-1] if stack else "" for stack in stacks)
    names = [_known(stack, catalogue, words) for stack in stacks]
    counts = Counter(heading(name).plain for name, _complete in names if name)
    return tuple(
        name if complete or counts[heading(name).plain] == 1 else "-".join(stack)
        for (name, complete), stack in zip(names, stacks, strict=True)
    )


def _known(stack: tuple[str, ...], catalogue: FieldCatalogue, words: HeadingWords) -> tuple[str, bool]:
    """The best name of one column, and whether it keeps all parts."""
    parts, unit = _without_units(stack)
    if len(parts) < 2:
        return (parts[0] + unit if parts else (stack[-1] if stack else "")), True
    for kept in _ways(parts, words):
        name = "".join(kept)
        if catalogue.written(name) is not None:
            return name + unit, len(kept) == len(parts)
    if (
        all(_says_nothing(part, words) for part in parts[:-1])
        and heading(parts[-1]).plain not in words.ambiguous
    ):
        return parts[-1] + unit, False
    return "-".join(parts) + unit, True


def _says_nothing(part: str, words: HeadingWords) -> bool:
    """基本信息, 客户资料: the name of a group that adds nothing to the headings under it."""
    return part.endswith(words.group) and not any(word in part for word in words.qualifying)


def _ways(parts: Sequence[str], words: HeadingWords) -> Iterator[Sequence[str]]:
    """All parts first, then without those farthest above; at the end what stands over a code.

    What stands nearest to the last part is never left out before what is farther: 余额 under 存款 under 资产 is no
    资产余额.
    """
    for start in range(len(parts)):
        if start and any(word in parts[start - 1] for word in words.qualifying):
            break
        kept = parts[start:]
        if len(kept) == 1 and heading(kept[0]).plain in words.ambiguous:
            break
        yield kept
        yield [*(_ungrouped(part, words) for part in kept[:-1]), kept[-1]]
    if _CODE.fullmatch(parts[-1]):
        yield parts[:-1]


def is_unit(text: str) -> bool:
    """'(万元)' or '元': a unit and nothing else."""
    return _BRACKETS.sub("", text) in _BARE_UNITS


def _ungrouped(part: str, words: HeadingWords) -> str:
    for word in words.group:
        if part.endswith(word) and len(part) > len(word):
            return part[: -len(word)]
    return part


def _without_units(stack: tuple[str, ...]) -> tuple[list[str], str]:
    """The texts without the unit they name, and the unit (the lowest one) in brackets."""
    parts: list[str] = []
    unit = ""
    for text in stack:
        part = heading(text)
        if is_unit(text):
            unit = _BRACKETS.sub("", text)
        elif part.unit:
            unit = part.unit
            if part.plain:
                parts.append(part.plain)
        elif not parts or parts[-1] != text:
            parts.append(text)
    return parts, f"({unit})" if unit else ""
