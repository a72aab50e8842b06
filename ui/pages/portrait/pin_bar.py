"""The note on the head of a customer, with what is done to it."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.pages.portrait.customer_page import CustomerPage
from ui.widgets.parts import button, label, row
from ui.widgets.pin import PinDialog, pin_words
from workbench.base.change import Change
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.outreach.pins.pin import Pin


class PinBar(QWidget):
    """The note of the customer of a page; B writes or changes it, S puts it off or shows it again, X takes it
    off."""

    def __init__(self, page: CustomerPage) -> None:
        super().__init__()
        self._page = page
        self.pin: Pin | None = None
        self.words = label("", "todo", wrap=True)
        self.write = button("", self._write, "act", tip="B")
        self.rest = button("", self._rest, "act")
        self.take = button(_("取下 X"), self._take_off, "act")
        self.take.setShortcut("X")
        line = row(self.words, self.write, self.rest, self.take, None, spacing=6)
        line.setStretch(0, 20)
        line.setContentsMargins(0, 0, 0, 0)
        self.setLayout(line)
        self.fill(None)

    def fill(self, pin: Pin | None) -> None:
        """Show the note, or that there is none."""
        self.pin = pin
        silent = pin is not None and pin.silent(_now())
        words = pin_words(pin)
        if pin is not None and silent:
            words = _("便签到 {date} 再显示").format(date=pin.silent_until)
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.write.setText(_("改便签 B") if pin is not None else _("钉便签 B"))
        self.write.setShortcut("B")
        self.rest.setText(_("现在就显示 S") if silent else _("过几天再看 S"))
        self.rest.setToolTip("" if silent else _("先不显示,到日子再出现"))
        self.rest.setShortcut("S")
        self.rest.setVisible(pin is not None)
        self.take.setVisible(pin is not None)

    def _write(self) -> None:
        page = self._page
        if page.customer_no:
            page.trail.dialog = PinDialog(page.workbench, page.tasks, page.customer_no, self.pin, page)
            page.trail.dialog.open()

    def _rest(self) -> None:
        pins, silent = self._page.workbench.outreach.pins, self.pin is not None and self.pin.silent(_now())
        if silent:
            self._change(lambda pin: pins.show(pin.id), _("便签又显示了。"))
        else:
            self._change(lambda pin: pins.put_off(pin.id), _("便签先不显示,到日子再出现。"))

    def _take_off(self) -> None:
        pins = self._page.workbench.outreach.pins
        self._change(lambda pin: pins.take_off(pin.id), _("便签已取下。"))

    def _change(self, act: Callable[[Pin], Change], words: str) -> None:
        page, pin = self._page, self.pin
        if pin is not None:
            page.tasks.write(lambda: act(pin), words=words, failed=page.refused, owner=page)


def _now() -> str:
    return today().isoformat()
