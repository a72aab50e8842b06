"""`Printed`: one paper or file about to leave the book, with what it tells of customers; and how a paper is typeset."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from db.values import Json
from workbench.sheets.pdf import compiled
from workbench.trust.register import Outgoing


@dataclass(frozen=True, slots=True)
class SheetKind:
    """A kind of sheet, declared beside what stands on it: its code in the register, the fields of customers that it shows,
    and its template of resources/sheets ('' for a workbook)."""

    code: str
    fields: tuple[str, ...]
    template: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """A sheet, made. `name` proposes a file name without an ending; `rows` are those about customers (0: nobody is named);
    `fields` and `facts` are registered beside those of the kind."""

    kind: SheetKind
    content: bytes
    name: str
    rows: int
    fields: tuple[str, ...] = ()
    facts: Mapping[str, Json] = field(default_factory=dict)

    @property
    def outgoing(self) -> Outgoing:
        """What the register keeps of it."""
        return Outgoing(self.kind.code, self.rows, (*self.kind.fields, *self.fields), self.facts)


def typeset_as(kind: SheetKind, paper: Mapping[str, object], name: str, rows: int) -> Printed:
    """The template of a kind filled with its values, as PDF."""
    return Printed(kind, compiled(kind.template, paper), name, rows)
