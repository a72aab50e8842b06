"""Money between floors: integer fen below, Decimal yuan in Python faces, 万元 only on the screen."""

from decimal import Decimal


def to_yuan(fen: int | None) -> Decimal | None:
    """Fen -> yuan with two places; None stays None (not told is not zero)."""
    return None if fen is None else Decimal(fen) / 100


def wan(fen: int | None) -> str:
    """Short form for the screen: 12.3万, 1.2亿, below 1万 the yuan; '—' when not told."""
    if fen is None:
        return "—"
    yuan = fen / 100
    size = abs(yuan)
    if size >= 99_995_000:
        return f"{yuan / 100_000_000:,.2f}亿"
    if size >= 9_999.5:
        return f"{yuan / 10_000:,.1f}万"
    return f"{yuan:,.0f}"


def exact_yuan(fen: int | None) -> str:
    """Exact yuan with separators, for tooltips and sheets."""
    return "—" if fen is None else f"{fen / 100:,.2f}"
