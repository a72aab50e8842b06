"""`SheetsOfYear`: the papers of a year of contact, its calendar file, its salons."""

from typing import TYPE_CHECKING

from workbench.base.dates import today, utc_now
from workbench.base.errors import in_words
from workbench.base.i18n import _
from workbench.sheets.making_sheets import SheetMaking
from workbench.sheets.printed import Printed

if TYPE_CHECKING:
    from workbench.outreach.agenda.agenda import AgendaYear
    from workbench.sheets.pack.making import Binding
    from workbench.sheets.year_material import YearMaterial


class SheetsOfYear(SheetMaking):
    """The papers of a year of contact, its calendar file, its salons."""

    def year_wheel(self, year: "int | AgendaYear") -> Printed:
        """The year on one A3 page; nobody is named. Raises WorkbenchError bad_year."""
        from workbench.sheets.year_wheel import WHEEL_PDF, wheel_part

        material = self._year(year, named=False, money=True)
        name = _("{year} 年轮").format(year=material.agenda.year)
        return self._year_binding(material).pdf(WHEEL_PDF, name, [wheel_part(material)])

    def month_plan(self, year: "int | AgendaYear", month: int | None = None) -> Printed:
        """客户触点规划表 of a month (1-12) or of all of a year, A4, names masked. Raises WorkbenchError bad_year."""
        from workbench.sheets.month_plan import MONTH_PDF, month_name, month_parts

        material = self._year(year)
        name = month_name(material.agenda.year, month)
        return self._year_binding(material).pdf(MONTH_PDF, name, month_parts(material, month))

    def year_pdf(self, year: "int | AgendaYear") -> Printed:
        """The year on one page and the sheets of its months behind it. Raises WorkbenchError bad_year."""
        from workbench.sheets.month_plan import YEAR_PDF, month_name, month_parts
        from workbench.sheets.year_wheel import wheel_part

        material = self._year(year, money=True)
        parts = [wheel_part(material), *month_parts(material)]
        return self._year_binding(material).pdf(YEAR_PDF, month_name(material.agenda.year), parts)

    def year_xlsx(self, year: "int | AgendaYear") -> Printed:
        """The touches of a year as a workbook, a worksheet a month, whose results can be read back. Raises WorkbenchError
        bad_year."""
        from workbench.sheets.month_plan import month_name, month_parts
        from workbench.sheets.year_xlsx import YEAR_XLSX

        material = self._year(year)
        name = month_name(material.agenda.year)
        return self._year_binding(material).xlsx(YEAR_XLSX, name, month_parts(material))

    def year_ics(self, year: "int | AgendaYear", *, cancel: bool = False) -> Printed:
        """A year as a calendar file; `cancel`: the file that cancels all that such files told of it. Raises WorkbenchError
        bad_year, no_calendar_out."""
        from workbench.sheets.ics.calendar_file import cancelling_calendar, year_calendar
        from workbench.sheets.ics.stamps import book_key, stamps_of

        number = year if isinstance(year, int) else year.year
        with in_words(), self.book.read() as conn:
            kept = stamps_of(conn, number)
        if cancel:
            return cancelling_calendar(number, kept, utc_now())
        return year_calendar(self._year(year), book_key(self.book), kept, utc_now())

    def salon_letters(self, salon: int) -> Printed:
        """The invitations of a salon, a letter a page, names in full. Raises WorkbenchError nobody, no_such_salon."""
        from workbench.sheets.salon_papers import salon_letters

        return salon_letters(self._outreach().salons.letters(salon), self._manager(), today(), self.anchor())

    def salon_labels(self, salon: int) -> Printed:
        """The name badges of who comes to a salon, names in full. Raises WorkbenchError nobody, no_such_salon."""
        from workbench.sheets.salon_papers import salon_labels

        return salon_labels(
            self._outreach().salons.letters(salon, coming=True), self._manager(), today(), self.anchor()
        )

    def _year(self, year: "int | AgendaYear", *, named: bool = True, money: bool = False) -> "YearMaterial":
        """What the sheets of a year are made of; `named`: its touches too, `money`: what matures too."""
        from workbench.sheets.year_material import YearMaterial, year_budget

        outreach = self._outreach()
        agenda = outreach.agenda.year(year) if isinstance(year, int) else year
        first, last = f"{agenda.year:04d}-01-01", f"{agenda.year:04d}-12-31"
        touches = outreach.agenda.touches(first, last, made=True) if named else ()
        months: dict[str, int] = {}
        notes: tuple[str, ...] = ()
        if money:
            notes = outreach.maturities.waves(agenda.year).notes
            for line in outreach.maturities.maturing(agenda.year):
                months[line.date[:7]] = months.get(line.date[:7], 0) + (line.fen or 0)
        rooms = (outreach.gifts, outreach.salons) if named else ()
        budget = year_budget(*(one.budget(agenda.year) for one in rooms))
        by, note = self._manager(), " ".join(notes)
        scripts = outreach.drafts.scripts(touches)
        return YearMaterial(agenda, touches, outreach.rules, by, months or None, note, budget, scripts)

    def _year_binding(self, material: "YearMaterial") -> "Binding":
        # one week for all of a year: a sheet printed again replaces that of its month
        first = f"{material.agenda.year:04d}-W01"
        return self._binding(self._imprint(first, material.manager), first)
