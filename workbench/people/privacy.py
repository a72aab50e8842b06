"""Masking (domain 17): what screen, print, file and JSON show of a value, by the sensitivity of its field."""

import re
from collections.abc import Collection, Iterable

from workbench.base.i18n import _
from workbench.base.sensitivity import Mask, Place, sensitivity_of
from workbench.base.unseen import seen, seen_line

#: in one run of digits, or parted as phones are: 138-1234-1234, +86 138 1234 1234
_PHONE = re.compile(r"(?<!\d)((?:\+86[- ]?)?1\d{2})(?:\d{4}|[- ]\d{4}[- ])(\d{4})(?!\d)")
_ID = re.compile(r"(?<!\d)\d{14}(\d{3}[\dXx])(?!\d)")
_DISTRICT = re.compile(r"^.{0,12}?[区县旗]|^.{0,9}?市")
#: Shorter numbers in a sentence may as well be amounts or counts.
_TELLING = 6
#: as short as a phone, or a part of one
_NUMBER = re.compile(r"\d{11}|\d[- ]\d{4}[- ]\d")
_LONG_NUMBER = re.compile(r"\d{7,}[\dXx]?")
_WORDS = re.compile(r"[^\W\d_]{2,}")
_SIGN = re.compile(r"[^\W_]")
#: Length up to which a fully masked text keeps its shape; longer ones are cut.
_SHAPE = 20


def masking(field: str | None, text: str, where: Place, legible: Collection[str] = ()) -> str:
    """A value of a field as a place may show it; '' stays ''. An unknown field is fully masked.

    Where letters are cut or counted, those are meant that are seen.
    `field`: key of the catalogue, column of the book, or name of a custom field; `legible`: custom fields without mask.
    """
    return masked_as(sensitivity_of(field, legible).at(where), text)


def masked_as(mask: Mask, text: str) -> str:
    """A text under one mask; '' stays ''. Mask 'text' is for sentences: only phones and id numbers are masked."""
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
            text = seen_line(text)
            district = _DISTRICT.match(text)
            return (district[0] if district else text[:2] if len(text) > 4 else text[:1]) + "***"
        case "mail":
            name, at, host = seen_line(text).partition("@")
            return f"{name[:1]}***{at}{host}"
        case "all":
            return _SIGN.sub("*", seen_line(text)[:_SHAPE])


def mask_name(name: str | None) -> str:
    """张丰 -> 张*, 张三丰 and longer -> 张**; '' for no name."""
    text = seen_line(name or "")
    if not text:
        return ""
    return text[0] + "*" * min(2, max(1, len(text) - 1))


def mask_phone(phone: str | None) -> str:
    """13812341234 -> 138****1234; numbers of other lengths keep their `tail` only."""
    text = re.sub(r"\s", "", seen(phone or ""))
    if len(text) == 11:
        return f"{text[:3]}****{text[-4:]}"
    return "*" * (len(text) - len(tail(text))) + tail(text)


def mask_id(number: str | None) -> str:
    """An id number with its first three and last four characters; one shorter than nine keeps its `tail` only."""
    text = seen_line(number or "")
    if text.startswith("#"):  # a book that keeps no numbers has a hash in their place
        return _("只留校验值")
    if len(text) < 9:
        return "*" * (len(text) - len(tail(text))) + tail(text)
    return text[:3] + "*" * (len(text) - 7) + text[-4:]


def tail(number: str | None) -> str:
    """The last four characters of a number; of a short one at most half, so that it is never complete."""
    text = seen_line(number or "")
    keep = min(4, len(text) // 2)
    return text[len(text) - keep :] if keep else ""


def masked_number(typed: str) -> str:
    """A typed customer number as an error may repeat it: fully masked if it holds words, which may be a name."""
    return masked_as("all", typed) if holds_words(typed) else typed


def holds_words(text: str) -> bool:
    """Whether a text that should be a number has two letters in a row, and so may be a name."""
    return _WORDS.search(text) is not None


def print_name(name: str | None) -> str:
    """A name as print shows it, always of the same length: 张**."""
    return f"{seen_line(name or '')[:1]}**"


def mask_typed(mask: Mask, text: str) -> str:
    """A value typed in a condition beside a term with this mask; under mask 'text' long numbers keep their last four."""
    if mask != "text":
        return masked_as(mask, text)
    return _LONG_NUMBER.sub(lambda digits: "*" * (len(digits[0]) - 4) + digits[0][-4:], text)


class Cover:
    """Masks free text: the names and numbers of given customers, any phone, any id number."""

    def __init__(self, customers: Iterable[tuple[str, str]], *, kept: Collection[str] = ()) -> None:
        """`customers`: (name, customer number) pairs; `kept`: numbers that stay although they may look like a phone."""
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
        self._lengths = {sign: sorted(sizes, reverse=True) for sign, sizes in lengths.items()}
        self._first = re.compile(f"[{re.escape(''.join(lengths))}]") if lengths else None

    def __call__(self, text: str) -> str:
        """The text with everything masked that identifies a customer."""
        if self._first is not None:
            text = self._without_words(text, self._first)
        if _NUMBER.search(text) is None:
            return text
        text = _ID.sub(lambda number: self._number(number, f"{'*' * 14}{number[1]}"), text)
        return _PHONE.sub(lambda number: self._number(number, f"{number[1]}****{number[2]}"), text)

    def _number(self, match: re.Match[str], masked: str) -> str:
        return match[0] if match[0] in self._kept else masked

    def _without_words(self, text: str, first: re.Pattern[str]) -> str:
        """The text with the words masked, in one pass over the places where one may begin, however many words there are."""
        parts: list[str] = []
        done = 0
        for start in first.finditer(text):
            at = start.start()
            if at < done:
                continue
            for length in self._lengths[start[0]]:
                if (word := text[at : at + length]) in self._words:
                    parts += [text[done:at], self._words[word]]
                    done = at + length
                    break
        return "".join([*parts, text[done:]]) if parts else text


_IN_TEXT = Cover(())
