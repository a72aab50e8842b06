"""`SheetsOfOne`: papers about a single customer: portrait, pots, meeting, files of complaint, loss and win-back, journey card."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from workbench.base.dates import now, today
from workbench.base.errors import in_words
from workbench.base.i18n import _
from workbench.base.workdays import workdays_of
from workbench.outreach.codes import codes
from workbench.outreach.contact_limits import whose
from workbench.people.privacy import tail
from workbench.sheets.content import Imprint
from workbench.sheets.making_sheets import SheetMaking
from workbench.sheets.printed import Printed

if TYPE_CHECKING:
    from workbench.insight.allocation.allocation import Allocation
    from workbench.insight.portrait.journey_card import JourneyCard
    from workbench.insight.portrait.portrait import Portrait
    from workbench.outreach.archive.archive import ServiceArchive
    from workbench.outreach.meetings.meeting import Meeting, MeetingAgenda
    from workbench.trust.personal.deletion import Deletion
    from workbench.trust.personal.extract import PersonExtract


class SheetsOfOne(SheetMaking):
    """Papers about a single customer: portrait, pots, meeting, files of complaint, loss and win-back, journey card."""

    def portrait_pdf(self, portrait: "Portrait", words: Mapping[str, str]) -> Printed:
        """One customer on one masked A4 page; `words` name channels, results and signals (see `portrait_sheet.names`)."""
        from workbench.sheets.pack.part import noticed
        from workbench.sheets.portrait_sheet import portrait_content, portrait_pdf

        at = now()
        number = f"P{at[:10].replace('-', '')}-{tail(portrait.customer_no)}"
        printed_by = str(self.settings.get("manager") or "")
        paper = portrait_content(
            portrait, words, printed_by=printed_by, printed_at=at, number=number, anchor=self.anchor()
        )
        printed = portrait_pdf(paper, portrait.customer_no)
        return replace(printed, notices=noticed([(portrait.name, portrait.customer_no)]))

    def allocation_pdf(self, allocation: "Allocation") -> Printed:
        """The four pots of one customer on one masked A4 page."""
        from workbench.sheets.allocation_sheet import allocation_content, allocation_pdf
        from workbench.sheets.pack.part import noticed

        at, number = now(), f"A{now()[:10].replace('-', '')}-{tail(allocation.customer_no)}"
        paper = allocation_content(
            allocation,
            self._outreach().rules,
            printed_by=self._manager(),
            printed_at=at,
            number=number,
            anchor=self.anchor(),
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
            agenda,
            held,
            rules,
            customer=customer,
            printed_by=self._manager(),
            printed_at=now(),
            anchor=self.anchor(),
        )
        return replace(made, notices=noticed([(agenda.name, agenda.customer_no)]))

    def service_archive(self, made: "ServiceArchive") -> Printed:
        """The service file of one customer, A4, masked."""
        from workbench.sheets.pack.part import noticed
        from workbench.sheets.service_archive import service_archive_pdf

        at = now()
        number = f"S{at[:10].replace('-', '')}-{tail(made.customer_no)}"
        imprint = Imprint(self._manager(), at, None, self.anchor())
        printed = service_archive_pdf(made, self._outreach().rules, imprint, number)
        return replace(printed, notices=noticed([(made.name, made.customer_no)]))

    def complaint_file(self, complaint: int) -> Printed:
        """The file of a complaint (id), masked. Raises WorkbenchError no_such_complaint."""
        from workbench.sheets.complaint_file import complaint_pdf
        from workbench.sheets.pack.part import noticed

        outreach = self._outreach()
        one = outreach.complaints.of(complaint)
        printed = complaint_pdf(one, outreach.rules, Imprint(self._manager(), now(), None, self.anchor()))
        return replace(printed, notices=noticed([(one.name, one.customer_no)]))

    def person_extract(self, made: "PersonExtract") -> Printed:
        """What the book holds about a person, in full: it goes to himself."""
        from workbench.sheets.person_sheet import extract_pdf

        return extract_pdf(made, Imprint(self._manager(), now(), None, self.anchor()))

    def deletion_receipt(self, gone: "Deletion") -> Printed:
        """The receipt of a deletion."""
        from workbench.sheets.person_sheet import receipt_pdf

        return receipt_pdf(gone, Imprint(self._manager(), now(), None, self.anchor()))

    def loss_sheets(self, customer_no: str = "", product: str = "") -> Printed:
        """First aid for losses, a masked A4 page a product: of one customer (of one product of his), or of those who are still to
        be called, the first `loss.sheets`. Raises WorkbenchError no_such_customer, no_such_holding, no_losses."""
        from workbench.sheets.loss_sheet import loss_pdf
        from workbench.sheets.pack.part import noticed

        outreach = self._outreach()
        talks = outreach.losses.talks(customer_no, product)
        printed = loss_pdf(talks, outreach.rules, Imprint(self._manager(), now(), None, self.anchor()))
        people = [(one.person.name, one.person.customer_no) for one in talks]
        return replace(printed, notices=noticed(people))

    def winback(self, case: int) -> Printed:
        """The comparison of a win-back (id) with the rival, masked. Raises WorkbenchError no_such_win_back, no_comparison."""
        from workbench.sheets.pack.part import noticed
        from workbench.sheets.winback_sheet import winback_pdf

        outreach = self._outreach()
        made = outreach.win_backs.comparison(case)
        printed = winback_pdf(made, outreach.rules, Imprint(self._manager(), now(), None, self.anchor()))
        return replace(printed, notices=noticed([(made.case.name, made.case.customer_no)]))

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
