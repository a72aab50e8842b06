"""The telephone on the head of a customer: masked, shown in full or copied by one key, both registered."""

from PySide6.QtWidgets import QWidget

from ui.copy_phone import copy_phone
from ui.pages.portrait.customer_page import CustomerPage
from ui.widgets.parts import button, label, row
from workbench.base.i18n import _
from workbench.insight.portrait.portrait import Portrait
from workbench.people.privacy import masking, tail


class PhoneBar(QWidget):
    """T shows the number of the customer of a page, until another one is shown; C copies it."""

    def __init__(self, page: CustomerPage) -> None:
        super().__init__()
        self._page = page
        #: the customer whose number is shown in full, and the number
        self._seen, self._number = "", ""
        self.words = label("", "heading")
        self.show_button = button(_("看电话 T"), self._ask, "act", tip=_("显示完整号码,会登记"))
        self.show_button.setShortcut("T")
        self.copy = button(_("复制电话 C"), self._copy, "act", tip=_("只复制数字,会登记"))
        self.copy.setShortcut("C")
        line = row(self.words, self.show_button, self.copy, spacing=6)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)

    def fill(self, portrait: Portrait) -> None:
        """Show the telephone as the list tells it, or that none is known and what would tell it."""
        if portrait.customer_no != self._seen:
            self._seen = ""
        self._number = next((value for key, _label, value in portrait.facts if key == "phone"), "")
        full = self._page.unmasked or bool(self._seen)
        number = self._number if full else masking("phone", self._number, "screen")
        self.words.setText(
            _("电话 {number}").format(number=number) if number else _("没有电话:名单缺「手机号」")
        )
        self.show_button.setVisible(bool(number))
        self.show_button.setEnabled(not full)
        self.copy.setVisible(bool(number))

    def _ask(self) -> None:
        page = self._page
        if whom := page.customer_no:
            page.tasks.run(
                lambda: page.workbench.register.unmasked(tail(whom), _("画像:打电话")),
                lambda _none: self._show(whom),
                owner=page,
            )

    def _show(self, whom: str) -> None:
        """Show the number, now that this is registered, unless another customer was opened meanwhile."""
        portrait = self._page.portrait
        if portrait is not None and portrait.customer_no == whom:
            self._seen = whom
            self.fill(portrait)

    def _copy(self) -> None:
        page = self._page
        if page.customer_no:
            copy_phone(page.workbench, page.tasks, page.customer_no, page)
