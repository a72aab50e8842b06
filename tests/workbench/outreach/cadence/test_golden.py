"""Golden 16 and 17 in the touch plan: by the log of a book, through the one consent, onto workdays (domain 6.5, 20)."""

from pathlib import Path

import numpy as np

from db.engine import Book
from db.tables import customers, touches
from tests.books import new_book
from tests.workbench.people.one_each import DAY, ago
from workbench.outreach.cadence.limits import touch_limits
from workbench.outreach.levelling.level import level
from workbench.outreach.levelling.placement import STATES, DayRoom, Placement
from workbench.outreach.wishes.kinds import KINDS
from workbench.outreach.wishes.wish_table import CadenceTable, WishTable
from workbench.rules.parameters import Rules

RULES = Rules.load()
#: Monday
START = DAY.toordinal()
CHANNELS = ("call", "wecom", "sms")


def planned(book: Book, customer: int) -> Placement:
    """A maturity, a greeting and an offer for one customer, each by telephone, wanted today and possible for three weeks."""
    with book.read() as conn:
        limits = touch_limits(conn, DAY.isoformat(), RULES)
    three = np.ones(3, np.int64)
    wishes = WishTable(
        ("maturity", "birthday", "product"), CHANNELS, customer * three, np.arange(3), START * three,
        np.array([KINDS.index(kind) for kind in ("service", "care", "marketing")]), 0 * three, np.arange(3),
        480 * three, START * three, (START + 20) * three, START * three, np.array([False, True, True]), three > 1,
    )  # fmt: skip
    none = np.zeros(0, np.int64)
    cadence = CadenceTable(CHANNELS, *(none for _ in range(6)), none > 0, none, none > 0)
    days = np.array([day for day in range(START, START + 28) if (day - 1) % 7 < 5])
    return level(wishes, cadence, limits, DayRoom(days, np.full(len(days), 20_000)), start=START)


def logged(book: Book, *contacts: tuple[int, str]) -> int:
    with book.write("touch", "golden") as writer:
        (customer,) = writer.insert(
            customers, [{"customer_no": "1", "name": "林秀英", "birth_date": "1980-01-01"}]
        )
        writer.insert(touches, [
            {"customer_id": customer, "date": ago(days), "channel": "call", "result": result, "initiated_by": "manager"}
            for days, result in contacts
        ])  # fmt: skip
    return customer


def test_golden_16_after_a_refusal_by_telephone_nothing_is_sold_and_care_goes_another_way(
    tmp_path: Path,
) -> None:
    with new_book(tmp_path / "a.book") as book:
        made = planned(book, logged(book, (400, "refused")))
    assert [STATES[state] for state in made.state] == ["planned", "planned", "barred"]
    assert made.grounds[made.ground[2]] == "opted_out"
    assert [made.channels[channel] for channel in made.channel[:2]] == ["call", "wecom"]


def test_golden_17_after_two_contacts_this_week_an_offer_waits_and_a_maturity_stays(tmp_path: Path) -> None:
    with new_book(tmp_path / "a.book") as book:
        made = planned(book, logged(book, (0, "reached"), (3, "reached")))
    assert made.day[0] == START, "service is exempt"
    greeting, offer = sorted(made.day[1:])
    # two within seven days: the next no sooner than seven days after today's, as it is a call too
    assert greeting >= START + 7
    assert offer >= greeting + 7
