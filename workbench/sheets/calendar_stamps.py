"""What a calendar file tells of its entries beside their words: kept when it leaves, so that a later one says what changed."""

from dataclasses import dataclass

CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Stamp:
    """An entry of a file as it was told: `changed` UTC 'YYYYMMDDTHHMMSSZ', `digest` its first day and what it said."""

    uid: str
    sequence: int
    changed: str
    digest: str

    @property
    def date(self) -> str:
        """Its first day (ISO)."""
        return self.digest.partition("/")[0]

    @property
    def cancelled(self) -> bool:
        """Whether the last file cancelled it."""
        return self.digest.endswith(f"/{CANCELLED}")


@dataclass(frozen=True, slots=True)
class CalendarStamps:
    """The stamps that a file of a year leaves behind."""

    year: int
    stamps: tuple[Stamp, ...]
