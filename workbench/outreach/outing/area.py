"""The area of an address: its district and its road, else its settlement, else its township; only what words of the rules
tell."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from workbench.rules.parameters import Rules

#: kind of a part -> characters that its name has at least before its word
_KINDS = {"cities": 2, "districts": 1, "townships": 1, "roads": 1, "settlements": 1}
#: kinds by which an area is named, the best first
_NAMING = ("roads", "settlements", "townships")
#: characters of the longest name before its word
_LONGEST = 8
_SIGN = re.compile(r"[^\W_]")


@dataclass(frozen=True, slots=True)
class Area:
    """`district` ('西湖区') and `name` ('文三路'); '' where the address does not tell it."""

    district: str = ""
    name: str = ""

    @property
    def label(self) -> str:
        """Both in one; '' for none."""
        return " ".join(filter(None, (self.district, self.name)))


class Areas:
    """Tells the areas of addresses by the words of the rules."""

    def __init__(self, rules: Rules) -> None:
        words = ((word, kind) for kind in _KINDS for word in rules.words(f"outing.{kind}"))
        #: (word, kind), the longest word first: 街道 is no 街, 小区 no 区
        self._words = sorted(words, key=lambda one: -len(one[0]))

    def of(self, address: str) -> Area:
        """The area of an address; an empty one where no part of it is told."""
        parts = self._parts(re.sub(r"\s", "", address))
        name = next((parts[kind] for kind in _NAMING if kind in parts), "")
        return Area(parts.get("districts", ""), name)

    def _parts(self, rest: str) -> Mapping[str, str]:
        """Kind -> the first part of that kind, read from the left as long as part follows on part."""
        parts: dict[str, str] = {}
        while (part := self._first(rest)) is not None:
            kind, text = part
            parts.setdefault(kind, text)
            rest = rest[len(text) :]
        return parts

    def _first(self, text: str) -> tuple[str, str] | None:
        """(kind, part) at the beginning of a text: the shortest name that a word ends; None where none does."""
        for size in range(1, min(_LONGEST, len(text)) + 1):
            if not _SIGN.match(text[size - 1]):
                return None
            for word, kind in self._words:
                if size >= _KINDS[kind] and text.startswith(word, size):
                    return kind, text[:size] + word
        return None
