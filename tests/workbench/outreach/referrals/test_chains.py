"""Who introduced whom as trees: depth, size, what was brought; circles are marked and not followed."""

from workbench.outreach.referrals.chains import ChainPerson, ChainSum, Introduction, ReferralChains, chains

WAN = 1_000_000


def made(*lines: tuple[str, str], assets: dict[str, int | None] | None = None) -> ReferralChains:
    """Lines 'giver, person', a day apart; keys in lower case are persons without an account."""
    keys = {key for line in lines for key in line}
    persons = {
        key: ChainPerson(key, key, f"no{key}" if key.isupper() else "", (assets or {}).get(key))
        for key in keys
    }
    told = [Introduction(at, *line, f"2026-01-{at:02}") for at, line in enumerate(lines, 1)]
    return chains(told, persons, "2026-10-31")


def names(of: ReferralChains, places: tuple[int, ...]) -> str:
    return "".join(of.persons[place].key for place in places)


def test_a_person_hangs_below_his_first_giver_and_every_sum_says_what_it_does_not_know() -> None:
    of = made(("A", "B"), ("A", "c"), ("B", "D"), ("C", "D"), ("E", "f"), assets={"B": 2 * WAN, "A": 9 * WAN})
    assert [names(of, of.below(root)) for root in of.roots] == ["ABDc", "Ef", "C"]
    assert of.sums[of.roots[0]] == ChainSum(2, 3, 2, 2 * WAN, known=1, untold=1, without=1)
    assert of.sums[of.roots[1]] == ChainSum(1, 1, 1, None, known=0, untold=0, without=1)
    assert [names(of, pair) for pair in of.also] == ["CD"]
    assert of.circles == ()
    assert [of.level(place) for place in of.below(of.roots[0])] == [0, 1, 2, 1]


def test_a_circle_of_three_and_who_names_himself_are_marked_and_not_followed() -> None:
    of = made(("A", "B"), ("B", "C"), ("C", "A"), ("C", "D"), ("E", "E"), ("A", "B"))
    assert [names(of, of.below(root)) for root in of.roots] == ["ABCD", "E"]
    assert sorted(names(of, circle) for circle in of.circles) == ["ABC", "E"]
    assert names(of, tuple(sorted(of.flagged))) == "ABCE"
    assert of.also == (), "the same line twice is no second giver"


def test_no_line_is_no_tree() -> None:
    assert made() == ReferralChains(as_of="2026-10-31")
