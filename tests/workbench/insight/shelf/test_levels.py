"""Risk levels however a list writes them, in Python and in SQL alike (domain 8.1)."""

import pytest
from sqlalchemy import String, create_engine, literal, select

from workbench.insight.shelf.levels import LEVELS, level, level_of
from workbench.rules.parameters import Rules

RULES = Rules.load()
WORDS = [word for number in LEVELS for word in RULES.words(f"S5.level{number}")]


@pytest.mark.parametrize(
    ("written", "number"),
    [("R1", 1), ("C2", 2), ("中低风险", 2), ("平衡型", 3), ("PR4", 4), ("高", 5), (" R3 ", 3), ("R6", None),
     ("", None), (None, None)],
)  # fmt: skip
def test_a_written_level_is_1_to_5(written: str | None, number: int | None) -> None:
    assert level(written, RULES) == number


def test_no_word_means_two_levels() -> None:
    assert len(set(WORDS)) == len(WORDS)


def test_sql_reads_every_word_as_python_does() -> None:
    with create_engine("sqlite://").connect() as conn:
        for word in (*WORDS, "R6", None):
            found = conn.execute(select(level_of(literal(word, String), RULES))).scalar_one()
            assert found == level(word, RULES), word
