"""A customer's mark differs exactly when something that his touches follow from does."""

from dataclasses import fields, replace

import numpy as np
import pytest

from workbench.outreach.wishes.wish_table import CadenceTable, WishTable
from workbench.outreach.yearplan.marks import marks_of
from workbench.people.contact_caps import LoggedTouch, TouchLimits

START = 740_000
_CODED = ("reason", "channel")


def whole(*cells: int) -> np.ndarray:
    return np.array(cells, np.int64)


WISHES = WishTable(
    ("birthday", "payday"), ("call", "sms"), whole(1, 1, 2), whole(0, 1, 0), whole(START + 9, START + 20, START + 5),
    whole(1, 2, 1), whole(0, 0, 1), whole(3, 5, 3), whole(480, 480, 60), whole(START + 6, START + 18, START + 2),
    whole(START + 9, START + 22, START + 5), whole(START + 9, START + 20, START + 5), whole(1, 1, 1) > 0, whole(0, 1, 0) > 0,
)  # fmt: skip
CADENCE = CadenceTable(
    ("call",), whole(1, 2), whole(30, 60), whole(START - 9, 0), whole(0, 0), whole(480, 480), whole(4, 4),
    whole(1, 1) > 0, whole(3, 5), whole(1, 0) > 0,
)  # fmt: skip
LIMITS = TouchLimits(held={2: ("complaint", START + 30)}, refused={1: frozenset(("sms",))})


def differing(
    wishes: WishTable = WISHES, cadence: CadenceTable = CADENCE, limits: TouchLimits = LIMITS
) -> list[int]:
    before, now = marks_of(WISHES, CADENCE, LIMITS, START), marks_of(wishes, cadence, limits, START)
    return before.differing(now).tolist()  # type: ignore[no-any-return]


def changed(column: np.ndarray, row: int, *, coded: bool) -> np.ndarray:
    """Another value in one row."""
    other = column.copy()
    other[row] = 1 - other[row] if coded else other[row] ^ True if other.dtype == bool else other[row] + 1
    return other


@pytest.mark.parametrize("name", [one.name for one in fields(WishTable)][3:])
def test_another_wish_is_noticed_for_its_customer_alone(name: str) -> None:
    cells = changed(getattr(WISHES, name), 1, coded=name in _CODED)
    assert differing(replace(WISHES, **{name: cells})) == [1]


@pytest.mark.parametrize("name", [one.name for one in fields(CadenceTable)][2:])
def test_another_cadence_is_noticed(name: str) -> None:
    if name == "channel":
        cadence = replace(CADENCE, channels=("call", "sms"), channel=whole(0, 1))
    else:
        cadence = replace(CADENCE, **{name: changed(getattr(CADENCE, name), 1, coded=False)})
    assert differing(cadence=cadence) == [2]


@pytest.mark.parametrize(
    "limits",
    [
        replace(LIMITS, held={2: ("complaint", START + 31)}), replace(LIMITS, held={2: ("opted_out", START + 30)}),
        replace(LIMITS, frozen={2: ("complaint", START + 30)}),
        replace(LIMITS, refused={1: frozenset(("sms",)), 2: frozenset(("call",))}),
        replace(LIMITS, failing={2: ("call", START + 3)}), replace(LIMITS, lately={2: (LoggedTouch(START - 1, "call"),)}),
    ],
)  # fmt: skip
def test_another_limit_is_noticed(limits: TouchLimits) -> None:
    assert differing(limits=limits) == [2]


def test_neither_the_order_of_rows_nor_that_of_codes_nor_a_span_that_began_earlier_is_a_difference() -> None:
    order = whole(2, 1, 0)
    turned = replace(WISHES, **{one.name: getattr(WISHES, one.name)[order] for one in fields(WishTable)[2:]})
    codes = replace(turned, reasons=("payday", "birthday"), reason=1 - turned.reason)
    assert differing(codes) == []
    begun, later = (replace(WISHES, first=whole(START - back, START + 18, START + 2)) for back in (5, 4))
    assert (
        marks_of(begun, CADENCE, LIMITS, START).differing(marks_of(later, CADENCE, LIMITS, START)).tolist()
        == []
    )
