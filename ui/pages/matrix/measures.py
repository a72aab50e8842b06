"""The measures a cell of the product matrix can show: names, words, colour strength, and whom a figure opens."""

from workbench.base.i18n import _
from workbench.base.money import wan
from workbench.insight.products.grid import Cell

#: measure -> key of the cell's condition that its figure opens
DRILLS = {
    "whitespace": "whitespace", "expected": "whitespace", "penetration": "held", "index": "held", "need": "needed",
    "suitable": "may",
}  # fmt: skip


def measure_names() -> dict[str, str]:
    """The measures a cell can show, by key."""
    return {
        "whitespace": _("还可以谈的户数"), "penetration": _("持有比例"), "index": _("指数(全行=100)"), "need": _("有需要的比例"),
        "suitable": _("适当性允许的比例"), "expected": _("预计可增金额"),
    }  # fmt: skip


def figure_words(cell: Cell, measure: str) -> str:
    """A figure of a cell as the screen shows it; '—' where no list has it."""
    if measure == "whitespace":
        return f"{cell.whitespace:,}" if cell.reported else "—"
    if measure == "index":
        return "—" if cell.index is None else f"{cell.index:.0f}"
    if measure == "expected":
        return "—" if cell.expected_fen is None else wan(cell.expected_fen)
    value: float | None = getattr(cell, measure)
    least = "≥" if measure == "need" and not cell.need_sure else ""
    return "—" if value is None else f"{least}{value:.0%}"


def strength(cell: Cell, measure: str) -> float | None:
    """The value that colours a cell; None where it is not known."""
    if measure == "whitespace":
        return float(cell.whitespace)
    if measure == "expected":
        return None if cell.expected_fen is None else float(cell.expected_fen)
    value: float | None = getattr(cell, measure)
    return value
