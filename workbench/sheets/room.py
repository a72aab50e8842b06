"""`Sheets`, the door for paper and files: makes them, draws them for preview and printer, saves and registers them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from db.engine import Book
from workbench.base.errors import in_words
from workbench.base.i18n import _
from workbench.base.settings import BookSettings
from workbench.outreach.contact_limits import whose
from workbench.outreach.critical.entry import CriticalQueue
from workbench.outreach.draft import WeekPlan
from workbench.outreach.room import Outreach
from workbench.outreach.today.day import DayList
from workbench.sheets.content import PLAN_PDF, PLAN_XLSX, plan_name
from workbench.sheets.handed_out import HandedOut
from workbench.sheets.of_many import SheetsOfMany
from workbench.sheets.of_one import SheetsOfOne
from workbench.sheets.of_year import SheetsOfYear
from workbench.sheets.pdf import PageImage, pages
from workbench.sheets.printed import Printed
from workbench.trust.register import Register

if TYPE_CHECKING:
    from workbench.insight.portrait.portrait import Portrait
    from workbench.sheets.pack.making import Binding
    from workbench.sheets.pack.material import WeekMaterial
    from workbench.sheets.pack.part import Part

#: Dots per inch on the screen, and on paper.
SCREEN, PAPER = 110, 200


class Sheets(SheetsOfYear, SheetsOfOne, SheetsOfMany):
    """Makes sheets of what the other rooms decided; whatever is saved or printed is registered."""

    def __init__(
        self,
        book: Book,
        settings: BookSettings,
        register: Register,
        outreach: Callable[[], Outreach],
        portrait: "Callable[[str], Portrait] | None" = None,
    ) -> None:
        """`portrait`: gives the portrait of a customer by number; None: one made for these sheets alone."""
        self.book = book
        self.settings = settings
        self.register = register
        self._outreach = outreach
        self._portrait = portrait or self._own_portrait
        self.handed_out = HandedOut(book)
        #: changes that keep what was sent to a printer last
        self._sent: list[int] = []
        #: the row of the register of what was sent last
        self._sent_as = 0

    # -- made ------------------------------------------------------------------------------------------------

    def plan_pdf(self, plan: WeekPlan, *, phones: str = "") -> Printed:
        """The 531 sheet with the call sheets behind it. `phones`: for what telephones are printed in full, '' for masked."""
        from workbench.sheets.pack.making import parts_of

        material = self._material(plan, phones)
        parts = parts_of(material, ("plan", "calls"))
        return self._binding(material.imprint, plan.week, phones).pdf(PLAN_PDF, plan_name(plan), parts)

    def plan_xlsx(self, plan: WeekPlan) -> Printed:
        """The 531 plan and its call sheet as a workbook, whose results can be read back."""
        from workbench.sheets.pack.making import parts_of

        material = self._material(plan, "")
        parts = parts_of(material, ("plan", "calls"))
        return self._binding(material.imprint, plan.week).xlsx(PLAN_XLSX, plan_name(plan), parts)

    def pack(self, parts: Sequence[str] = (), week: str | None = None, *, phones: str = "") -> Printed:
        """The paper of a week (本周晨会材料) as one PDF: the parts chosen, none given: the usual ones.

        Raises WorkbenchError no_such_part, bad_week.
        """
        from workbench.sheets.pack.making import PACK_PDF

        binding, name, made = self._pack(parts, week, phones)
        return binding.pdf(PACK_PDF, name, made)

    def pack_xlsx(self, parts: Sequence[str] = (), week: str | None = None, *, phones: str = "") -> Printed:
        """The same as a workbook, a worksheet for each sheet. Raises as `pack`."""
        from workbench.sheets.pack.making import PACK_XLSX

        binding, name, made = self._pack(parts, week, phones)
        return binding.xlsx(PACK_XLSX, name, made)

    def _pack(
        self, parts: Sequence[str], week: str | None, phones: str
    ) -> "tuple[Binding, str, tuple[Part, ...]]":
        from workbench.sheets.pack.making import chosen_parts, parts_of

        chosen = chosen_parts(parts)
        material = self._material(self._outreach().plan(week), phones)
        name = _("本周晨会材料 {week}").format(week=material.week)
        return self._binding(material.imprint, material.week, phones), name, parts_of(material, chosen)

    def critical_pdf(self, queue: CriticalQueue) -> Printed:
        """The weekly list of the seven critical classes, black-and-white safe, names masked."""
        from workbench.sheets.pack.critical import CRITICAL_PDF, critical_name, critical_part

        binding = self._binding(self._imprint(queue.week, queue.manager), queue.week)
        return binding.pdf(CRITICAL_PDF, critical_name(queue), [critical_part(queue)])

    def critical_xlsx(self, queue: CriticalQueue) -> Printed:
        """The same list as a workbook."""
        from workbench.sheets.pack.critical import CRITICAL_XLSX, critical_name, critical_part

        binding = self._binding(self._imprint(queue.week, queue.manager), queue.week)
        return binding.xlsx(CRITICAL_XLSX, critical_name(queue), [critical_part(queue)])

    def day_pdf(self, day: DayList) -> Printed:
        """The list of a day, names and telephones masked."""
        from workbench.sheets.pack.day import DAY_PDF, day_name, day_part

        with in_words(), self.book.read() as conn:
            manager, _branch = whose(conn)
        return self._binding(self._imprint(day.week, manager), day.week).pdf(
            DAY_PDF, day_name(day), [day_part(day)]
        )

    def _material(self, plan: WeekPlan, phones: str) -> "WeekMaterial":
        from workbench.sheets.pack.material import WeekMaterial

        imprint = self._imprint(plan.week, plan.manager)
        return WeekMaterial(self.book, self._outreach(), plan, imprint, self._cards, phones=bool(phones))

    def journey_cards(self, week: str | None = None) -> Printed:
        """The journey cards of the first customers (`sheet.cards`) of a week, two an A4, printed on both sides and cut; masked.
        Raises WorkbenchError bad_week."""
        from workbench.sheets.journey_card import CARDS_PDF
        from workbench.sheets.pack.cards import cards

        material = self._material(self._outreach().plan(week), "")
        name = _("旅程卡 {week}").format(week=material.week)
        return self._binding(material.imprint, material.week).pdf(CARDS_PDF, name, cards(material))

    # -- leaving the book ------------------------------------------------------------------------------------

    def pages(self, printed: Printed, dpi: int = SCREEN) -> list[PageImage]:
        """The pages of a PDF sheet as pictures, for the preview."""
        return pages(printed.content, dpi)

    def send(self, printed: Printed, copies: int, chosen: Sequence[int] = ()) -> list[PageImage]:
        """The pages as pictures for a printer, `chosen` ones (from 0) or all; the print with its copies is registered
        (domain 17)."""
        drawn = pages(printed.content, PAPER, chosen)
        self._sent_as = self.register.printed(printed.outgoing, len(drawn), copies)
        self._sent = self._keep(printed)
        return drawn

    def not_printed(self, printed: Printed, pages: int = 0) -> None:
        """The printer failed with what was sent last, after `pages` that may have come out: the register says so, and sheets that
        it would have replaced count again."""
        self.register.not_printed(printed.outgoing, self._sent_as, pages)
        self.handed_out.take_back(self._sent)
        self._sent = []

    def save(self, printed: Printed, path: Path, *, replace: bool = False) -> Path:
        """Write a sheet to a file and register it; the path written. Raises as `Register.save`."""
        saved = self.register.save(printed.outgoing, printed.content, path, replace=replace)
        self._keep(printed)
        if printed.calendar is not None:
            from workbench.sheets.ics.stamps import keep_stamps

            keep_stamps(self.book, printed.calendar)
        return saved

    def _keep(self, printed: Printed) -> list[int]:
        return [change for one in printed.handed if (change := self.handed_out.keep(one)) is not None]
