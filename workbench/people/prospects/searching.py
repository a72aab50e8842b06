"""Finds persons without an account while somebody types, beside the customers: by name, pinyin, digits of the telephone."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from workbench.people.dialling import plain_number
from workbench.people.names import pinyin
from workbench.people.privacy import mask_phone, masked_as
from workbench.people.prospects.reading import listed
from workbench.rules.parameters import Rules

#: digits from which a telephone is looked for anywhere in it
LEAST = 4


@dataclass(frozen=True, slots=True)
class ProspectHit:
    """One person; name and telephone as the screen shows them. `held`: why he may not be marketed to, '' if he may."""

    key: str
    name: str
    phone: str
    matched: Literal["name", "pinyin", "phone"]
    held: str


def hits(conn: Connection, rules: Rules, text: str, limit: int, day: str) -> list[ProspectHit]:
    """At most `limit` persons who are followed up on a day (ISO); none for blanks."""
    typed = text.strip()
    if not typed:
        return []
    persons = listed(conn, rules, day).open
    digits = plain_number(typed)
    by_digits = digits.isascii() and digits.isdigit()
    if not persons or (by_digits and len(digits) < LEAST):
        return []
    plain = typed.lower().replace(" ", "")
    full, initials = pinyin([one.name for one in persons])
    matching: list[ProspectHit] = []
    for one, sound, short in zip(persons, full, initials, strict=True):
        matched: Literal["name", "pinyin", "phone"] | None = None
        if by_digits:
            matched = "phone" if one.phone and digits in one.phone else None
        elif typed in one.name:
            matched = "name"
        elif plain.isascii() and any(key and key.startswith(plain) for key in (sound, short)):
            matched = "pinyin"
        if matched:
            name, phone = masked_as("name", one.name), mask_phone(one.phone)
            matching.append(ProspectHit(one.key, name, phone, matched, one.may.name))
    return matching[:limit]
