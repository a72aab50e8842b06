"""Salons as values: the event, its steps, its guests, who is not invited and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from workbench.base.change import Change

SalonState = Literal["planned", "held", "cancelled"]
GuestState = Literal["listed", "invited", "confirmed", "declined", "attended", "absent"]
#: of a guest who may still come, in the order in which they follow each other
COMING = ("listed", "invited", "confirmed")
#: of a guest who sits on a seat
SEATED = ("confirmed", "attended")


@dataclass(frozen=True, slots=True)
class NewSalon:
    """A salon to be written down. `date` ISO, `time` as it is said ('14:30'), `seats` None: as many as come, `budget` in yuan
    ('': none; a text may say '1万')."""

    name: str
    kind: str
    date: str
    time: str = ""
    place: str = ""
    seats: int | None = None
    budget: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SalonSteps:
    """The workdays (ISO) of what is done for a salon; `follow_up`: when those who came are asked, unless it is agreed
    otherwise."""

    prepare: str
    invite: str
    remind: str
    thanks: str
    follow_up: str


@dataclass(frozen=True, slots=True)
class Salon:
    """An event; `guests`: how many are in each state; `sells`: whether an invitation to it is marketing."""

    id: int
    name: str
    kind: str
    kind_name: str
    sells: bool
    date: str
    time: str
    place: str
    seats: int | None
    budget_fen: int | None
    state: SalonState
    note: str
    steps: SalonSteps
    guests: Mapping[str, int]

    @property
    def seated(self) -> int:
        """How many sit on a seat."""
        return sum(self.guests.get(one, 0) for one in SEATED)

    @property
    def free(self) -> int | None:
        """How many seats are free; None where they are not counted."""
        return None if self.seats is None else self.seats - self.seated


@dataclass(frozen=True, slots=True)
class SalonGuest:
    """Somebody on the list of a salon. `invited`, `follow_up` ISO; `barred`: why he is not to be invited, '' for who may be."""

    id: int
    customer_id: int
    customer_no: str
    name: str
    state: GuestState
    invited: str | None
    feedback: str
    follow_up: str | None
    barred: str = ""


@dataclass(frozen=True, slots=True)
class NotInvited:
    """A customer who is left out, and why."""

    customer_no: str
    name: str
    why: str


@dataclass(frozen=True, slots=True)
class SalonGuests:
    """What became of customers for a salon: `done` so many, `already` there or further on, `left_out` with the reason; `over`:
    how many more than there are seats, if all of the list come."""

    change: Change
    done: int
    already: int
    left_out: tuple[NotInvited, ...]
    over: int = 0
