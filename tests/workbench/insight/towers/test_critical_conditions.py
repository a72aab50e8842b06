"""Which tag stands for which critical class, and what is said of a condition that cannot be told (domain 4.8)."""

from tests.workbench.conftest import SmallBook
from workbench.insight.tags.layers import LAYERS
from workbench.insight.towers.critical_class import CRITICAL
from workbench.insight.towers.critical_conditions import blind_conditions, conditions


def test_every_class_has_a_condition_and_every_condition_a_tag(small: SmallBook) -> None:
    small.flat("1")
    run = small.insight.engine.ensure()
    assert {one.critical for one in conditions()} == set(CRITICAL)
    columns = {name for layer in LAYERS for name in run.columns[layer]}
    assert [one.code for one in conditions() if one.tag not in columns] == []


def test_a_column_that_no_list_has_darkens_the_condition_for_all(small: SmallBook) -> None:
    small.months("1", {"aum_balance": [9e4, 8e4]}, last_txn_date="2026-10-20")
    small.months("2", {"aum_balance": [9e4, 8e4]})
    engine = small.insight.engine
    engine.ensure()
    with small.book.read() as conn:
        blind = {one.condition.code: one for one in blind_conditions(conn, engine.layers(conn))}
    assert blind["id"].of_all
    assert blind["id"].words == "证件到期(缺「证件到期日」)"
    assert (blind["sleep"].customers, blind["sleep"].of_all) == (1, False)
    assert blind["sleep"].words == "临界睡眠 1 户(缺「最近交易日期」)"
    assert "upgrade" not in blind
