"""Recovery codes: 160 random bits on paper, in eight groups of five letters and digits, the fifth of which checks its group.

Crockford's base 32: I and L are read as 1, O as 0, whatever is between the groups is passed over.
"""

import secrets

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_READ_AS = str.maketrans({"I": "1", "L": "1", "O": "0"})
GROUPS = 8
_DATA = 4
_BITS = 5
#: odd, so that one wrong letter in a group always shows
_WEIGHTS = (1, 3, 5, 7)


def new() -> str:
    """A new code, its groups with hyphens between."""
    number = secrets.randbits(GROUPS * _DATA * _BITS)
    groups = []
    for place in range(GROUPS):
        shift = (GROUPS - 1 - place) * _DATA * _BITS
        part = [(number >> (shift + _BITS * n)) & 31 for n in range(_DATA - 1, -1, -1)]
        groups.append("".join(_LETTERS[one] for one in (*part, _check(place, part))))
    return "-".join(groups)


def _check(place: int, values: list[int]) -> int:
    return (sum(weight * one for weight, one in zip(_WEIGHTS, values, strict=True)) + 9 * place + 11) % 32


def _groups(text: str) -> list[list[int]] | None:
    plain = "".join(one for one in text.upper() if one.isalnum()).translate(_READ_AS)
    if len(plain) != GROUPS * (_DATA + 1) or any(one not in _LETTERS for one in plain):
        return None
    values = [_LETTERS.index(one) for one in plain]
    return [values[n : n + _DATA + 1] for n in range(0, len(values), _DATA + 1)]


def is_code(text: str) -> bool:
    """Whether a text has the form of a code and all its groups check."""
    return _groups(text) is not None and not wrong_groups(text)


def wrong_groups(text: str) -> tuple[int, ...]:
    """Which groups (from 1) are copied wrongly; none for a text that has not the form of a code."""
    groups = _groups(text) or []
    return tuple(n + 1 for n, one in enumerate(groups) if one[_DATA] != _check(n, one[:_DATA]))


def looks_like_one(text: str) -> bool:
    """Whether a text has the letters and the length of a code, rightly copied or not."""
    return _groups(text) is not None


def entropy(text: str) -> bytes:
    """The 160 bits of a code. Raises ValueError for what is none."""
    groups = _groups(text)
    if groups is None:
        raise ValueError("not a recovery code")
    number = 0
    for one in groups:
        for value in one[:_DATA]:
            number = number << _BITS | value
    return number.to_bytes(GROUPS * _DATA * _BITS // 8, "big")
