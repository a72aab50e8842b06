"""The fields of both doors: the recovery code, the passphrase, how strong a new one is, and the new one once more."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFormLayout, QLineEdit

from ui.widgets.strength_line import StrengthLine
from workbench.base.i18n import _


class PassphraseForm(QFormLayout):
    """`ask` says which of the fields stand; `own_words` are what is guessed first of a new passphrase."""

    def __init__(self, own_words: Sequence[str] = ()) -> None:
        super().__init__()
        self.code, self.first, self.again = QLineEdit(), QLineEdit(), QLineEdit()
        for field, name in ((self.code, _("恢复码")), (self.first, _("口令")), (self.again, _("再输一遍"))):
            field.setAccessibleName(name)
        for field in (self.first, self.again):
            field.setEchoMode(QLineEdit.EchoMode.Password)
        self.strength = StrengthLine(self.first, own_words)
        self.setLabelAlignment(Qt.AlignmentFlag.AlignLeft)
        self.addRow(_("恢复码").capitalize(), self.code)
        self.addRow(_("口令"), self.first)
        self.addRow("", self.strength)
        self.addRow(_("再输一遍"), self.again)

    def ask(self, *, code: bool, fresh: bool) -> None:
        """Show the passphrase, the recovery code or not, and what a `fresh` passphrase takes or not."""
        self.setRowVisible(self.code, code)
        self.setRowVisible(self.strength, fresh)
        self.setRowVisible(self.again, fresh)
