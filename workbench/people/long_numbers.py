"""Numbers in free text that name somebody: mobile numbers of 11 digits, identity numbers of 18 (domain 17)."""

import re

from workbench.people.privacy import masked_as

_PHONE = re.compile(r"(?<!\d)1\d{10}(?!\d)")
_ID = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[\dXx]|\d{15})(?![0-9A-Za-z])")
_LONG = re.compile(f"{_PHONE.pattern}|{_ID.pattern}")


def holds_number(text: str) -> bool:
    """Whether a text holds such a number beside other words: a field that is nothing but a number is meant to be one."""
    return _LONG.search(text) is not None and _LONG.sub("", text).strip() != ""


def covered(text: str) -> str:
    """The text with these numbers masked as everywhere: 138****1234."""
    return masked_as("text", text)


def without_ids(text: str) -> str:
    """The text with identity numbers covered whole."""
    return _ID.sub("***", text)


def is_id(text: str) -> bool:
    """Whether a text is an identity number and nothing else, unmasked."""
    return _ID.fullmatch(text.strip()) is not None
