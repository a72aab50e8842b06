"""Shares in words beside the line that they were measured against: rounding never makes two of them look equal."""

#: digits after the point that are tried, the fewest first
_DIGITS = (0, 1, 2)


def against(share: float, line: float) -> tuple[str, str]:
    """A share of 1 and its line as percentages, with as few digits as keep them apart: ('59.6%', '60%')."""
    words = f"{share:.0%}"
    for digits in _DIGITS:
        words = f"{share:.{digits}%}"
        if words != f"{line:.{digits}%}":
            break
    else:
        words = f"{share:.0%}"
    return words, f"{line * 100:.2f}".rstrip("0").rstrip(".") + "%"
