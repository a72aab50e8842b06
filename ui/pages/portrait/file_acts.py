"""What is done to the service file of the customer of a page: printed, his channel written, experts booked."""

from PySide6.QtWidgets import QDialog

from ui.pages.portrait.channel_dialog import ChannelDialog
from ui.pages.portrait.customer_page import CustomerPage
from ui.widgets.expert_dialogs import BookingDialog, BookingEndDialog
from ui.widgets.preview import PreviewDialog
from workbench.outreach.archive.archive import ServiceArchive
from workbench.outreach.archive.expert import ExpertBooking


class FileActs:
    """`file`: that of the customer, None until it is read."""

    def __init__(self, page: CustomerPage) -> None:
        self._page = page
        self.file: ServiceArchive | None = None

    def print_file(self) -> None:
        """Preview the service file of the customer, made anew."""
        page, number, workbench = self._page, self._page.customer_no, self._page.workbench
        if number:
            archives, sheets = workbench.outreach.archives, workbench.sheets
            self._open(
                PreviewDialog(
                    workbench, page.tasks, lambda: sheets.service_archive(archives.of(number)), parent=page
                )
            )

    def change_channel(self) -> None:
        """Ask for the channel of the customer."""
        page, file = self._page, self.file
        if file is not None:
            self._open(ChannelDialog(page.workbench, page.tasks, file.customer_no, file.channel, page))

    def book_expert(self) -> None:
        """Ask which expert is booked for the customer."""
        page, number = self._page, self._page.customer_no
        if number:
            page.read(
                page.workbench.outreach.archives.roster,
                lambda experts: self._open(BookingDialog(page.workbench, page.tasks, experts, number, page)),
                key="experts",
            )

    def hold_booking(self, booking: ExpertBooking) -> None:
        """Ask what came of a booking."""
        page = self._page
        self._open(BookingEndDialog(page.workbench, page.tasks, booking, held=True, parent=page))

    def cancel_booking(self, booking: ExpertBooking) -> None:
        """Ask why a booking is called off."""
        page = self._page
        self._open(BookingEndDialog(page.workbench, page.tasks, booking, held=False, parent=page))

    def _open(self, dialog: QDialog) -> None:
        self._page.trail.dialog = dialog
        dialog.open()
