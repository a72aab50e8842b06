"""The direction of each transaction, in or out, from a direction column, two amount columns or the sign."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from workbench.intake.cells.code_words import Codes
from workbench.intake.cells.parsed import Read, wholes_of
from workbench.rules.parameters import Rules

Fen = list[int | None]

#: Features of a day, in the order of the table's columns; money in fen.
FEATURES = (
    "inflow", "outflow", "inflow_count", "outflow_count", "active_count", "largest_inflow", "largest_outflow",
    "interbank_outflow", "same_name_outflow", "third_party_outflow", "third_party_count", "out_of_town_count",
    "counterparties", "rows",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Directions:
    """Per row the amount that came in and the amount that went out, in fen; one of them is None or 0.

    A negative amount reverses an earlier transaction of that direction. Rows in `unknown` and `without_amount` have
    neither.
    """

    came: Fen
    went: Fen
    unknown: list[int]
    without_amount: list[int]


def read_directions(
    columns: Mapping[str, list[Read]], words: Sequence[str] | None, count: int, rules: Rules
) -> Directions:
    """The directions of `count` rows. `columns` may hold txn_amount, txn_in and txn_out (fen); `words` are the cells
    of the direction column, None without one.

    Two amount columns decide first, then the direction column, then the sign where the column has both signs.
    Nothing is guessed.
    """
    blank: Fen = [None] * count
    if "txn_in" in columns or "txn_out" in columns:
        return _of_pair(wholes_of(columns, "txn_in") or blank, wholes_of(columns, "txn_out") or blank)
    amounts: Fen = wholes_of(columns, "txn_amount") or blank
    if words is not None:
        codes = Codes(rules, "direction")
        table = {word: codes.find(word) if word else None for word in set(words)}
        return _of_ways([table[word] for word in words], amounts)
    if not any(amount is not None and amount < 0 for amount in amounts):
        return _of_ways([None] * count, amounts)
    ways = ["out" if amount is not None and amount < 0 else "in" for amount in amounts]
    return _of_ways(ways, [None if amount is None else abs(amount) for amount in amounts])


def _of_pair(came: Fen, went: Fen) -> Directions:
    rows = list(enumerate(zip(came, went, strict=True)))
    both = [row for row, (one, other) in rows if one and other]
    neither = [row for row, (one, other) in rows if one is None and other is None]
    return Directions(list(came), list(went), both, neither)


def _of_ways(ways: Sequence[str | None], amounts: Fen) -> Directions:
    pairs = list(zip(ways, amounts, strict=True))
    return Directions(
        [amount if way == "in" else None for way, amount in pairs],
        [amount if way == "out" else None for way, amount in pairs],
        [row for row, (way, amount) in enumerate(pairs) if way is None and amount is not None],
        [row for row, (_way, amount) in enumerate(pairs) if amount is None],
    )
