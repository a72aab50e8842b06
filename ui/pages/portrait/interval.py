"""How often the customer of a page is contacted: by his level, or as he wants it."""

from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from ui.pages.portrait.customer_page import CustomerPage
from ui.widgets.form import FormDialog
from ui.widgets.number_field import NumberField
from workbench.base.i18n import _
from workbench.outreach.cadence.intervals import ContactInterval


class IntervalButton(QPushButton):
    """Says the interval; pressed, it asks for another."""

    def __init__(self, page: CustomerPage) -> None:
        super().__init__()
        self._page = page
        self.interval = ContactInterval(None)
        self.setProperty("role", "act")
        self.clicked.connect(self._ask)
        self.fill(self.interval)

    def fill(self, interval: ContactInterval) -> None:
        """Show how often a customer is contacted."""
        self.interval = interval
        words = _("{n} 天联系一次").format(n=interval.days) if interval.days else _("定联系间隔")
        self.setText(words)
        by_level = _("按层级;点开可以给该客户单独定间隔")
        own = _("该客户自定的间隔{note};按层级是 {n} 天")
        note = f"({interval.note})" if interval.note else ""
        self.setToolTip(own.format(note=note, n=interval.by_level or "—") if interval.own else by_level)

    def _ask(self) -> None:
        page = self._page
        if page.customer_no:
            page.trail.dialog = IntervalDialog(page, page.customer_no, self.interval)
            page.trail.dialog.open()


class IntervalDialog(FormDialog):
    """Asks for the interval of a customer; the lowest number means that of his level. Enter keeps."""

    def __init__(self, page: CustomerPage, customer_no: str, interval: ContactInterval) -> None:
        parent: QWidget = page
        super().__init__(page.workbench, page.tasks, _("联系间隔"), _("记下"), parent)
        self.customer_no = customer_no
        rules = page.workbench.rules
        by_level = _("按层级({n} 天)").format(n=interval.by_level) if interval.by_level else _("按层级")
        self.days = NumberField()
        self.days.setRange(0, rules.whole("cadence.most_days"))
        self.days.setSpecialValueText(by_level)
        self.days.setSuffix(_(" 天"))
        self.days.setValue(interval.days or 0 if interval.own else 0)
        self.note = QLineEdit(interval.note)
        self.note.setMaxLength(rules.whole("cadence.note_most"))
        self.note.setPlaceholderText(_("例如:常年出差,两个月联系一次就好"))
        self.line(_("间隔"), self.days)
        self.line(_("说明"), self.note)
        self.days.selectAll()
        self.days.setFocus()

    def answer(self) -> None:
        """Keep it."""
        number, days, note = self.customer_no, self.days.value() or None, self.note.text()
        cadence = self.workbench.outreach.cadence
        words = _("联系间隔已记下。") if days else _("联系间隔恢复按层级。")
        self.write(lambda: cadence.set_interval(number, days, note), words=words)
