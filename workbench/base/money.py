"""Money between floors: integer fen below, Decimal yuan in Python faces, 万元 only on the screen."""

import re
from decimal import Decimal

from workbench.base.i18n import language

_AMOUNT = re.compile(r"^(-?\d+(?:\.\d+)?)\s*(亿|万|bn|m|k)?元?$")
_TIMES = {"亿": 100_000_000, "万": 10_000, "bn": 1_000_000_000, "m": 1_000_000, "k": 1_000}
#: fen that a book can hold
_LARGEST = 2**63


def to_yuan(fen: int | None) -> Decimal | None:
    """Fen -> yuan with two places; None stays None (not told is not zero)."""
    return None if fen is None else Decimal(fen) / 100


def to_fen(text: str) -> int | None:
    """Fen of an amount that a person wrote in yuan: '50000', '5万', '1.2亿元', '50k'; None where it is no amount that a book can
    hold."""
    amount = _AMOUNT.match(text.strip().lower().replace(",", "").replace(",", ""))
    if amount is None:
        return None
    fen = round(Decimal(amount[1]) * _TIMES.get(amount[2] or "", 1) * 100)
    return fen if abs(fen) < _LARGEST else None


def wan(fen: int | None) -> str:
    """Short form for the screen: 12.3万, 1.2亿, below 1万 the yuan; in English 123k, 1.23m; '—' when not told."""
    if fen is None:
        return "—"
    yuan = fen / 100
    size = abs(yuan)
    if language() != "zh":
        return _thousands(yuan, size)
    if size >= 99_995_000:
        return f"{yuan / 100_000_000:,.2f}亿"
    if size >= 9_999.5:
        return f"{yuan / 10_000:,.1f}万"
    return f"{yuan:,.0f}"


def _thousands(yuan: float, size: float) -> str:
    """The short form in English, to the same thousand yuan as in 万; from a million on to ten thousand."""
    if size >= 999_995_000:
        return f"{yuan / 1_000_000_000:,.2f}bn"
    if size >= 999_500:
        return f"{yuan / 1_000_000:,.2f}m"
    if size >= 9_999.5:
        return f"{yuan / 1_000:,.0f}k"
    return f"{yuan:,.0f}"


def round_yuan(yuan: float) -> str:
    """A round amount, such as a line or the edge of a band: 5万, in English 50k; nothing is rounded."""
    if abs(yuan) < 10_000:
        return f"{yuan:.12g}"
    if language() == "zh":
        return f"{yuan / 10_000:.12g}万"
    return f"{yuan / 1_000_000:.12g}m" if abs(yuan) >= 1_000_000 else f"{yuan / 1_000:.12g}k"


def exact_yuan(fen: int | None) -> str:
    """Exact yuan with separators, for tooltips and sheets."""
    return "—" if fen is None else f"{fen / 100:,.2f}"
