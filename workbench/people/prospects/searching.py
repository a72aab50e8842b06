"""Finds persons without an account while somebody types, beside the customers: by name, pinyin, digits of the telephone."""

from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection, func, select

from db.record import audit
from workbench.people.dialling import plain_number
from workbench.people.names import pinyin
from workbench.people.prospects.prospect import Prospect
from workbench.people.prospects.reading import kept
from workbench.rules.parameters import Rules

#: digits from which a telephone is looked for anywhere in it
LEAST = 4
ProspectMatch = Literal["name", "pinyin", "phone"]


@dataclass(frozen=True, slots=True)
class ProspectHit:
    """One person; name and telephone as the screen shows them. `held`: why he may not be marketed to, '' if he may."""

    key: str
    name: str
    phone: str
    matched: ProspectMatch
    held: str


@dataclass(frozen=True, slots=True)
class _Known:
    """Those who are followed up on a day at a state of the book, with the sound of their names in full and by initials."""

    at: tuple[int, str]
    persons: tuple[tuple[Prospect, str, str], ...]


class ProspectSearch:
    """Finds persons while somebody types; one per book. They are read again once anything was written."""

    def __init__(self) -> None:
        self._known = _Known((-1, ""), ())

    def hits(self, conn: Connection, rules: Rules, text: str, limit: int, day: str) -> list[ProspectHit]:
        """At most `limit` persons who are followed up on a day (ISO), the next to expire first; none for blanks."""
        typed = text.strip()
        digits = plain_number(typed)
        by_digits = digits.isascii() and digits.isdigit()
        if not typed or (by_digits and len(digits) < LEAST):
            return []
        plain = typed.lower().replace(" ", "")
        matching: list[ProspectHit] = []
        for one, sound, initials in self._persons(conn, rules, day):
            matched: ProspectMatch | None = None
            if by_digits:
                matched = "phone" if one.phone and digits in one.phone else None
            elif typed in one.name:
                matched = "name"
            elif plain.isascii() and (sound.startswith(plain) or initials.startswith(plain)):
                matched = "pinyin"
            if matched and len(matching) < limit:
                hit = ProspectHit(one.key, one.shown("name"), one.shown("phone"), matched, one.may.name)
                matching.append(hit)
        return matching

    def _persons(self, conn: Connection, rules: Rules, day: str) -> tuple[tuple[Prospect, str, str], ...]:
        at = (conn.execute(select(func.max(audit.c.id))).scalar() or 0, day)
        if self._known.at != at:
            persons, _closed = kept(conn, rules, day)
            sounds, initials = pinyin([one.name for one in persons]) if persons else ([], [])
            lines = zip(persons, sounds, initials, strict=True)
            self._known = _Known(at, tuple((one, full or "", short or "") for one, full, short in lines))
        return self._known.persons
