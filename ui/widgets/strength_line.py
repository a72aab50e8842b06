"""The line under a new passphrase: how strong it is, while it is typed."""

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit

from ui.widgets.plain_words import PlainLabel
from workbench.base.i18n import _

#: how the score looks, beside its words
_DOTS = ("○○○○", "●○○○", "●●○○", "●●●○", "●●●●")


class StrengthLine(PlainLabel):
    """Follows a field; `own_words` are what is guessed first."""

    def __init__(self, field: QLineEdit, own_words: Sequence[str] = ()) -> None:
        super().__init__()
        self.own_words = tuple(own_words)
        self.setProperty("role", "second")
        self.setWordWrap(True)
        self.setAccessibleName(_("口令强度"))
        field.textChanged.connect(self._judge)

    def _judge(self, typed: str) -> None:
        if not typed or self.isHidden():
            self.setText("")
            return
        from workbench.trust.passphrases import strength

        judged = strength(typed, self.own_words)
        self.setText(_("强度 {dots} {words}").format(dots=_DOTS[judged.score], words=judged.words))
