"""What the demonstration registers by hand fits the people it is about."""

import datetime as dt
from typing import Any

from workbench.sample import make_branch


def test_the_same_seed_gives_the_same_register(tmp_path: Any) -> None:
    one, two = (make_branch(tmp_path / name, customers=100, months=6, seed=9) for name in ("one", "two"))
    assert (one.ties, one.cards, one.services) == (two.ties, two.cards, two.services)
    assert all((one.ties, one.cards, one.services))


def test_couples_share_an_address_and_children_the_surname_of_the_father(small: Any) -> None:
    newest = small.months[-1]
    kinds = [tie.kind for tie in small.branch.ties]
    assert kinds.count("spouse") >= 3
    assert {"spouse", "child", "owned"} == set(kinds)
    for tie in small.branch.ties:
        row = newest[tie.customer_no]
        if tie.kind == "owned":
            assert tie.other_name == row["employer"]
            continue
        other = newest[tie.other_no]
        if tie.kind == "child":
            assert other["name"][0] == row["name"][0]
            assert 21 <= row["age"] - other["age"] <= 40
        else:
            assert tie.other_no not in small.planted()
            homes = [
                {month[no]["residence_address"] for no in (tie.customer_no, tie.other_no) if no in month}
                for month in small.months
            ]
            assert all(len(home) == 1 for home in homes)


def test_everybody_with_the_first_story_to_be_opened_has_a_family_where_one_fits(small: Any) -> None:
    tied = {no for tie in small.branch.ties if tie.kind != "owned" for no in (tie.customer_no, tie.other_no)}
    married = {
        no for no in small.truth.stories["big_transfer"] if small.months[-1][no]["marital_status"] == "已婚"
    }
    assert married <= tied


def test_nobody_is_tied_twice_to_the_same_and_each_has_one_spouse(small: Any) -> None:
    spouses = [
        no for tie in small.branch.ties if tie.kind == "spouse" for no in (tie.customer_no, tie.other_no)
    ]
    assert len(spouses) == len(set(spouses))
    pairs = [frozenset((tie.customer_no, tie.other_no)) for tie in small.branch.ties if tie.other_no]
    assert len(pairs) == len(set(pairs))


def test_cards_are_of_days_on_which_there_was_a_contact(small: Any) -> None:
    assert len({card.customer_no for card in small.branch.cards}) == 2
    for card in small.branch.cards:
        assert len(card.cues) >= 2
        assert card.day <= dt.date(2026, 10, 31)
    days = [(card.customer_no, card.day) for card in small.branch.cards]
    assert len(set(days)) == 4


def test_services_are_of_days_of_contacts_and_plans_run_out_later(small: Any) -> None:
    assert {"plan", "gift"} <= {one.kind for one in small.branch.services}
    for one in small.branch.services:
        assert one.day <= small.branch.last_date
        assert one.until is None or one.until > one.day
        assert small.months[-1][one.customer_no]["aum_daily_average"] >= 50_000
