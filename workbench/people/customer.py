"""One customer as a row of the customer list, or as a hit of the search box."""

from dataclasses import dataclass
from typing import Literal

#: The light that a check gave a customer (domain 4.4).
Light = Literal["red", "orange", "yellow"]
#: By what a customer was found; 'phone_masked': the list hides digits, so that it may be another's number.
Matched = Literal["name", "pinyin", "number", "phone", "phone_masked"]


@dataclass(frozen=True, slots=True)
class CustomerRow:
    """One row of the customer list, by the newest month that lists the customer."""

    customer_id: int
    customer_no: str
    name: str
    phone: str | None
    tier: str | None
    bank_level: str | None
    aum_fen: int | None
    daily_average_fen: int | None
    #: change of the daily average (fen) against the month before; None if either is not told
    change_fen: int | None
    risk: float | None
    light: Light | None
    branch: str | None
    manager: str | None
    last_touch: str | None
    month: str | None
    #: the end of his number that tells him from others of the window with the same masked name; '' for the usual one
    end: str = ""


@dataclass(frozen=True, slots=True)
class CustomerHit:
    """One hit of the search box. `matched` says by what; the rest tells him from others with the same masked name (see
    `people.namesakes`): `end` of his number, `born` (year) or `age` in years, `level` in words, assets, branch."""

    customer_id: int
    customer_no: str
    name: str
    phone: str | None
    matched: Matched
    end: str = ""
    born: int | None = None
    age: int | None = None
    level: str = ""
    aum_fen: int | None = None
    branch: str = ""
