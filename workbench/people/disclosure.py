"""A JSON document as it leaves the book: whom and what identifies a person is masked, keys and shapes stay (domain 17).

What a value stands for is told by its key (a field of the catalogue), by the field that is named beside it, or by the part
of the document it stands in. Whatever was masked as a value is masked in the sentences too. A customer number never is.
"""

from collections.abc import Callable, Collection, Mapping

from workbench.base.sensitivity import sensitivities, sensitivity_of
from workbench.people.legible import OWN
from workbench.people.privacy import Cover, masked_as

#: what names the field of the values beside it: an unknown `field` is closed, an unknown `key` or `name` was computed
_FIELD, _COMPUTED = "field", ("key", "name")
_VALUES = frozenset({"value", "shown", "old", "new", "machine", "text"})
#: the part that holds a customer's facts by field; columns that nobody knows stand in it by their heading
_FACTS = "customer"
#: the part that holds what a condition asked of a customer, by field, measure or tag
_ASKED = "values"
#: parts in which a key stands for another field
_PARTS: Mapping[str, Mapping[str, str]] = {
    "touches": {"note": "touch_note"}, "relations": {"note": "note"}, "corrections": {"reason": "note"},
}  # fmt: skip
#: catalogue keys that mean something else outside the facts of a customer
_AMBIGUOUS = frozenset({"name", "note"})
#: fields whose values are names of two or three signs
_NAMES = frozenset({"name", "referred_name"})
#: a file's place must still open it
_PLACES = frozenset({"file", "path", "pdf", "xlsx", "dir", "book", "backup"})


#: does something with one value: its key, the value, the field it is of (None: nobody's)
Leaf = Callable[[str, object, str | None], object]


def disclosed(body: object, legible: Collection[str] = ()) -> object:
    """The document masked; `legible`: own fields of the book that need no mask."""
    found = _Found(legible)
    _walked(body, "", None, found.note)
    masked = _Masked(legible, Cover(((word, "") for word in found.words), kept=found.numbers))
    return _walked(body, "", None, masked.value)


def _walked(body: object, part: str, inherited: str | None, leaf: Leaf) -> object:
    """A copy of a part of the document with `leaf` done to each value; `part` is the key it stands under."""
    if isinstance(body, dict):
        about = _about(body, part, inherited)
        return {
            key: _walked(value, key, about, leaf)
            if isinstance(value, dict | list | tuple)
            else leaf(key, value, _field_of(key, body, part, about))
            for key, value in body.items()
        }
    if isinstance(body, list | tuple):
        return [_walked(one, part, inherited, leaf) for one in body]
    return leaf(part, body, None)


def _about(body: Mapping[str, object], part: str, inherited: str | None) -> str | None:
    """The field that the values in this object are of; None when it names none."""
    if _FIELD in body:
        return str(body[_FIELD] or "")
    for key in _COMPUTED:
        told = body.get(key)
        if (
            isinstance(told, str)
            and _VALUES & body.keys()
            and (told in sensitivities() or told.startswith(OWN))
        ):
            return told
    return inherited if part == "earlier" else None


def _field_of(key: str, body: Mapping[str, object], part: str, about: str | None) -> str | None:
    """The field that one value of an object is of; None for what is nobody's."""
    if part == _FACTS and "customer_no" in body:
        return key
    if key.startswith(OWN) or (part == _ASKED and key in sensitivities()):
        return key
    if about is not None and key in _VALUES:
        return about
    if (field := _PARTS.get(part, {}).get(key)) is not None:
        return field
    if key == "name":
        return "name" if "customer_no" in body else None
    return key if key in sensitivities() and key not in _AMBIGUOUS else None


class _Found:
    """Everything in the document that will be masked as a value, and the customer numbers that will not."""

    def __init__(self, legible: Collection[str]) -> None:
        self._legible = legible
        self.words: set[str] = set()
        self.numbers: set[str] = set()

    def note(self, key: str, value: object, field: str | None) -> None:
        if not isinstance(value, str):
            return
        if _is_number(key):
            self.numbers.add(value)
        elif (
            field is not None
            # shorter words would tear sentences apart
            and len(value) > (1 if field in _NAMES else 3)
            and not sensitivity_of(field, self._legible).legible_at("json")
        ):
            self.words.add(value)


class _Masked:
    """Masks each value by its field, and every sentence by what was found."""

    def __init__(self, legible: Collection[str], cover: Cover) -> None:
        self._legible = legible
        self._cover = cover

    def value(self, key: str, value: object, field: str | None) -> object:
        if value is None or key in _PLACES or _is_number(key):
            return value
        mask = "text" if field is None else sensitivity_of(field, self._legible).json
        if mask == "none" or (mask == "text" and not isinstance(value, str)):
            return value
        return self._cover(str(value)) if mask == "text" else masked_as(mask, str(value))


def _is_number(key: str) -> bool:
    """Whether a key leads to a customer: customer_no, keep_no, other_no, but not an id number."""
    return key.endswith("_no") and (key not in sensitivities() or sensitivity_of(key).json == "none")
