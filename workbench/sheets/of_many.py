"""`SheetsOfMany`: papers about many customers beside the week: referrals, rewards, benefits, the contact log."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from workbench.base.dates import now, today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.base.months import data_date, newest_month
from workbench.base.workdays import workdays_of
from workbench.outreach.codes import codes
from workbench.outreach.contact_limits import whose
from workbench.sheets.content import Imprint
from workbench.sheets.making_sheets import SheetMaking
from workbench.sheets.printed import Printed

if TYPE_CHECKING:
    from workbench.insight.allocation.allocation import AllocationGuide
    from workbench.outreach.log.logged import LogFilter, LoggedContact
    from workbench.outreach.referrals.task import ReferralTask
    from workbench.sheets.contact_sheet import ContactSheet
    from workbench.sheets.pack.making import Binding
    from workbench.sheets.pack.part import Part
    from workbench.sheets.register_sheet import RegisterPaper
    from workbench.trust.ledger import LedgerFilter


class SheetsOfMany(SheetMaking):
    """Papers about many customers beside the week: referrals, rewards, benefits, the contact log."""

    def unused_benefits(self, code: str = "") -> Printed:
        """The benefits that customers have not used, of one rule or of all, names masked. Raises WorkbenchError no_data."""
        from workbench.sheets.benefit_sheet import benefits_pdf

        outreach = self._outreach()
        return benefits_pdf(
            outreach.benefits.board(),
            outreach.rules,
            Imprint(self._manager(), now(), None, self.anchor()),
            code,
        )

    def referral_rewards(self) -> Printed:
        """The ledger of what givers of referrals were thanked with, names masked, to be signed."""
        from workbench.sheets.reward_sheet import rewards_pdf

        outreach = self._outreach()
        imprint = Imprint(self._manager(), now(), None, self.anchor())
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
        return self._binding(Imprint(self._printed_by(manager), now(), None, self.anchor()), week), name, part

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
        return ContactSheet(
            what, contacts, names, purpose.strip(), self._printed_by(""), now(), self.anchor()
        )

    def register_xlsx(self, what: "LedgerFilter") -> Printed:
        """The register's rows of a filter as a workbook, for an auditor."""
        from workbench.sheets.register_sheet import register_xlsx

        return register_xlsx(self._register_paper(what))

    def register_pdf(self, what: "LedgerFilter") -> Printed:
        """The same on paper. Raises WorkbenchError too_many_rows for more than fit on paper sensibly."""
        from workbench.sheets.register_sheet import register_pdf

        return register_pdf(self._register_paper(what))

    def _register_paper(self, what: "LedgerFilter") -> "RegisterPaper":
        from workbench.sheets.register_sheet import RegisterPaper
        from workbench.trust.ledger import Ledger

        rules = self._outreach().rules
        lines = Ledger(self.book, rules).lines(what)
        return RegisterPaper(lines, what, rules, Imprint(self._manager(), now(), None, self.anchor()))

    def allocation_guide(self, guide: "AllocationGuide") -> Printed:
        """The packages of all classes, the combos and the ladder, A4; nobody is named."""
        from workbench.sheets.allocation_guide import allocation_guide_content, allocation_guide_pdf

        rules = self._outreach().rules
        return allocation_guide_pdf(
            allocation_guide_content(
                guide, rules, printed_by=self._manager(), printed_at=now(), anchor=self.anchor()
            )
        )
