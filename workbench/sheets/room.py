"""`Sheets`, the door for paper and files: makes them, draws them for preview and printer, saves and registers them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from db.engine import Book
from workbench.base.dates import now
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.settings import BookSettings
from workbench.outreach.codes import codes
from workbench.outreach.critical.entry import CriticalQueue
from workbench.outreach.draft import WeekPlan
from workbench.outreach.review import review
from workbench.people.privacy import tail
from workbench.sheets.content import PLAN_PDF, Imprint, plan_name, sheet
from workbench.sheets.handed_out import HandedOut
from workbench.sheets.pdf import PageImage, pages
from workbench.sheets.printed import Printed, typeset_as
from workbench.trust.register import Register

if TYPE_CHECKING:
    from workbench.insight.portrait.portrait import Portrait
    from workbench.outreach.log.logged import LogFilter, LoggedContact
    from workbench.sheets.contact_sheet import ContactSheet

#: Dots per inch on the screen, and on paper.
SCREEN, PAPER = 110, 200


class Sheets:
    """Makes sheets of what the other rooms decided; whatever is saved or printed is registered."""

    def __init__(self, book: Book, settings: BookSettings, register: Register) -> None:
        self.book = book
        self.settings = settings
        self.register = register
        self.handed_out = HandedOut(book)

    # -- made ------------------------------------------------------------------------------------------------

    def plan_pdf(self, plan: WeekPlan) -> Printed:
        """The 531 sheet: one A4 page, black-and-white safe, names masked."""
        return typeset_as(PLAN_PDF, sheet(plan, self._imprint(plan)), plan_name(plan), plan.customers_named())

    def plan_xlsx(self, plan: WeekPlan) -> Printed:
        """The 531 plan as a workbook, with a customer list whose results can be read back."""
        from workbench.sheets.workbook import PLAN_XLSX, plan_xlsx

        content = plan_xlsx(plan, sheet(plan, self._imprint(plan)))
        return Printed(PLAN_XLSX, content, plan_name(plan), plan.customers_named())

    def critical_pdf(self, queue: CriticalQueue) -> Printed:
        """The weekly list of the seven critical classes, black-and-white safe, names masked."""
        from workbench.sheets.critical_sheet import critical_pdf

        return critical_pdf(queue, printed_by=self._printed_by(queue.manager), printed_at=now())

    def critical_xlsx(self, queue: CriticalQueue) -> Printed:
        """The same list as a workbook."""
        from workbench.sheets.critical_sheet import critical_xlsx

        return critical_xlsx(queue, printed_by=self._printed_by(queue.manager), printed_at=now())

    def contacts_xlsx(self, what: "LogFilter", contacts: Sequence["LoggedContact"], purpose: str) -> Printed:
        """The contact log of a filter as a workbook. Raises WorkbenchError no_purpose."""
        from workbench.sheets.contact_sheet import contacts_xlsx

        return contacts_xlsx(self._contact_sheet(what, contacts, purpose))

    def contacts_csv(self, what: "LogFilter", contacts: Sequence["LoggedContact"], purpose: str) -> Printed:
        """The same as CSV. Raises WorkbenchError no_purpose."""
        from workbench.sheets.contact_sheet import contacts_csv

        return contacts_csv(self._contact_sheet(what, contacts, purpose))

    def _contact_sheet(
        self, what: "LogFilter", contacts: Sequence["LoggedContact"], purpose: str
    ) -> "ContactSheet":
        from workbench.sheets.contact_sheet import ContactSheet

        if not purpose.strip():
            raise WorkbenchError(
                "no_purpose", _("导出联系记录要写明用途,没有写出文件。"), _("请写一句用途;用途会登记。")
            )
        names = {table: dict(codes(table)) for table in ("channels", "results")}
        return ContactSheet(what, contacts, names, purpose.strip(), self._printed_by(""), now())

    def portrait_pdf(self, portrait: "Portrait", words: Mapping[str, str]) -> Printed:
        """One customer on one masked A4 page; `words` name channels, results and signals (see `portrait_sheet.names`)."""
        from workbench.sheets.portrait_sheet import portrait_content, portrait_pdf

        at = now()
        number = f"P{at[:10].replace('-', '')}-{tail(portrait.customer_no)}"
        printed_by = str(self.settings.get("manager") or "")
        paper = portrait_content(portrait, words, printed_by=printed_by, printed_at=at, number=number)
        return portrait_pdf(paper, portrait.customer_no)

    def _imprint(self, plan: WeekPlan) -> Imprint:
        return Imprint(self._printed_by(plan.manager), now(), review(self.book, plan.week))

    def _printed_by(self, manager: str) -> str:
        return str(self.settings.get("manager") or manager)

    # -- leaving the book ------------------------------------------------------------------------------------

    def pages(self, printed: Printed, dpi: int = SCREEN) -> list[PageImage]:
        """The pages of a PDF sheet as pictures, for the preview."""
        return pages(printed.content, dpi)

    def send(self, printed: Printed, copies: int) -> list[PageImage]:
        """The pages as pictures for a printer; the print with its copies is registered (domain 17)."""
        drawn = pages(printed.content, PAPER)
        self.register.printed(printed.outgoing, len(drawn), copies)
        self._keep(printed)
        return drawn

    def save(self, printed: Printed, path: Path, *, replace: bool = False) -> Path:
        """Write a sheet to a file and register it; the path written. Raises as `Register.save`."""
        saved = self.register.save(printed.outgoing, printed.content, path, replace=replace)
        self._keep(printed)
        return saved

    def _keep(self, printed: Printed) -> None:
        for one in printed.handed:
            self.handed_out.keep(one)
