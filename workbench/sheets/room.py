"""`Sheets`: the one door for paper and files: makes them, draws them for preview and printer, saves and registers them."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from db.engine import Book
from workbench.base.dates import now
from workbench.base.settings import BookSettings
from workbench.outreach.draft import WeekPlan
from workbench.outreach.review import review
from workbench.people.privacy import tail
from workbench.sheets.content import PLAN_PDF, Imprint, plan_name, sheet
from workbench.sheets.pdf import PageImage, pages
from workbench.sheets.printed import Printed, typeset_as
from workbench.trust.register import Register

if TYPE_CHECKING:
    from workbench.insight.portrait.portrait import Portrait

#: dots per inch on the screen, and on paper
SCREEN, PAPER = 110, 200


class Sheets:
    """Makes `Printed` from what the other rooms decided; what is saved or printed is registered, whatever it is."""

    def __init__(self, book: Book, settings: BookSettings, register: Register) -> None:
        self.book = book
        self.settings = settings
        self.register = register

    # -- made ------------------------------------------------------------------------------------------------

    def plan_pdf(self, plan: WeekPlan) -> Printed:
        """The 531 sheet: one A4 page, black-and-white safe, names masked."""
        return typeset_as(PLAN_PDF, sheet(plan, self._imprint(plan)), plan_name(plan), plan.customers_named())

    def plan_xlsx(self, plan: WeekPlan) -> Printed:
        """The same as a workbook, with a customer list whose results can come back."""
        from workbench.sheets.workbook import PLAN_XLSX, plan_xlsx

        content = plan_xlsx(plan, sheet(plan, self._imprint(plan)))
        return Printed(PLAN_XLSX, content, plan_name(plan), plan.customers_named())

    def portrait_pdf(self, found: "Portrait", words: Mapping[str, str]) -> Printed:
        """One customer on one A4 page for the meeting, masked; `words` name channels, results and signals."""
        from workbench.sheets.portrait_sheet import portrait_content, portrait_pdf

        at = now()
        number = f"P{at[:10].replace('-', '')}-{tail(found.customer_no)}"
        printed_by = str(self.settings.get("manager") or "")
        paper = portrait_content(found, words, printed_by=printed_by, printed_at=at, number=number)
        return portrait_pdf(paper, found.customer_no)

    def _imprint(self, plan: WeekPlan) -> Imprint:
        printed_by = str(self.settings.get("manager") or plan.manager)
        return Imprint(printed_by, now(), review(self.book, plan.week))

    # -- leaving the book ------------------------------------------------------------------------------------

    def pages(self, printed: Printed, dpi: int = SCREEN) -> list[PageImage]:
        """The pages of a PDF as pictures, for the preview."""
        return pages(printed.content, dpi)

    def send(self, printed: Printed, copies: int) -> list[PageImage]:
        """The pages for a printer; the print is registered (domain 17)."""
        drawn = pages(printed.content, PAPER)
        self.register.printed(printed.outgoing, len(drawn), copies)
        return drawn

    def save(self, printed: Printed, path: Path, *, replace: bool = False) -> Path:
        """Write the file and register it; raises as `Register.save` does."""
        return self.register.save(printed.outgoing, printed.content, path, replace=replace)
