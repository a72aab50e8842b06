"""The lists explain an outflow by themselves, as far as balances confirm it (domain 4.5-4)."""

import datetime as dt

from db.known import relations
from tests.workbench.conftest import MONTH, SmallBook
from workbench.insight.churn.explained_outflow import ListedExplanation, explained_by_lists
from workbench.rules.parameters import Rules

RULES = Rules.load()
WAN = 1_000_000


def explained(small: SmallBook, no: str = "1") -> ListedExplanation | None:
    with small.book.read() as conn:
        return explained_by_lists(conn, MONTH, [small.ids[no]], RULES).get(small.ids[no])


def fallen(small: SmallBook, no: str = "1", **runs: list[float]) -> None:
    """From 30 to 10 万 over three months."""
    steady = {name: [run[0], run[0], run[0], run[1]] for name, run in runs.items()}
    small.months(no, {"aum_balance": [300_000, 300_000, 300_000, 100_000], **steady})


def married(small: SmallBook, one: str, other: str) -> None:
    with small.book.write("relation", "spouse") as writer:
        row = {"customer_id": small.ids[one], "other_id": small.ids[other], "kind": "spouse"}
        writer.insert(relations, [{**row, "date": dt.date(2026, 10, 1).isoformat()}])


def test_a_loan_that_fell_as_the_assets_did_explains_them_with_its_figures(small: SmallBook) -> None:
    fallen(small, loan_balance=[500_000, 380_000])
    found = explained(small)
    assert found is not None
    assert found.enough
    assert (found.lost_fen, found.parts) == (20 * WAN, (("loan", 12 * WAN),))
    assert found.sentence == ("2026-07以来资产少20.0万,其中余额能证实的去向:贷款余额同期少12.0万(占60%)")


def test_no_more_is_explained_than_was_lost(small: SmallBook) -> None:
    fallen(small, loan_balance=[900_000, 100_000])
    found = explained(small)
    assert found is not None
    assert found.known_fen == found.lost_fen == 20 * WAN


def test_less_than_half_is_told_and_explains_nothing(small: SmallBook) -> None:
    fallen(small, loan_balance=[500_000, 410_000])
    found = explained(small)
    assert found is not None
    assert not found.enough


def test_without_the_balance_of_the_loan_nothing_is_claimed(small: SmallBook) -> None:
    fallen(small)
    assert explained(small) is None


def test_who_did_not_fall_has_nothing_to_explain(small: SmallBook) -> None:
    small.months("1", {"aum_balance": [100_000] * 3 + [120_000], "loan_balance": [500_000] * 3 + [0]})
    assert explained(small) is None


def test_an_own_product_counts_where_aum_leaves_it_out(small: SmallBook) -> None:
    fallen(small, deposit_balance=[300_000, 100_000], insurance_balance=[0, 150_000])
    found = explained(small)
    assert found is not None
    assert found.parts == (("own_product", 15 * WAN),)
    # an insurance that AUM holds already explains nothing of what AUM lost
    fallen(small, "2", deposit_balance=[300_000, 50_000], insurance_balance=[0, 50_000])
    assert explained(small, "2") is None


def test_kinds_of_deposit_are_not_counted_beside_their_sum(small: SmallBook) -> None:
    fallen(small, deposit_balance=[300_000, 100_000], demand_balance=[10_000, 90_000])
    assert explained(small) is None


def test_a_relative_whose_balance_rose_took_it_and_only_once(small: SmallBook) -> None:
    fallen(small, "1")
    fallen(small, "2")
    small.months("3", {"aum_balance": [50_000, 50_000, 50_000, 210_000]})
    married(small, "1", "3")
    found = explained(small)
    assert found is not None
    assert found.parts == (("family", 16 * WAN),)
    assert found.enough
    assert "在册家属的资产同期多16.0万" in found.sentence
    # the link counts from the other side too; what one child gained is not given by both parents
    married(small, "3", "2")
    with small.book.read() as conn:
        both = explained_by_lists(conn, MONTH, [small.ids["1"], small.ids["2"]], RULES)
    assert sum(one.known_fen for one in both.values()) == 16 * WAN
