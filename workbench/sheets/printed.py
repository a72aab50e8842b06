"""`Printed`: a paper or file about to leave the book, with the fields of customers that it shows."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from db.values import Json
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.sheets.calendar_stamps import CalendarStamps
from workbench.sheets.pdf import compiled
from workbench.trust.register import Outgoing


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A kind of sheet: its code in the register, the fields of customers that it shows, and its template in
    resources/sheets ('' for a workbook)."""

    code: str
    fields: tuple[str, ...]
    template: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished sheet. `name` is a proposed file name without ending; `rows` counts the rows about customers (0: nobody is
    named); `fields` and `facts` are registered beside those of the kind; `handed`: its numbered rows, kept
    when it leaves, so that it can come back filled in."""

    kind: SheetKind
    content: bytes
    name: str
    rows: int
    fields: tuple[str, ...] = ()
    facts: Mapping[str, Json] = field(default_factory=dict)
    handed: tuple[HandedSheet, ...] = ()
    #: what a person should know before it is printed: characters that the paper cannot show
    notices: tuple[str, ...] = ()
    #: of a calendar file: what it tells of each entry, kept when it leaves, so that a later one says what changed
    calendar: CalendarStamps | None = None

    @property
    def outgoing(self) -> Outgoing:
        """The entry of the register for this sheet."""
        return Outgoing(self.kind.code, self.rows, (*self.kind.fields, *self.fields), self.facts)


def typeset_as(kind: SheetKind, paper: Mapping[str, object], name: str, rows: int) -> Printed:
    """A sheet as PDF: the template of its kind filled with `paper`."""
    return Printed(kind, compiled(kind.template, paper), name, rows)
