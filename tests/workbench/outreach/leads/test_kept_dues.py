"""After a contact the files of the customers concerned are read anew, and nobody else's."""

from collections.abc import Collection

from tests.workbench.conftest import SmallBook
from workbench.outreach.case_due import CaseDue
from workbench.outreach.leads.kept_dues import kept_dues


def test_only_those_concerned_are_read_again_and_everybody_after_a_list(small: SmallBook) -> None:
    for no in ("a", "b"):
        small.customer(no)
    readings: list[Collection[int] | None] = []

    def read(only: Collection[int] | None) -> list[CaseDue]:
        readings.append(only)
        some = set(small.ids.values()) if only is None else set(only)
        return [CaseDue(one, "complaint", f"{len(readings)}", "2026-11-16") for one in sorted(some)]

    def words() -> dict[int, str]:
        with small.book.read() as conn:
            return {
                one.customer_id: str(one.words) for one in kept_dues(conn, small.book, "complaints", read)
            }

    a, b = small.ids["a"], small.ids["b"]
    assert words() == {a: "1", b: "1"}
    assert words() == {a: "1", b: "1"}
    assert readings == [None]
    small.touch("a", 1)
    assert words() == {a: "2", b: "1"}
    assert readings == [None, frozenset({a})]
    small.month("b", aum_balance=1e5)
    words()
    assert readings[-1] is None
