"""`Sheets`, the door for paper and files: makes them, draws them for preview and printer, saves and registers them."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from db.engine import Book
from workbench.base.dates import now
from workbench.base.i18n import _
from workbench.base.settings import BookSettings
from workbench.outreach.critical.entry import CriticalQueue
from workbench.outreach.draft import WeekPlan
from workbench.outreach.review import review
from workbench.outreach.room import Outreach
from workbench.people.privacy import tail
from workbench.sheets.content import PLAN_PDF, Imprint, plan_name
from workbench.sheets.handed_out import HandedOut
from workbench.sheets.pdf import PageImage, pages
from workbench.sheets.printed import Printed
from workbench.trust.register import Register

if TYPE_CHECKING:
    from workbench.insight.portrait.portrait import Portrait
    from workbench.sheets.pack.material import WeekMaterial

#: Dots per inch on the screen, and on paper.
SCREEN, PAPER = 110, 200


class Sheets:
    """Makes sheets of what the other rooms decided; whatever is saved or printed is registered."""

    def __init__(
        self, book: Book, settings: BookSettings, register: Register, outreach: Callable[[], Outreach]
    ) -> None:
        self.book = book
        self.settings = settings
        self.register = register
        self._outreach = outreach
        self.handed_out = HandedOut(book)

    # -- made ------------------------------------------------------------------------------------------------

    def plan_pdf(self, plan: WeekPlan, *, phones: str = "") -> Printed:
        """The 531 sheet with the call sheets behind it. `phones`: for what telephones are printed in full, '' for masked."""
        from workbench.sheets.pack.making import bound, parts_of

        material = self._material(plan, phones)
        parts = parts_of(material, ("plan", "calls"))
        return bound(material, parts, self.handed_out, PLAN_PDF, plan_name(plan), purpose=phones)

    def pack(self, parts: Sequence[str] = (), week: str | None = None, *, phones: str = "") -> Printed:
        """The paper of a week (本周晨会材料) as one PDF: the parts chosen, none given: the usual ones.

        Raises WorkbenchError no_such_part, bad_week.
        """
        from workbench.sheets.pack.making import PACK_PDF, bound, parts_of

        material = self._material(self._outreach().plan(week), phones)
        name = _("本周晨会材料 {week}").format(week=material.week)
        return bound(material, parts_of(material, parts), self.handed_out, PACK_PDF, name, purpose=phones)

    def _material(self, plan: WeekPlan, phones: str) -> "WeekMaterial":
        from workbench.sheets.pack.material import WeekMaterial

        return WeekMaterial(self.book, self._outreach(), plan, self._imprint(plan), phones=bool(phones))

    def plan_xlsx(self, plan: WeekPlan) -> Printed:
        """The 531 plan as a workbook, with a customer list whose results can be read back."""
        from workbench.sheets.workbook import plan_workbook

        return plan_workbook(self._material(plan, ""), self.handed_out)

    def critical_pdf(self, queue: CriticalQueue) -> Printed:
        """The weekly list of the seven critical classes, black-and-white safe, names masked."""
        from workbench.sheets.critical_sheet import critical_pdf

        return critical_pdf(queue, printed_by=self._printed_by(queue.manager), printed_at=now())

    def critical_xlsx(self, queue: CriticalQueue) -> Printed:
        """The same list as a workbook."""
        from workbench.sheets.critical_sheet import critical_xlsx

        return critical_xlsx(queue, printed_by=self._printed_by(queue.manager), printed_at=now())

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
