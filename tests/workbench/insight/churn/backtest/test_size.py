"""What a book of so many customers can show (domain 22-7)."""

from workbench.insight.churn.backtest.size import size_of
from workbench.rules.parameters import Rules

RULES = Rules.load()


def test_the_half_widths_are_those_that_were_measured() -> None:
    large = size_of(14_183, RULES.trying({"backtest.assumed_lost": [0.186, 0.5]})).lines[0]
    assert (large.lost, round(large.auc_half, 3)) == (2638, 0.010)
    for customers, lost, half in ((2_000, 60, 0.067), (300, 15, 0.134)):
        line = size_of(customers, RULES.trying({"backtest.assumed_lost": [lost / customers, 0.5]})).lines[0]
        assert (line.lost, round(line.auc_half, 3)) == (lost, half)


def test_the_sentence_carries_its_numbers_and_few_customers_show_nothing() -> None:
    sentence = size_of(2_000, RULES).sentence
    assert "够条件的客户 2,000 户" in sentence
    assert "流失 5%(100 户)" in sentence
    assert "±0.052" in sentence
    nobody = size_of(1, RULES)
    assert nobody.lines == ()
    assert "看不出准不准" in nobody.sentence
