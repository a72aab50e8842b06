"""One field of the catalogue, as a value."""

from dataclasses import dataclass

from workbench.base.i18n import _, compound
from workbench.base.sensitivity import CLOSED, Sensitivity


@dataclass(frozen=True, slots=True)
class Field:
    """One field: `columns` are its places as (table, column); `kind` says how its cells are read.

    `sheets` are the kinds of sheet of a field that has no place of its own (one that is only computed with);
    `parts` the words its label is made of, each translated on its own.
    """

    key: str
    label: str
    kind: str
    columns: tuple[tuple[str, str], ...]
    synonyms: tuple[str, ...] = ()
    #: headings that may mean this field, and must be asked
    maybe: tuple[str, ...] = ()
    star: bool = False
    unlock: str = ""
    sheets: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()
    #: closed as long as the catalogue does not say otherwise
    sensitivity: Sensitivity = CLOSED

    def column(self, table: str) -> str | None:
        """The column that holds this field in `table`; None when the field is not stored there."""
        return next((column for name, column in self.columns if name == table), None)

    def shown(self) -> str:
        """The label in the language of the user."""
        return compound(_(part) for part in self.parts) if self.parts else _(self.label)
