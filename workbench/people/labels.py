"""Labels and headings of fields, from the field catalogue."""

from collections import Counter
from collections.abc import Mapping
from functools import cache

from workbench.base.fields_file import fields_file
from workbench.base.i18n import _, compound


def ordered_fields() -> tuple[tuple[str, str, str], ...]:
    """(field, label, kind) of the fields in catalogue order; balances in their measures are not among them."""
    return tuple(
        (key, _(str(body["label"])), str(body.get("kind", "text")))
        for key, body in fields_file()["fields"].items()
    )


@cache
def headings() -> Mapping[str, tuple[str, ...]]:
    """Field -> its other headings on lists (synonyms); a heading that two fields share is left out."""
    fields = {key: tuple(body.get("synonyms", ())) for key, body in fields_file()["fields"].items()}
    uses = Counter(word for words in fields.values() for word in set(words))
    return {key: tuple(word for word in words if uses[word] == 1) for key, words in fields.items()}


def label(field: str) -> str:
    """The label of a field, or of a balance in one of its measures ('deposit_balance'); the key itself if unknown."""
    book = fields_file()
    if field in book["fields"]:
        return _(str(book["fields"][field]["label"]))
    for balance, words in book["balances"].items():
        for measure, suffix in book["measures"].items():
            if field == f"{balance}_{measure}":
                return compound((_(str(words["label"])), _(str(suffix["label"]))))
    return field
