"""Masking (domain 17): what a screen, a sheet, a file and a document show of a value, by the sensitivity of its field."""

import re
from collections.abc import Collection, Iterable

from workbench.base.sensitivity import Mask, Place, sensitivity_of

_PHONE = re.compile(r"(?<!\d)(1\d{2})\d{4}(\d{4})(?!\d)")
_ID = re.compile(r"(?<!\d)\d{14}(\d{3}[\dXx])(?!\d)")
_DISTRICT = re.compile(r"^.{0,12}?[区县旗]|^.{0,9}?市")
#: Shorter numbers cannot be told from amounts and counts in a sentence.
_TELLING = 6
#: as short as a phone
_NUMBER = re.compile(r"\d{11}")
_LONG_NUMBER = re.compile(r"\d{7,}[\dXx]?")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_SIGN = re.compile(r"[^\W_]")
#: longer texts all look alike when nothing of them is shown
_SHAPE = 20


def masking(field: str | None, text: str, where: Place, legible: Collection[str] = ()) -> str:
    """A value of a field as a place may show it; '' stays ''. A field that nobody knows is closed.

    `field`: key of the catalogue, column of the book, or name of an own field; `legible`: own fields said to need no mask.
    """
    return masked_as(sensitivity_of(field, legible).at(where), text)


def masked_as(mask: Mask, text: str) -> str:
    """A text under one mask; '' stays ''."""
    if not text:
        return ""
    match mask:
        case "none":
            return text
        case "text":
            return _IN_TEXT(text)
        case "name":
            return mask_name(text)
        case "first":
            return print_name(text)
        case "phone":
            return mask_phone(text)
        case "id":
            return mask_id(text)
        case "tail":
            return "**" + tail(text)
        case "district":
            found = _DISTRICT.match(text)
            return (found[0] if found else text[:2] if len(text) > 4 else text[:1]) + "***"
        case "mail":
            name, at, host = text.partition("@")
            return f"{name[:1]}***{at}{host}"
        case "all":
            return _SIGN.sub("*", text[:_SHAPE])


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


def mask_id(number: str | None) -> str:
    """The first three and the last four."""
    text = (number or "").strip()
    if len(text) < 9:
        return "*" * (len(text) - len(tail(text))) + tail(text)
    return text[:3] + "*" * (len(text) - 7) + text[-4:]


def tail(number: str | None) -> str:
    """The last four of a number; of a short one at most half, so that it is never whole."""
    text = (number or "").strip()
    keep = min(4, len(text) // 2)
    return text[len(text) - keep :] if keep else ""


def masked_number(typed: str) -> str:
    """A customer number that somebody typed, as a sentence may repeat it: words among it may be a name."""
    return masked_as("all", typed) if holds_words(typed) else typed


def holds_words(text: str) -> bool:
    """Whether two letters stand together in what should be a figure: it may be anybody's name."""
    return _WORDS.search(text) is not None


def print_name(name: str | None) -> str:
    """In print every name is as long as every other: 张**."""
    text = (name or "").strip()
    return f"{text[:1]}**"


def mask_typed(mask: Mask, text: str) -> str:
    """A value that somebody typed in a condition, beside a word with this mask; where it may be read, long numbers in it
    may not."""
    if mask != "text":
        return masked_as(mask, text)
    return _LONG_NUMBER.sub(lambda found: "*" * (len(found[0]) - 4) + found[0][-4:], text)


class Cover:
    """Masks what may stand in free text: the names and numbers of these customers, any phone, any id number."""

    def __init__(self, customers: Iterable[tuple[str, str]], *, kept: Collection[str] = ()) -> None:
        """`customers`: (name, customer number) pairs; `kept`: numbers that stay, though they may look like a phone."""
        self._words: dict[str, str] = {}
        for name, number in customers:
            if len(name) > 1:
                self._words[name] = print_name(name)
            if len(number) >= _TELLING:
                self._words[number] = tail(number)
        self._kept = frozenset(kept)
        lengths: dict[str, set[int]] = {}
        for word in self._words:
            lengths.setdefault(word[0], set()).add(len(word))
        #: first sign -> lengths of the words that begin with it, the longest first
        self._lengths = {sign: sorted(found, reverse=True) for sign, found in lengths.items()}
        self._first = re.compile(f"[{re.escape(''.join(lengths))}]") if lengths else None

    def __call__(self, text: str) -> str:
        """The text with everything that names a customer masked."""
        if self._first is not None:
            text = self._without_words(text, self._first)
        if _NUMBER.search(text) is None:
            return text
        text = _ID.sub(lambda found: self._number(found, f"{'*' * 14}{found[1]}"), text)
        return _PHONE.sub(lambda found: self._number(found, f"{found[1]}****{found[2]}"), text)

    def _number(self, found: re.Match[str], masked: str) -> str:
        return found[0] if found[0] in self._kept else masked

    def _without_words(self, text: str, first: re.Pattern[str]) -> str:
        """Each place where a known word may begin is looked at once, however many words there are."""
        parts: list[str] = []
        done = 0
        for found in first.finditer(text):
            at = found.start()
            if at < done:
                continue
            for length in self._lengths[found[0]]:
                if (word := text[at : at + length]) in self._words:
                    parts += [text[done:at], self._words[word]]
                    done = at + length
                    break
        return "".join([*parts, text[done:]]) if parts else text


_IN_TEXT = Cover(())
