"""A meeting with a customer: what to prepare, and what was agreed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from db.values import Json
from workbench.outreach.contacts import NewContact

Who = Literal["manager", "customer"]


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """A line to be spoken of; `aside`: its reason or what follows, which stays inside the bank; `inside`: so does the line, which
    the customer never spoke of."""

    text: str
    aside: str = ""
    inside: bool = False

    def as_json(self) -> dict[str, str | None]:
        """For the command line."""
        return {"text": self.text, "note": self.aside or None}


@dataclass(frozen=True, slots=True)
class AgendaPart:
    """Lines of one sense. `inside`: of the bank alone, so that the customer's copy leaves them out."""

    code: str
    title: str
    lines: tuple[AgendaLine, ...]
    inside: bool = False


@dataclass(frozen=True, slots=True)
class MeetingAgenda:
    """What is known of a customer for a meeting on `day` (ISO), by data of `as_of`; parts without lines are left out. `advice`:
    (advice, reason) as portrait and allocation say it, the only advice there is; `barred`: why no product is spoken of, ''
    where it may be."""

    customer_no: str
    name: str
    day: str
    as_of: str | None
    parts: tuple[AgendaPart, ...]
    advice: tuple[tuple[str, str], ...] = ()
    barred: str = ""

    def as_json(self) -> dict[str, object]:
        """For the command line."""
        return {
            "customer_no": self.customer_no, "name": self.name, "date": self.day, "as_of": self.as_of,
            "barred": self.barred or None,
            "agenda": {one.code: [line.as_json() for line in one.lines] for one in self.parts},
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class MeetingTask:
    """What `who` does by a day (ISO, '' for none). One of the manager is a promise, and has its day."""

    who: Who
    text: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting that took place: `date` ISO, None: today; `advice`: (what, why); `contact`: logged with it, None: it was logged
    already."""

    date: str | None = None
    topics: Sequence[str] = ()
    advice: Sequence[tuple[str, str]] = ()
    tasks: Sequence[MeetingTask] = ()
    contact: NewContact | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting as it was recorded."""

    id: int
    customer_id: int
    date: str
    topics: tuple[str, ...] = ()
    advice: tuple[tuple[str, str], ...] = ()
    tasks: tuple[MeetingTask, ...] = field(default=())

    def as_json(self) -> dict[str, object]:
        """For the command line."""
        return {
            "meeting": self.id, "date": self.date, "topics": [{"text": one} for one in self.topics],
            "advised": [{"text": text, "note": why} for text, why in self.advice],
            "tasks": [{"who": one.who, "text": one.text, "by": one.by or None} for one in self.tasks],
        }  # fmt: skip


def body_of(new: NewMeeting) -> dict[str, Json]:
    """The body of a meeting as it is kept."""
    return {
        "topics": list(new.topics),
        "advice": [[text, why] for text, why in new.advice],
        "tasks": [{"who": one.who, "text": one.text, "by": one.by} for one in new.tasks],
    }


def outward(lines: Iterable[str], inside: Iterable[str]) -> list[str]:
    """The lines that may be given to a customer: those without any word that stays inside the bank."""
    words = tuple(inside)
    return [line for line in lines if not any(word in line for word in words)]
