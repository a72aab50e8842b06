"""The terms a condition can use: looked up while a person types, and those offered before anything is typed."""

from collections.abc import Callable, Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, TypedDict, cast

import tomli as tomllib
from PySide6.QtCore import QObject

from ui.pages.picker.forms import contact_term, lists_term
from ui.tasks import Tasks
from workbench.base.terms import Term

if TYPE_CHECKING:
    from workbench.app import Workbench
    from workbench.insight.picking.room import Picking


class WordLookup:
    """Looks terms up in the background; `lists` are the saved lists as (number, name)."""

    def __init__(self, workbench: "Workbench", tasks: Tasks, failed: Callable[[Exception], object]) -> None:
        self._workbench = workbench
        self._tasks = tasks
        self._failed = failed
        self.lists: tuple[tuple[str, str], ...] = ()

    def special(self) -> tuple[Term, ...]:
        """The terms that are no columns: saved lists and past contacts."""
        return (lists_term(self.lists), contact_term())

    def suggest(self, prefix: str, show: Callable[[Sequence[Term]], object], owner: QObject) -> None:
        """Call `show` with the terms like `prefix`, unless `owner` is gone by then; without a prefix, with the usual ones."""
        picking, special = self._workbench.insight.picking, self.special()
        plain = prefix.strip().lower()
        fitting = [t for t in special if any(plain in word.lower() for word in (t.label, *t.aliases))]

        def job() -> tuple[Term, ...]:
            """On the book's thread: the fitting terms, lists and contacts first."""
            if not plain:
                return (*usual(picking, "common"), *fitting)
            return (*fitting, *_one_of_each(picking.suggest(prefix)))

        self._tasks.run(job, show, failed=self._failed, owner=owner, key=(self, "suggest"))


def examples() -> Sequence[dict[str, str]]:
    """Conditions to click: 'text' in words (Chinese source) and 'where', the condition."""
    return _offered()["example"]


def usual(picking: "Picking", kind: str) -> tuple[Term, ...]:
    """The terms offered first: kind 'common' in a row, 'rank' for taking the first n by."""
    names = _offered()["words"][kind]
    terms = picking.terms(" and ".join(f"{name} is told" for name in names))
    return tuple(sorted(terms, key=lambda term: names.index(term.name)))


class PickerExamples(TypedDict):
    """What examples.toml offers: conditions as text and where, and the first words of each place."""

    example: list[dict[str, str]]
    words: dict[str, list[str]]


@cache
def _offered() -> PickerExamples:
    return cast(
        PickerExamples, tomllib.loads((files("resources") / "picker" / "examples.toml").read_text("utf-8"))
    )


def _one_of_each(terms: Sequence[Term]) -> tuple[Term, ...]:
    """One term for each label, the one that the language means: tag before measure before field."""
    rank = ("tag", "measure", "own", "field")
    best: dict[str, Term] = {}
    for term in terms:
        other = best.get(term.label)
        if other is None or rank.index(term.origin) < rank.index(other.origin):
            best[term.label] = term
    return tuple(best.values())
