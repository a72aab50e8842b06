"""The lights computed over columns in memory are those of the check, whatever lists the book has."""

from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import update

from db.tables import snapshots
from tests.books import PASSPHRASE
from tests.parity.pair import make_sample
from tests.workbench.conftest import SmallBook
from workbench.app import Workbench
from workbench.base.months import reported_months
from workbench.insight.stages import facts, lights
from workbench.insight.stages.memory_lights import looked_at_by
from workbench.rules.parameters import Rules


def test_a_branch_with_every_list_has_the_lights_of_the_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Holdings, complaints, contacts, transactions, payrolls; no rule is left to the database."""
    make_sample(tmp_path / "a.book", tmp_path / "lists", 100, 8)
    rules = Rules.load()
    with Workbench.open(tmp_path / "a.book", PASSPHRASE) as workbench, workbench.book.read() as conn:
        months = reported_months(conn)
        each = [lights.lights_of(conn, month, -1, rules) for month in months]
        wide = lights.looked_at(conn, months, rules)
        assert wide is not None
        monkeypatch.setattr(lights, "lights_of", None)
        everybody = np.unique(np.concatenate([one.customers for one in wide.months.values()]))
        many = list(lights.lights_of_many(conn, months, everybody, rules, wide))
        listed, wanted = wide.listed(months), facts.listed(conn, months)
    for month, one, other in zip(months, many, each, strict=True):
        assert one.customers.tolist() == other.customers.tolist()
        assert one.heights.tolist() == other.heights.tolist()
        for name in ("customers", "averages", "balances", "daily"):
            assert getattr(listed[month], name).tolist() == getattr(wanted[month], name).tolist()
    assert {2, 1, 0} <= {height for one in each for height in one.heights.tolist()}


@pytest.fixture
def noted(small: SmallBook) -> SmallBook:
    small.customer("n1", open_date="2015-01-01")
    small.customer("n2", open_date="2015-01-01")
    for back in range(3, -1, -1):
        small.month("n1", back, aum_daily_average=3e5, aum_balance=3e5 if back else 100, note="calm")
        small.month("n2", back, aum_daily_average=3e5, aum_balance=3e5)
    return small


def _heights(small: SmallBook) -> list[list[int]]:
    rules, every = Rules.load(), np.array(sorted(small.ids.values()), dtype=np.int64)
    with small.book.read() as conn:
        months = reported_months(conn)
        wide = lights.looked_at(conn, months, rules)
        return [one.heights.tolist() for one in lights.lights_of_many(conn, months, every, rules, wide)]


@pytest.mark.parametrize("note", ["two\x1fparts", "\x1e"])
def test_a_text_with_the_sign_between_texts_is_left_to_the_database(noted: SmallBook, note: str) -> None:
    before = _heights(noted)
    with noted.book.derive() as conn:
        conn.execute(update(snapshots).values(note=note).where(snapshots.c.note.is_not(None)))
        assert lights.looked_at(conn, reported_months(conn), Rules.load()) is None
    assert _heights(noted) == before


def test_what_is_read_leaves_out_what_no_light_follows_from(noted: SmallBook) -> None:
    with noted.book.read() as conn:
        check = lights.planned(conn, reported_months(conn)[-1], Rules.load())
        assert check is not None
        names = looked_at_by(check)
    assert {"aum_balance", "aum_daily_average", "note", "age"} <= names
    assert "last_txn_date" in check.window.columns_read - names
