"""Writes `insight/values` from the field catalogue, the measures and the shipped tags: one line per column.

python -m workbench.insight.tags.written --update | --check
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory

import workbench.insight.values
from workbench.base.terms import Term
from workbench.insight.tags.library import Library
from workbench.insight.tags.vocabulary import NAMING, field_terms, inputs, measure_terms
from workbench.rules.parameters import Rules

#: kind of a term -> type of its value; text for all others
_TYPES = {"money": "int", "count": "int", "flag": "int", "number": "float", "ratio": "float"}
_HEAD = '''"""{what}. Written by `python -m workbench.insight.tags.written --update`; not to be edited."""


class {noun}Values:
    """{what}; None: unknown."""

'''
FOLDER = Path(workbench.insight.values.__file__).parent


def sources() -> dict[str, str]:
    """The text of each file by its name, as the shipped resources define it."""
    rules = Rules.load()
    measures = measure_terms(rules)
    taken = {term.name for term in measures}
    fields = [term for term in field_terms() if term.name not in taken and term.name not in NAMING]
    with TemporaryDirectory() as nothing:
        library = Library.load(inputs(rules), rules, user=Path(nothing), kept=Path(nothing) / "kept")
    tags = [tag.term() for tag in library.live]
    return {
        "fields.py": _source("Field", "The fields of the lists", fields),
        "measures.py": _source("Measure", "The prepared measures", measures),
        "tags.py": _source("Tag", "The shipped tags", tags),
    }


def _source(noun: str, what: str, terms: Iterable[Term]) -> str:
    types = {term.name: _TYPES.get(term.kind, "str") for term in sorted(terms, key=lambda term: term.name)}
    return _HEAD.format(noun=noun, what=what) + "".join(
        f"    {name}: {kind} | None\n" for name, kind in types.items()
    )


def main(words: list[str]) -> int:
    """Checks the files, or updates them with --update; returns 1 when they are out of date, else 0."""
    behind = [name for name, text in sources().items() if _text(FOLDER / name) != text]
    if "--update" in words:
        for name in behind:
            (FOLDER / name).write_text(sources()[name], "utf-8")
        return 0
    for name in behind:
        sys.stderr.write(f"workbench/insight/values/{name} is behind the resources: run --update\n")
    return 1 if behind else 0


def _text(path: Path) -> str:
    return path.read_text("utf-8") if path.exists() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
