"""The stages of the seven real months: no stage takes most of the customers, and the red who are not gone stand in J4."""

from collections import Counter
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.books import new_workbench
from workbench.insight.stages.stays import TAG

#: the line of a customer with assets, in fen; the most that one stage may hold of them
LINE, MOST = 5_000_000, 0.6


@pytest.mark.long
def test_no_stage_holds_most_customers_and_reds_stand_in_j4_unless_gone(
    tmp_path: Path, bank_files: list[Path]
) -> None:
    with new_workbench(tmp_path / "bank.book", "passphrase of the bank") as workbench:
        for file in bank_files:
            workbench.intake.read(file).commit()
        workbench.insight.engine.ensure()
        names = (TAG, "average", "balance", "light", "customer_no")
        with workbench.book.read() as conn:
            layers = workbench.insight.engine.layers(conn)
            columns = [layers.column(name) for name in names]
            rows = conn.execute(select(*columns).select_from(layers.source(names))).all()
        gone = {one.customer_no for one in workbench.insight.ranking(light="red") if one.state == "gone"}
    stages = Counter(stage for stage, average, *_rest in rows if (average or 0) >= LINE)
    assert len(stages) >= 4
    assert max(stages.values()) <= MOST * sum(stages.values())
    reds = {no: stage for stage, _average, _balance, light, no in rows if light == "red"}
    assert len(reds) > 1_000
    assert {stage for no, stage in reds.items() if no not in gone} == {"J4"}
