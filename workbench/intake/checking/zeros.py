"""Leading zeros of customer numbers: the same customer with more or fewer of them, and zeros that a column lost."""

from collections import Counter
from collections.abc import Sequence

from workbench.base.i18n import _
from workbench.intake.checking.fixes import AS_WRITTEN, ZEROS
from workbench.intake.checking.known_numbers import LostZeros, bare
from workbench.intake.checking.work import Work
from workbench.intake.reading.frames import Cell

#: fields beside the key that name a customer of the book
_NAMING = ("referred_customer_no",)


def same_customers(work: Work, keys: list[str | None], header: str | None) -> None:
    """Write numbers that are equal to known ones but for leading zeros as those are; among themselves as the longest.

    Refuses rows that could mean several known numbers. `AS_WRITTEN`, once taken, leaves all as they are.
    """
    respelled = _respelled(work, keys)
    several = [row for row in respelled if respelled[row] is None and work.keep[row]]
    rows = [row for row in respelled if respelled[row] is not None and work.keep[row]]
    if rows:
        words = _("号码只差前导零的按原样导入,不算同一客户({n} 行)").format(n=len(rows))
        work.offers.offer(AS_WRITTEN, words, len(rows))
        if work.offers.has(AS_WRITTEN):
            return
        for row in rows:
            keys[row] = respelled[row]
        work.problems.column(header, "zeros_differ", work.shown(rows))
    for row in several:
        work.refuse(row, header, "zeros_unclear", keys[row])
    for name in _NAMING:
        column = work.columns.get(name)
        for row, value in enumerate(column or ()):
            if column is not None and isinstance(value, str) and value not in work.facts.known:
                known = work.facts.known.like(value)
                column[row] = known[0] if len(known) == 1 else value


def _respelled(work: Work, keys: Sequence[str | None]) -> dict[int, str | None]:
    """Data row -> the known number that its own means; None for several."""
    known = work.facts.known
    fresh = [(row, bare(key)) for row, key in enumerate(keys) if key is not None and key not in known]
    respelled: dict[int, str | None] = {}
    strange: list[int] = []
    for row, digits in fresh:
        if digits is None:
            continue
        like = known.like(digits)
        if like:
            respelled[row] = like[0] if len(like) == 1 else None
        else:
            strange.append(row)
    if len({len(keys[row] or "") for row in strange}) > 1:
        longest: dict[str, str] = {}
        for row in strange:
            key = keys[row] or ""
            digits = bare(key) or ""
            if len(key) > len(longest.get(digits, "")):
                longest[digits] = key
        for row in strange:
            key = keys[row] or ""
            if (other := longest[bare(key) or ""]) != key:
                respelled[row] = other
    return dict(sorted(respelled.items()))


# -- zeros that a column lost ------------------------------------------------------------------------------


def lost_zeros(
    work: Work, keys: list[str | None], cells: Sequence[Cell], header: str | None
) -> LostZeros | None:
    """Offer to fill up new numbers that are shorter than usual, or do so when that was taken; None without any."""
    lengths = Counter(map(len, filter(None, keys)))
    if not lengths:
        return None
    usual = _usual(work, keys, lengths)
    if not usual or min(lengths) >= usual:
        return None
    least, known = work.rules.whole("intake.zeros_least_digits"), work.facts.known
    short = [
        row for row, value in enumerate(keys)
        if value and len(value) < usual and value.isascii() and value.isdigit() and work.keep[row]
        and (len(value) >= least or cells[row].__class__ is not str) and not _written_out(cells[row], value)
        and value not in known
    ]  # fmt: skip
    if not short:
        return None
    words = _("客户号补足前导零到 {digits} 位({n} 行)").format(digits=usual, n=len(short))
    fix = work.offers.offer(ZEROS, words, len(short))
    padded = work.offers.has(ZEROS)
    sure = known.led(usual) or any(key[0] == "0" and len(key) == usual for key in keys if key)
    for row in short:
        if padded:
            keys[row] = (keys[row] or "").zfill(usual)
        else:
            work.warn(row, header, "leading_zeros_lost", cells[row], other=str(usual), fix=fix)
    return LostZeros(len(short), usual, sure, padded)


def _usual(work: Work, keys: Sequence[str | None], lengths: Counter[int]) -> int | None:
    """How long numbers are: of most in the book, of those that begin with zeros, of most in the sheet."""
    led = Counter(len(key) for key in keys if key and key[0] == "0" and key.isdigit() and len(key) > 1)
    usual = work.facts.usual_length
    if led:
        return max(led.most_common(1)[0][0], usual or 0)
    if usual is None:
        usual, often = lengths.most_common(1)[0]
        return usual if often > len(keys) * work.rules.number("intake.usual_length_share") else None
    return usual


def _written_out(cell: Cell, value: str) -> bool:
    """Whether a text kept its leading zeros: then none were lost."""
    return isinstance(cell, str) and value.startswith("0")
