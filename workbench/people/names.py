"""Search keys of a customer: pinyin in full and by initials, number and phone from the tail."""

from collections.abc import Sequence
from functools import cache

from workbench.base.readings import surnames, usual_reading

#: Private-use characters stand for surnames read differently from the same character elsewhere.
_FIRST_PRIVATE = 0xE000


class _Readings(dict[int, str]):
    """Code point -> reading, found on first use (for `str.translate`)."""

    def __init__(self, letters: int | None) -> None:
        super().__init__({ord("\n"): "\n"})
        self._letters = letters

    def __missing__(self, sign: int) -> str:
        reading = _reading(sign)[: self._letters] if sign > 0x7F else chr(sign).lower()
        self[sign] = reading if reading.isalnum() else ""
        return self[sign]


@cache
def _surnames() -> tuple[dict[str, str], dict[str, str], list[str]]:
    """Single and double surnames with their own readings, each to a private-use stand-in."""
    single: dict[str, str] = {}
    double: dict[str, str] = {}
    readings: list[str] = []
    for table, source in zip((single, double), surnames(), strict=True):
        for surname, told in source.items():
            stand_ins = ""
            for syllable in told.split():
                stand_ins += chr(_FIRST_PRIVATE + len(readings))
                readings.append(syllable)
            table[surname] = stand_ins
    return single, double, readings


def _reading(sign: int) -> str:
    readings = _surnames()[2]
    if _FIRST_PRIVATE <= sign < _FIRST_PRIVATE + len(readings):
        return readings[sign - _FIRST_PRIVATE]
    return usual_reading(chr(sign)) or chr(sign).lower()


@cache
def _tables() -> tuple[_Readings, _Readings]:
    return _Readings(None), _Readings(1)


def pinyin(names: Sequence[str | None]) -> tuple[list[str | None], list[str | None]]:
    """Full pinyin ('shanxiaoling') and initials ('sxl') of each name; None stays None."""
    single, double, _readings = _surnames()
    marked = [
        "" if not name
        else double[name[:2]] + name[2:] if name[:2] in double and len(name) > 2
        else single[name[0]] + name[1:] if name[0] in single
        else name
        for name in names
    ]  # fmt: skip
    text = "\n".join(marked)
    if text.count("\n") != len(marked) - 1:  # a name with a line break in it
        text = "\n".join(name.replace("\n", " ") for name in marked)
    full, initials = (text.translate(table).split("\n") for table in _tables())
    return [key or None for key in full], [key or None for key in initials]


def backwards(values: Sequence[str | None]) -> list[str | None]:
    """Each text reversed, so that a search by the tail becomes a search by prefix; None stays None."""
    return [value[::-1] if value else None for value in values]
