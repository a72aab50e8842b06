"""`Sheets`: the week on paper and in files; what leaves the book is masked, dated and registered."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from db.engine import Book
from workbench.base.dates import now
from workbench.base.settings import BookSettings
from workbench.outreach.draft import Plan
from workbench.outreach.review import review
from workbench.people.privacy import tail
from workbench.sheets.content import Imprint, sheet
from workbench.sheets.pdf import PageImage, pages, plan_pdf
from workbench.trust.register import Outgoing, Register

if TYPE_CHECKING:
    from workbench.insight.portrait.portrait import Portrait


class Sheets:
    """Makes files from what the other rooms decided, and registers each that is saved."""

    def __init__(self, book: Book, settings: BookSettings, register: Register) -> None:
        self.book = book
        self.settings = settings
        self.register = register
        #: rows about customers in what was made here, by digest: the register says how many left the book
        self._rows: dict[bytes, int] = {}

    def plan_pdf(self, plan: Plan) -> bytes:
        """The 531 sheet: one A4 page, black-and-white safe, names masked."""
        return self._made(plan, plan_pdf(sheet(plan, self._imprint(plan))))

    def plan_xlsx(self, plan: Plan) -> bytes:
        """The same as a workbook, with a customer list whose results can come back."""
        from workbench.sheets.workbook import plan_xlsx

        return self._made(plan, plan_xlsx(plan, sheet(plan, self._imprint(plan))))

    def portrait_pdf(self, found: "Portrait", words: Mapping[str, str]) -> bytes:
        """One customer on one A4 page for the meeting, masked; `words` name channels, results and signals."""
        from workbench.sheets.portrait_sheet import portrait_content, portrait_pdf

        at = now()
        number = f"P{at[:10].replace('-', '')}-{tail(found.customer_no)}"
        printed_by = str(self.settings.get("manager") or "")
        made = portrait_pdf(
            portrait_content(found, words, printed_by=printed_by, printed_at=at, number=number)
        )
        self._rows[_digest(made)] = 1
        return made

    def pages(self, pdf: bytes, dpi: int = 110) -> list[PageImage]:
        """The pages of a PDF as pictures, for preview and printing."""
        return pages(pdf, dpi)

    def save(self, kind: str, content: bytes, path: Path, *, replace: bool = False) -> Path:
        """Write a file made here and register it; raises as `Register.save` does."""
        what = Outgoing(kind, self._rows.get(_digest(content)))
        return self.register.save(what, content, path, replace=replace)

    def _imprint(self, plan: Plan) -> Imprint:
        printed_by = str(self.settings.get("manager") or plan.manager)
        return Imprint(printed_by, now(), review(self.book, plan.week))

    def _made(self, plan: Plan, content: bytes) -> bytes:
        self._rows[_digest(content)] = plan.customers_named()
        return content


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()
