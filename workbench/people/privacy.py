"""Masking (domain 17): what a screen or a sheet shows of a name, a phone, an id and a customer number."""

import re
from collections.abc import Iterable

_PHONE = re.compile(r"(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)")
_ID = re.compile(r"(?<!\d)\d{14}(\d{3}[\dXx])(?!\d)")
#: Shorter numbers cannot be told from amounts and counts in a sentence.
_TELLING = 6
_LONG_NUMBER = re.compile(r"\d{7,}[\dXx]?")


def mask_name(name: str | None) -> str:
    """张丰 -> 张*, 张三丰 and longer -> 张**; '' for no name."""
    text = (name or "").strip()
    if not text:
        return ""
    return text[0] + "*" * min(2, max(1, len(text) - 1))


def mask_phone(phone: str | None) -> str:
    """13812341234 -> 138****1234; other lengths keep at most the last four and half of what is there."""
    text = re.sub(r"\s", "", phone or "")
    if len(text) == 11:
        return f"{text[:3]}****{text[-4:]}"
    return "*" * (len(text) - len(tail(text))) + tail(text)


def mask_id(number: str | None, *, printed: bool = False) -> str:
    """First three and last four on the screen, the last four only in print."""
    text = (number or "").strip()
    if len(text) < 9:
        return "*" * (len(text) - len(tail(text))) + tail(text)
    shown = 0 if printed else 3
    return text[:shown] + "*" * (len(text) - shown - 4) + text[-4:]


def tail(number: str | None) -> str:
    """The last four of a number; of a short one at most half, so that it is never whole."""
    text = (number or "").strip()
    keep = min(4, len(text) // 2)
    return text[len(text) - keep :] if keep else ""


def print_name(name: str | None) -> str:
    """In print every name is as long as every other: 张**."""
    text = (name or "").strip()
    return f"{text[:1]}**"


def mask_told(field: str, text: str, *, printed: bool = False) -> str:
    """A value that somebody typed beside a field of the customer, in a condition or a remark.

    A customer number stays on the screen and in JSON, where it leads to the customer; in print its tail does.
    """
    match field:
        case "name":
            return print_name(text) if printed else mask_name(text)
        case "phone":
            return mask_phone(text)
        case "id_no":
            return mask_id(text, printed=printed)
        case "customer_no":
            return tail(text) if printed else text
        case "email" | "residence_address" | "employer" | "note":
            return print_name(text)
    return _LONG_NUMBER.sub(lambda found: "*" * (len(found[0]) - 4) + found[0][-4:], text)


class Cover:
    """Masks what may stand in free text: the names and numbers of these customers, any phone, any id number."""

    def __init__(self, customers: Iterable[tuple[str, str]]) -> None:
        """`customers`: (name, customer number) pairs."""
        self._words: dict[str, str] = {}
        for name, number in customers:
            if len(name) > 1:
                self._words[name] = print_name(name)
            if len(number) >= _TELLING:
                self._words[number] = tail(number)
        longest_first = sorted(self._words, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest_first))) if longest_first else None

    def __call__(self, text: str) -> str:
        """The text with everything that names a customer masked."""
        if self._known is not None:
            text = self._known.sub(lambda found: self._words[found[0]], text)
        return _PHONE.sub(r"\1****\2", _ID.sub(r"**************\1", text))
