"""The amount that somebody typed in a field."""

from PySide6.QtWidgets import QLineEdit

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.base.money import to_fen


def fen_typed(field: QLineEdit, what_to_do: str) -> int | None:
    """Fen of an amount; None for none. Raises WorkbenchError bad_amount with `what_to_do`."""
    typed = field.text().strip()
    if not typed:
        return None
    fen = to_fen(typed)
    if fen is None or fen < 0:
        raise WorkbenchError("bad_amount", _("“{text}”不是金额。").format(text=typed), what_to_do)
    return fen
