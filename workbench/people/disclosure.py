"""Mask a JSON document that leaves the book: what identifies a person is masked, keys and shapes stay (domain 17).

The field of a value follows from its key (a field of the catalogue), from the field named beside it, or from the part of
the document it is in. Whatever is masked as a value is masked in sentences too. Customer numbers are never masked.
"""

from collections.abc import Callable, Collection, Mapping

from workbench.base.sensitivity import sensitivities, sensitivity_of
from workbench.people.legible import OWN
from workbench.people.privacy import Cover, masked_as
from workbench.people.prospects.prospect import MASKED_AS

#: Keys that name the field of the values beside them: an unknown `field` is masked, an unknown `key` or `name` is a
#: computed value and is not.
_FIELD, _COMPUTED = "field", ("key", "name")
_VALUES = frozenset({"value", "shown", "old", "new", "machine", "text"})
#: The part with a customer's facts by field; unknown columns are in it by their heading.
_FACTS = "customer"
#: The part with a customer's values of the terms of a condition, by field, measure or tag.
_MEASURED = "values"
#: Part -> keys in it that mean another field.
_PARTS: Mapping[str, Mapping[str, str]] = {
    "touches": {"note": "touch_note"}, "relations": {"note": "note"}, "corrections": {"reason": "note"},
    "promises": {"text": "touch_note"}, "reasons": {"note": "touch_note"},
    "contacts": {"note": "touch_note", "need": "touch_note", "promise": "touch_note"},
    "gifts": {"idea": "touch_note", "occasion": "touch_note", "note": "touch_note"}, "guests": {"feedback": "touch_note"},
    "complaints": {
        "content": "complaint_content", "demand": "complaint_content", "facts": "complaint_content",
        "blame": "complaint_content", "solution": "complaint_outcome", "root_cause": "complaint_outcome",
        "mending": "complaint_outcome",
    },
    "complaint_steps": {"note": "touch_note"},
    "channel": {"escalation": "touch_note"}, "bookings": {"topic": "touch_note", "outcome": "touch_note"},
    "cases": {"condition": "touch_note", "redemption": "touch_note"}, "facts": {"note": "touch_note"},
    "needs": {
        "text": "touch_note", "agreed_step": "touch_note", "alternatives": "touch_note", "note": "touch_note",
    },
    "evidence": {"note": "touch_note"}, "triple": {"product": "touch_note", "scene": "touch_note"},
    "loop": {"outcome": "touch_note"}, "topics": {"text": "touch_note"}, "tasks": {"text": "touch_note"},
    "advised": {"text": "touch_note", "note": "touch_note"},
    "goals": {"goal_name": "touch_note", "goal_note": "touch_note", "text": "touch_note", "note": "touch_note"},
    "win_backs": {
        "why": "touch_note", "need": "touch_note", "apology": "touch_note", "recovery": "touch_note",
    },
    "service_gaps": {"fact": "touch_note"},
    "grants": {"note": "touch_note"}, "returned": {"note": "touch_note", "need": "touch_note"}, "prospects": MASKED_AS,
}  # fmt: skip
#: Catalogue keys that mean something else outside a customer's facts.
_AMBIGUOUS = frozenset({"name", "note"})
#: Fields whose values are names, often of only two characters.
_NAMES = frozenset({"name", "referred_name"})
#: Paths stay as they are: a script has to open the file.
_PLACES = frozenset({"file", "path", "pdf", "xlsx", "dir", "book", "backup"})


#: What to do with a value: (key, value, its field or None) -> new value.
Leaf = Callable[[str, object, str | None], object]


def disclosed(body: object, legible: Collection[str] = ()) -> object:
    """The document masked; `legible`: own fields of the book that need no mask (see `people.legible`)."""
    words = _MaskedWords(legible)
    _walked(body, "", None, words.note)
    masking = _Masking(legible, Cover(((word, "") for word in words.words), kept=words.numbers))
    return _walked(body, "", None, masking.value)


def _walked(body: object, part: str, inherited: str | None, leaf: Leaf) -> object:
    """A copy of a part of the document with `leaf` applied to each value. `part` is the key it is under, `inherited` the
    field that an object around it named."""
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
    """The field that an object names for its values; None if it names none."""
    if _FIELD in body:
        return str(body[_FIELD] or "")
    for key in _COMPUTED:
        field = body.get(key)
        if (
            isinstance(field, str)
            and _VALUES & body.keys()
            and (field in sensitivities() or field.startswith(OWN))
        ):
            return field
    return inherited if part == "earlier" else None


def _field_of(key: str, body: Mapping[str, object], part: str, about: str | None) -> str | None:
    """The field of one value of an object; None if it belongs to none."""
    if part == _FACTS and "customer_no" in body:
        return key
    if key.startswith(OWN) or (part == _MEASURED and key in sensitivities()):
        return key
    if about is not None and key in _VALUES:
        return about
    if (field := _PARTS.get(part, {}).get(key)) is not None:
        return field
    if key == "name":
        return "name" if "customer_no" in body else None
    return key if key in sensitivities() and key not in _AMBIGUOUS else None


class _MaskedWords:
    """Collects the words that are masked as values (`words`) and the customer numbers, which are not (`numbers`)."""

    def __init__(self, legible: Collection[str]) -> None:
        self._legible = legible
        self.words: set[str] = set()
        self.numbers: set[str] = set()

    def note(self, key: str, value: object, field: str | None) -> None:
        """Collect one value, if it is a customer number or will be masked."""
        if not isinstance(value, str):
            return
        if _is_number(key):
            self.numbers.add(value)
        elif (
            field is not None
            # shorter words occur in sentences by chance
            and len(value) > (1 if field in _NAMES else 3)
            and not sensitivity_of(field, self._legible).legible_at("json")
        ):
            self.words.add(value)


class _Masking:
    """Masks each value by its field, and sentences by the collected words (`cover`)."""

    def __init__(self, legible: Collection[str], cover: Cover) -> None:
        self._legible = legible
        self._cover = cover

    def value(self, key: str, value: object, field: str | None) -> object:
        """The value as it may leave the book; numbers and flags of no field stay."""
        if value is None or key in _PLACES or _is_number(key):
            return value
        mask = "text" if field is None else sensitivity_of(field, self._legible).json
        if mask == "none" or (mask == "text" and not isinstance(value, str)):
            return value
        return self._cover(str(value)) if mask == "text" else masked_as(mask, str(value))


def _is_number(key: str) -> bool:
    """Whether a key holds a customer number: customer_no, keep_no, other_no, but not an id number."""
    return key.endswith("_no") and (key not in sensitivities() or sensitivity_of(key).json == "none")
