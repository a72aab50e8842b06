"""Identity numbers by the column (domain 16.4): check digits, and the birthday and sex encoded in a number."""

from collections.abc import Iterable

from workbench.intake.cells.parsed import Read
from workbench.people.particulars import CHECK_DIGITS, WEIGHTS


def wrong_check_digits(values: Iterable[Read]) -> list[int]:
    """Indices of 18-digit identity numbers with a wrong check digit; masked numbers and other papers are not judged."""
    import numpy as np

    numbers = {
        index: value for index, value in enumerate(values)
        if isinstance(value, str) and len(value) == 18 and value.isascii() and value[:17].isdigit()
    }  # fmt: skip
    if not numbers:
        return []
    where = list(numbers)
    signs = np.frombuffer("".join(numbers.values()).encode(), dtype=np.uint8).reshape(-1, 18)
    totals = (signs[:, :17].astype(np.int64) - 48) @ np.array(WEIGHTS)
    right = np.frombuffer(CHECK_DIGITS.encode(), dtype=np.uint8)[totals % 11]
    return [where[index] for index in np.flatnonzero(right != signs[:, 17]).tolist()]


def birthday(number: str) -> str | None:
    """The birthday (ISO) encoded in an identity number of 18 or 15 digits; None when masked or no such number."""
    if len(number) == 18 and number[6:14].isdigit():
        return f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
    if len(number) == 15 and number.isdigit():
        return f"19{number[6:8]}-{number[8:10]}-{number[10:12]}"
    return None


def sex(number: str) -> str | None:
    """'男' or '女' by the digit before the check digit (the last digit of 15); None when masked or no such number."""
    digit = number[16:17] if len(number) == 18 else number[14:15] if number.isdigit() else ""
    if len(number) not in (15, 18) or not digit.isdigit():
        return None
    return "男" if int(digit) % 2 else "女"
