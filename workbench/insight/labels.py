"""What fields are called: labels of the field catalogue, in its order, for the portrait."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from workbench.i18n import _, compound


@cache
def _catalogue() -> dict[str, Any]:
    return tomllib.loads((files("resources") / "fields.toml").read_text("utf-8"))


def ordered_fields() -> tuple[tuple[str, str, str], ...]:
    """(field, label, kind) of the plain fields in catalogue order."""
    return tuple(
        (key, _(str(body["label"])), str(body.get("kind", "text")))
        for key, body in _catalogue()["fields"].items()
    )


def label(field: str) -> str:
    """The label of any field, also of a balance in one of its measures; the field itself when unknown."""
    book = _catalogue()
    if field in book["fields"]:
        return _(str(book["fields"][field]["label"]))
    for balance, words in book["balances"].items():
        for measure, suffix in book["measures"].items():
            if field == f"{balance}_{measure}":
                return compound((_(str(words["label"])), _(str(suffix["label"]))))
    return field
