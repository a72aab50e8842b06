"""Who rests after a contact: only whoever was reached, and only for the days of the rule (domain 4.5-7)."""

from tests.workbench.conftest import SmallBook
from workbench.people.rested import LatelyContacted, lately_contacted, rested
from workbench.rules.parameters import Rules

RULES = Rules.load()


def test_who_was_reached_rests_thirty_days_and_an_attempt_rests_nobody(small: SmallBook) -> None:
    for no in ("1", "2", "3", "4"):
        small.customer(no)
    small.touch("1", 0)
    small.touch("2", 30)
    small.touch("3", 1, "no_answer")
    small.touch("3", 0, "wrong_number")
    small.touch("4", 2)
    small.touch("4", 1, "no_answer")
    ids = small.ids
    with small.book.read() as conn:
        assert rested(conn, "2026-10-31", RULES) == {ids["1"]: "2026-11-30", ids["4"]: "2026-11-28"}
        assert rested(conn, "2026-11-29", RULES) == {ids["1"]: "2026-11-30"}
        assert rested(conn, "2026-11-30", RULES) == {}
        # what is in the future of the day is not known on it
        assert rested(conn, "2026-10-30", RULES) == {ids["2"]: "2026-10-31", ids["4"]: "2026-11-28"}
        contacts = lately_contacted(conn, "2026-10-31", RULES, [ids["3"], ids["4"], 999])
    assert contacts == {
        ids["3"]: LatelyContacted(None, 2, "2026-10-30", "2026-10-31", wrong_number=True),
        ids["4"]: LatelyContacted("2026-10-29", 1, "2026-10-30", "2026-10-30"),
    }


def test_what_counts_as_reached_is_a_rule(small: SmallBook) -> None:
    small.customer("1")
    small.touch("1", 0, "declined")
    strict = Rules.load("general", {"contact.two_way": ["met"]})
    with small.book.read() as conn:
        assert rested(conn, "2026-10-31", RULES)
        assert not rested(conn, "2026-10-31", strict)


def test_who_came_by_himself_was_reached_whatever_is_noted_as_the_result(small: SmallBook) -> None:
    small.customer("1")
    small.touch("1", 0, "other", initiated_by="customer")
    with small.book.read() as conn:
        assert rested(conn, "2026-10-31", RULES) == {small.ids["1"]: "2026-11-30"}
