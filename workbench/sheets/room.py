"""`Sheets`, the door for paper and files: makes them, draws them for preview and printer, saves and registers them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from db.engine import Book
from workbench.base.dates import now, today, utc_now
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.base.months import data_date, newest_month
from workbench.base.settings import BookSettings
from workbench.base.workdays import workdays_of
from workbench.outreach.codes import codes
from workbench.outreach.contact_limits import whose
from workbench.outreach.critical.entry import CriticalQueue
from workbench.outreach.draft import WeekPlan
from workbench.outreach.review import review
from workbench.outreach.room import Outreach
from workbench.outreach.today.day import DayList
from workbench.people.privacy import tail
from workbench.sheets.content import PLAN_PDF, PLAN_XLSX, Imprint, plan_name
from workbench.sheets.handed_out import HandedOut, book_mark
from workbench.sheets.pdf import PageImage, pages
from workbench.sheets.printed import Printed
from workbench.trust.register import Register

if TYPE_CHECKING:
    from workbench.insight.allocation.allocation import Allocation, AllocationGuide
    from workbench.insight.portrait.journey_card import JourneyCard
    from workbench.insight.portrait.portrait import Portrait
    from workbench.outreach.agenda.agenda import AgendaYear
    from workbench.outreach.archive.archive import ServiceArchive
    from workbench.outreach.log.logged import LogFilter, LoggedContact
    from workbench.outreach.meetings.meeting import Meeting, MeetingAgenda
    from workbench.outreach.referrals.task import ReferralTask
    from workbench.sheets.contact_sheet import ContactSheet
    from workbench.sheets.pack.making import Binding
    from workbench.sheets.pack.material import WeekMaterial
    from workbench.sheets.pack.part import Part
    from workbench.sheets.year_material import YearMaterial

#: Dots per inch on the screen, and on paper.
SCREEN, PAPER = 110, 200


class FootNames(TypedDict):
    """Whom the foot of a sheet names."""

    printed_by: str
    branch: str


class Sheets:
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

    # -- the year --------------------------------------------------------------------------------------------

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

        return salon_letters(self._outreach().salons.letters(salon), self._manager(), today())

    def salon_labels(self, salon: int) -> Printed:
        """The name badges of who comes to a salon, names in full. Raises WorkbenchError nobody, no_such_salon."""
        from workbench.sheets.salon_papers import salon_labels

        return salon_labels(self._outreach().salons.letters(salon, coming=True), self._manager(), today())

    def unused_benefits(self, code: str = "") -> Printed:
        """The benefits that customers have not used, of one rule or of all, names masked. Raises WorkbenchError no_data."""
        from workbench.sheets.benefit_sheet import benefits_pdf

        outreach = self._outreach()
        return benefits_pdf(
            outreach.benefits.board(), outreach.rules, Imprint(self._manager(), now(), None), code
        )

    def complaint_file(self, complaint: int) -> Printed:
        """The file of a complaint (id), masked. Raises WorkbenchError no_such_complaint."""
        from workbench.sheets.complaint_file import complaint_pdf
        from workbench.sheets.pack.part import noticed

        outreach = self._outreach()
        one = outreach.complaints.of(complaint)
        printed = complaint_pdf(one, outreach.rules, Imprint(self._manager(), now(), None))
        return replace(printed, notices=noticed([(one.name, one.customer_no)]))

    def referral_rewards(self) -> Printed:
        """The ledger of what givers of referrals were thanked with, names masked, to be signed."""
        from workbench.sheets.reward_sheet import rewards_pdf

        outreach = self._outreach()
        imprint = Imprint(self._manager(), now(), None)
        return rewards_pdf(outreach.referral_rewards.ledger(), outreach.rules, imprint)

    def referrals_pdf(self, tasks: "Sequence[ReferralTask]") -> Printed:
        """Task sheets of referrals, half an A4 each with codes, names and telephones masked."""
        from workbench.sheets.referral_sheet import REFERRALS_PDF

        binding, name, part = self._referrals(tasks)
        return binding.pdf(REFERRALS_PDF, name, [part])

    def referrals_xlsx(self, tasks: "Sequence[ReferralTask]") -> Printed:
        """The same as a workbook, a row each, whose results can be read back."""
        from workbench.sheets.referral_sheet import REFERRALS_XLSX

        binding, name, part = self._referrals(tasks)
        return binding.xlsx(REFERRALS_XLSX, name, [part])

    def _referrals(self, tasks: "Sequence[ReferralTask]") -> "tuple[Binding, str, Part]":
        from workbench.sheets.referral_sheet import referral_part

        outreach = self._outreach()
        with in_words(), self.book.read() as conn:
            manager, _branch = whose(conn)
            workdays, month = workdays_of(conn), newest_month(conn)
            dated = data_date(conn, month) if month else None
        week = workdays.planning_week(today())
        names = {one.code: one.title for one in outreach.benefits.rules()}
        wrong = outreach.referrals.flagged()
        part = referral_part(tasks, outreach.rules, workdays, names, dated, wrong)
        name = f"{part.title} {today().isoformat()}"
        return self._binding(Imprint(self._printed_by(manager), now(), None), week), name, part

    def loss_sheets(self, customer_no: str = "", product: str = "") -> Printed:
        """First aid for losses, a masked A4 page a product: of one customer (of one product of his), or of those who are still to
        be called, the first `loss.sheets`. Raises WorkbenchError no_such_customer, no_such_holding, no_losses."""
        from workbench.sheets.loss_sheet import loss_pdf
        from workbench.sheets.pack.part import noticed

        outreach = self._outreach()
        talks = outreach.losses.talks(customer_no, product)
        printed = loss_pdf(talks, outreach.rules, Imprint(self._manager(), now(), None))
        people = [(one.person.name, one.person.customer_no) for one in talks]
        return replace(printed, notices=noticed(people))

    def winback(self, case: int) -> Printed:
        """The comparison of a win-back (id) with the rival, masked. Raises WorkbenchError no_such_win_back, no_comparison."""
        from workbench.sheets.pack.part import noticed
        from workbench.sheets.winback_sheet import winback_pdf

        outreach = self._outreach()
        made = outreach.win_backs.comparison(case)
        printed = winback_pdf(made, outreach.rules, Imprint(self._manager(), now(), None))
        return replace(printed, notices=noticed([(made.case.name, made.case.customer_no)]))

    def foot(self) -> FootNames:
        """Who prints and for which branch, as the settings say, else as most customers of the book do."""
        with in_words(), self.book.read() as conn:
            manager, branch = whose(conn)
        return {
            "printed_by": self._printed_by(manager), "branch": str(self.settings.get("branch") or branch),
        }  # fmt: skip

    def _manager(self) -> str:
        return self.foot()["printed_by"]

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

    def _material(self, plan: WeekPlan, phones: str) -> "WeekMaterial":
        from workbench.sheets.pack.material import WeekMaterial

        imprint = self._imprint(plan.week, plan.manager)
        return WeekMaterial(self.book, self._outreach(), plan, imprint, self._cards, phones=bool(phones))

    def _binding(self, imprint: Imprint, week: str, phones: str = "") -> "Binding":
        from workbench.sheets.pack.making import Binding

        with in_words(), self.book.read() as conn:
            mark = book_mark(conn)
        return Binding(imprint, self.handed_out, week, self._outreach().rules, mark, phones)

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
        from workbench.sheets.pack.part import noticed
        from workbench.sheets.portrait_sheet import portrait_content, portrait_pdf

        at = now()
        number = f"P{at[:10].replace('-', '')}-{tail(portrait.customer_no)}"
        printed_by = str(self.settings.get("manager") or "")
        paper = portrait_content(portrait, words, printed_by=printed_by, printed_at=at, number=number)
        printed = portrait_pdf(paper, portrait.customer_no)
        return replace(printed, notices=noticed([(portrait.name, portrait.customer_no)]))

    def allocation_pdf(self, allocation: "Allocation") -> Printed:
        """The four pots of one customer on one masked A4 page."""
        from workbench.sheets.allocation_sheet import allocation_content, allocation_pdf
        from workbench.sheets.pack.part import noticed

        at, number = now(), f"A{now()[:10].replace('-', '')}-{tail(allocation.customer_no)}"
        paper = allocation_content(
            allocation, self._outreach().rules, printed_by=self._manager(), printed_at=at, number=number
        )
        printed = allocation_pdf(paper, allocation.customer_no)
        return replace(printed, notices=noticed([(allocation.name, allocation.customer_no)]))

    def meeting_pdf(
        self, agenda: "MeetingAgenda", held: "Meeting | None" = None, *, customer: bool = False
    ) -> Printed:
        """The agenda of a meeting with blanks, or the record of one that was `held`; `customer`: his copy, without words that
        stay inside the bank."""
        from workbench.sheets.meeting_sheet import meeting_pdf
        from workbench.sheets.pack.part import noticed

        rules = self._outreach().rules
        made = meeting_pdf(
            agenda, held, rules, customer=customer, printed_by=self._manager(), printed_at=now()
        )
        return replace(made, notices=noticed([(agenda.name, agenda.customer_no)]))

    def service_archive(self, made: "ServiceArchive") -> Printed:
        """The service file of one customer, A4, masked."""
        from workbench.sheets.pack.part import noticed
        from workbench.sheets.service_archive import service_archive_pdf

        at = now()
        number = f"S{at[:10].replace('-', '')}-{tail(made.customer_no)}"
        imprint = Imprint(self._manager(), at, None)
        printed = service_archive_pdf(made, self._outreach().rules, imprint, number)
        return replace(printed, notices=noticed([(made.name, made.customer_no)]))

    def allocation_guide(self, guide: "AllocationGuide") -> Printed:
        """The packages of all classes, the combos and the ladder, A4; nobody is named."""
        from workbench.sheets.allocation_guide import allocation_guide_content, allocation_guide_pdf

        rules = self._outreach().rules
        return allocation_guide_pdf(
            allocation_guide_content(guide, rules, printed_by=self._manager(), printed_at=now())
        )

    def journey_card(self, portrait: "Portrait") -> Printed:
        """The journey card of one customer on one A4: its front above its back, to be folded; masked."""
        from workbench.sheets.journey_card import CARDS_PDF
        from workbench.sheets.pack.cards import single_card

        with in_words(), self.book.read() as conn:
            manager, _branch = whose(conn)
            week = workdays_of(conn).planning_week(today())
        part = single_card(self._card(portrait), portrait.name, portrait.customer_no)
        name = _("旅程卡_{tail}").format(tail=tail(portrait.customer_no))
        return self._binding(self._imprint(week, manager), week).pdf(CARDS_PDF, name, [part])

    def journey_cards(self, week: str | None = None) -> Printed:
        """The journey cards of the first customers (`sheet.cards`) of a week, two an A4, printed on both sides and cut; masked.
        Raises WorkbenchError bad_week."""
        from workbench.sheets.journey_card import CARDS_PDF
        from workbench.sheets.pack.cards import cards

        material = self._material(self._outreach().plan(week), "")
        name = _("旅程卡 {week}").format(week=material.week)
        return self._binding(material.imprint, material.week).pdf(CARDS_PDF, name, cards(material))

    def _cards(self, numbers: Sequence[str]) -> "list[JourneyCard]":
        """The cards of some customers by their numbers, in that order."""
        self._outreach().leads.engine.ensure()  # once for all of them, not for each by himself
        return [self._card(self._portrait(number)) for number in numbers]

    def _card(self, portrait: "Portrait") -> "JourneyCard":
        from workbench.insight.portrait.journey_card import journey_card

        words = dict(codes("channels")) | dict(codes("results"))
        return journey_card(portrait, self._outreach().rules, words, "paper")

    def _own_portrait(self, customer_no: str) -> "Portrait":
        from workbench.insight.room import Insight

        return Insight(self.book, self._outreach().rules).portrait(customer_no)

    def _imprint(self, week: str, manager: str) -> Imprint:
        return Imprint(self._printed_by(manager), now(), review(self.book, week))

    def _printed_by(self, manager: str) -> str:
        return str(self.settings.get("manager") or manager)

    # -- leaving the book ------------------------------------------------------------------------------------

    def pages(self, printed: Printed, dpi: int = SCREEN) -> list[PageImage]:
        """The pages of a PDF sheet as pictures, for the preview."""
        return pages(printed.content, dpi)

    def send(self, printed: Printed, copies: int, chosen: Sequence[int] = ()) -> list[PageImage]:
        """The pages as pictures for a printer, `chosen` ones (from 0) or all; the print with its copies is registered
        (domain 17)."""
        drawn = pages(printed.content, PAPER, chosen)
        self.register.printed(printed.outgoing, len(drawn), copies)
        self._sent = self._keep(printed)
        return drawn

    def not_printed(self, printed: Printed) -> None:
        """The printer failed with what was sent last: the register says so, and sheets that it would have replaced count
        again."""
        self.register.not_printed(printed.outgoing)
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
