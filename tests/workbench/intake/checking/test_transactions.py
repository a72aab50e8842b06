"""The direction of a transaction is read and never guessed."""

import pytest

from workbench.intake.cells.parsed import Read
from workbench.intake.checking.transactions import Directions, read_directions
from workbench.rules.parameters import Rules


def test_two_amount_columns_say_it_themselves(rules: Rules) -> None:
    columns: dict[str, list[Read]] = {"txn_in": [100, None, 0, 5, None], "txn_out": [None, 200, 300, 6, None]}
    read = read_directions(columns, ["支", "收", "收", "收", "收"], 5, rules)
    assert read == Directions([100, None, 0, 5, None], [None, 200, 300, 6, None], [3], [4])


def test_one_amount_column_of_two_is_enough(rules: Rules) -> None:
    read = read_directions({"txn_out": [200, None]}, None, 2, rules)
    assert read == Directions([None, None], [200, None], [], [1])


def test_a_direction_column_goes_before_the_sign(rules: Rules) -> None:
    read = read_directions({"txn_amount": [100, 200, -50, 9, None]}, ["贷", "借", "支", "", "收"], 5, rules)
    assert read.came == [100, None, None, None, None]
    assert read.went == [None, 200, -50, None, None]  # a negative amount takes back what went that way
    assert (read.unknown, read.without_amount) == ([3], [4])


def test_the_sign_decides_where_a_column_has_both(rules: Rules) -> None:
    read = read_directions({"txn_amount": [100, -200, None]}, None, 3, rules)
    assert read == Directions([100, None, None], [None, 200, None], [], [2])


def test_amounts_of_one_sign_alone_say_nothing(rules: Rules) -> None:
    read = read_directions({"txn_amount": [100, 200]}, None, 2, rules)
    assert read == Directions([None, None], [None, None], [0, 1], [])


@pytest.mark.parametrize("word", ["转入", "存入", "收"])
def test_words_for_coming_are_those_of_the_rules(rules: Rules, word: str) -> None:
    assert word in rules.words("intake.direction.in")
    assert read_directions({"txn_amount": [1]}, [word], 1, rules).came == [1]
