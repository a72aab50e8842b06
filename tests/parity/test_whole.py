"""A branch of a thousand customers, and seven months of a real bank's lists where they lie beside: too long for every day."""

from pathlib import Path

import pytest

from tests.parity import surfaces
from tests.parity.comparing import compare_rows
from tests.parity.pair import Pair, beside, empty_pair, make_sample, scatter
from tests.postgresql import server
from workbench.app import Workbench
from workbench.insight.tags.layers import LAYERS


def compare_computed(name: str, pair: Pair) -> int:
    """All layers, results and boards of a book; answers how many columns x customers of the layers were equal."""
    cells = 0
    for number in LAYERS:
        left, right = pair.both(surfaces.layer, number)
        cells += compare_rows(f"{name} tags_{number}", left, right, "customer_id")
    pair.compare(f"{name} results", surfaces.results)
    pair.compare(f"{name} boards", surfaces.boards)
    pair.compare(f"{name} week", surfaces.week, "2026-W47")
    return cells


@pytest.mark.long
def test_a_thousand_customers_are_computed_alike(tmp_path: Path) -> None:
    server()
    made = tmp_path / "made" / "sample.book"
    made.parent.mkdir()
    make_sample(made, tmp_path / "lists", 1_000, 14)
    with beside(made, tmp_path) as pair:
        assert compare_computed("thousand", pair) > 400 * 900


@pytest.mark.long
def test_the_months_of_a_real_bank_are_computed_alike(tmp_path: Path, bank_files: list[Path]) -> None:
    with empty_pair(tmp_path) as pair:
        for file in bank_files:
            pair.both(_imported, file)
        scatter(pair.postgresql.book)
        first, second = pair.both(lambda workbench: workbench.book.fingerprint())
        assert first == second
        pair.both(lambda workbench: workbench.insight.engine.ensure())
        assert compare_computed("bank", pair) > 0


def _imported(workbench: Workbench, file: Path) -> None:
    session = workbench.intake.read(file)
    session.confirm_similar()
    session.commit()
