"""What changed since the check before, on top: new, worse, better, back, out, gone; each number opens its customers."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QPushButton, QVBoxLayout, QWidget

from ui.widgets.parts import button, label
from ui.widgets.wrapped import Strip
from ui.words import who
from workbench.base.i18n import _
from workbench.outreach.lights.light_week import LightChanges
from workbench.outreach.lights.naming import NamedCustomer

#: customers named of each change
NAMED = 24
#: field of LightChanges, and its word
_KINDS: tuple[tuple[str, Callable[[], str]], ...] = (
    ("new", lambda: _("新亮")), ("worse", lambda: _("变差")), ("better", lambda: _("好转")), ("out", lambda: _("灭灯")),
    ("back", lambda: _("资金回流")), ("gone", lambda: _("转入挽回")),
)  # fmt: skip


class ChangesStrip(QWidget):
    """`opened(customer_no)` when a customer is pressed."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.words = label("", "second")
        self.buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(False)
        self._changes = LightChanges()
        self._names: Mapping[int, NamedCustomer] = {}
        self._open = ""
        self.line = Strip(gap=8)
        self.people = Strip(gap=4)
        self.people.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(4)
        whole.addWidget(self.line)
        whole.addWidget(self.people)
        self.line.add(self.words)
        for name, words in _KINDS:
            made = QPushButton(words())
            made.setCheckable(True)
            made.setProperty("role", "act")
            made.clicked.connect(lambda _checked=False, name=name: self._turn(name))
            self.buttons[name] = made
            self.line.add(made)

    def fill(
        self, changes: LightChanges, names: Mapping[int, NamedCustomer], unchecked: Sequence[str] = ()
    ) -> None:
        """Show the numbers; without a check to compare with, say so. `unchecked`: months that are being checked for it."""
        self._changes, self._names = changes, names
        if changes.since is None and unchecked:
            wording = _("与上月相比:{month} 还没有检查过,正在后台补查,查完就列出新亮、变差、回来和熄灭的。")
            self.words.setText(wording.format(month=unchecked[0]))
        elif changes.since is None:
            self.words.setText(
                _(
                    "还没有更早的检查可比;导入下个月的名单,或在成效页补查以前的月份后,这里列出新亮、变差、资金回流和灭灯的客户。"
                )
            )
        elif any(getattr(changes, name) for name, _words in _KINDS):
            self.words.setText(_("与 {month} 的检查相比:").format(month=changes.since))
        else:
            self.words.setText(_("与 {month} 的检查相比没有变化。").format(month=changes.since))
        for name, words in _KINDS:
            ids: Sequence[int] = getattr(changes, name)
            self.buttons[name].setText(_("{what} {n} 户").format(what=words(), n=f"{len(ids):,}"))
            self.buttons[name].setVisible(bool(ids))
        if self._open and not getattr(changes, self._open):
            self._open = ""
        self._show_people()

    def _turn(self, name: str) -> None:
        self._open = "" if self._open == name else name
        self._show_people()

    def _show_people(self) -> None:
        for name, made in self.buttons.items():
            made.setChecked(name == self._open)
        self.people.clear()
        ids: Sequence[int] = getattr(self._changes, self._open) if self._open else ()
        known = [self._names[one] for one in ids if one in self._names]
        for one in known[:NAMED]:
            words = who(one.name, one.customer_no)
            self.people.add(button(words, partial(self.opened.emit, one.customer_no), "link"))
        if len(ids) > NAMED:
            rest = _("另有 {n} 户,在下面的名单和排名里").format(n=f"{len(ids) - NAMED:,}")
            self.people.add(label(rest, "second"))
        self.people.setVisible(bool(known))
