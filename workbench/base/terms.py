"""The words of the language: every field, measure and tag by name, with its kind and where its values lie."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Literal

from workbench.base.sensitivity import OPEN, PERSONAL_CLASS, Sensitivity

#: money: fen in the book, yuan in the language; ratio: shares of 1; date: ISO text; flag: 0/1; enum: one of `values`
Kind = Literal["money", "number", "count", "ratio", "date", "text", "flag", "enum"]


@dataclass(frozen=True, slots=True)
class Term:
    """One word. `name` is the column that holds it; `values` of an enum run from the lowest to the highest.

    `layer` 1 raw, 2 fact, 3 model, 4 high (domain 11.2). `reported` is False when no list of the book has it: then
    every condition on it is unknown. `origin`: 'field', 'measure', 'tag', 'own'.
    """

    name: str
    label: str
    kind: Kind
    layer: int = 1
    origin: Literal["field", "measure", "tag", "own"] = "field"
    #: (code, label in the language in use) in order
    values: tuple[tuple[str, str], ...] = ()
    #: other spellings that a person may type
    aliases: tuple[str, ...] = ()
    reported: bool = True
    #: an enum whose values can be compared with < and >
    ordered: bool = False
    #: data-protection class (domain 17): one of `sensitivity.LEVELS`
    sensitivity: str = PERSONAL_CLASS
    unit: str = ""
    #: how its values are masked; what is computed from the lists names nobody
    masks: Sensitivity = OPEN


class Vocabulary:
    """Terms by name, label and alias (letter case and blanks do not matter)."""

    def __init__(self, terms: Iterable[Term]) -> None:
        self._terms: dict[str, Term] = {}
        self._by_word: dict[str, Term] = {}
        for term in terms:
            self._terms[term.name] = term
            for word in (term.name, term.label):
                self._by_word.setdefault(_plain(word), term)
        for term in self._terms.values():  # another spelling never takes the name of something else
            for word in term.aliases:
                self._by_word.setdefault(_plain(word), term)

    def __iter__(self) -> Iterator[Term]:
        return iter(self._terms.values())

    def __getitem__(self, name: str) -> Term:
        """The term of a column. Raises KeyError."""
        return self._terms[name]

    def find(self, word: str) -> Term | None:
        """The term a person means by this word; None when there is none."""
        return self._by_word.get(_plain(word))

    def near(self, word: str, most: int = 3) -> tuple[str, ...]:
        """Words that look like an unknown one, best first: names where the name was meant, else labels."""
        from rapidfuzz import fuzz, process

        matches = process.extract(
            _plain(word), self._by_word.keys(), limit=most, scorer=fuzz.ratio, score_cutoff=50
        )
        terms = [(key, self._by_word[key]) for key, _score, _at in matches]
        return tuple(dict.fromkeys(t.name if key == _plain(t.name) else t.label for key, t in terms))


def plain(value: Any, kind: Kind) -> Any:
    """A value for a program: money in yuan, flags true or false, None when it is not told."""
    if value is None:
        return None
    if kind == "money":
        return value / 100
    return bool(value) if kind == "flag" else value


def _plain(word: str) -> str:
    return "".join(word.split()).lower()
