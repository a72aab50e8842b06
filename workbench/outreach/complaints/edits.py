"""What a person writes into a file: fields, and how it ended."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ComplaintEdit:
    """Fields of a file as they are to be; None: left as it is. `level`: a code or a word, '' none is set; money in fen, `clear`
    names figures ('money_fen', 'people', 'times', 'before') that are no longer known."""

    number: str | None = None
    category: str | None = None
    channel: str | None = None
    content: str | None = None
    demand: str | None = None
    facts: str | None = None
    blame: str | None = None
    solution: str | None = None
    root_cause: str | None = None
    mending: str | None = None
    owner: str | None = None
    against: str | None = None
    level: str | None = None
    signs: tuple[str, ...] | None = None
    money_fen: int | None = None
    people: int | None = None
    times: int | None = None
    before: int | None = None
    clear: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ComplaintEnd:
    """How a complaint ended: `satisfaction` 1 to 5 as the customer said, `after` his temperature, None where he was not asked;
    `day` ISO, '' today."""

    solution: str
    satisfaction: int | None = None
    root_cause: str = ""
    mending: str = ""
    after: int | None = None
    day: str = ""
