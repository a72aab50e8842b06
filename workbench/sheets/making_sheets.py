"""`SheetMaking`: what every sheet needs: who prints, for which branch, how a sheet is bound. Base of the rooms of sheets."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypedDict

from db.engine import Book
from workbench.base.dates import now
from workbench.base.errors import in_words
from workbench.base.settings import BookSettings
from workbench.outreach.contact_limits import whose
from workbench.outreach.review import review
from workbench.outreach.room import Outreach
from workbench.sheets.content import Imprint
from workbench.sheets.handed_out import HandedOut, book_mark

if TYPE_CHECKING:
    from workbench.insight.portrait.portrait import Portrait
    from workbench.sheets.pack.making import Binding


class FootNames(TypedDict):
    """Whom the foot of a sheet names."""

    printed_by: str
    branch: str
    anchor: str


class SheetMaking:
    """What every sheet needs: who prints, for which branch, how a sheet is bound. Base of the rooms of sheets."""

    if TYPE_CHECKING:
        book: Book
        settings: BookSettings
        handed_out: HandedOut
        _outreach: Callable[[], Outreach]
        _portrait: Callable[[str], Portrait]

    def foot(self) -> FootNames:
        """Who prints and for which branch, as the settings say, else as most customers of the book do."""
        with in_words(), self.book.read() as conn:
            manager, branch = whose(conn)
        return {
            "printed_by": self._printed_by(manager), "branch": str(self.settings.get("branch") or branch),
            "anchor": self.anchor(),
        }  # fmt: skip

    def anchor(self) -> str:
        """The end of the book's audit, as every sheet shows it in its foot (see `Book.anchor`)."""
        with in_words():
            return self.book.anchor().shown

    def _manager(self) -> str:
        return self.foot()["printed_by"]

    def _binding(self, imprint: Imprint, week: str, phones: str = "") -> "Binding":
        from workbench.sheets.pack.making import Binding

        with in_words(), self.book.read() as conn:
            mark = book_mark(conn)
        return Binding(imprint, self.handed_out, week, self._outreach().rules, mark, phones)

    def _imprint(self, week: str, manager: str) -> Imprint:
        return Imprint(self._printed_by(manager), now(), review(self.book, week), self.anchor())

    def _printed_by(self, manager: str) -> str:
        return str(self.settings.get("manager") or manager)
