"""A book of few customers, made once: at a level, raised, new at the line, without figures, with and without bound cards."""

from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import Connection

from tests.workbench.conftest import KeptSmallBook, SmallBook
from workbench.base.change import Progress, silent
from workbench.insight.tags.engine import Engine
from workbench.insight.tags.layers import Layers
from workbench.outreach.benefits.room import Benefits
from workbench.rules.parameters import Rules

TODAY = "2026-11-16"


def fill(small: SmallBook) -> None:
    """steady: 60万 for months, born in November; rising: over 20万 since September; fresh: over 5万 since September; small: 3000;
    blank: without a daily average or anything else."""
    small.customer("steady", birth_date="1970-11-28")
    small.customer("rising", birth_date="1982-03-02")
    small.customer("fresh", birth_date="1990-11-02")
    small.customer("small")
    small.customer("blank")
    bound = {"bound_wechat": 1, "bound_alipay": 1, "bound_unionpay": 1}
    small.flat("steady", 600_000, **bound)
    small.months(
        "rising",
        {"aum_daily_average": [60_000] * 7 + [250_000] * 2, "aum_balance": [60_000] * 7 + [250_000] * 2},
        **(bound | {"bound_alipay": 0}),
    )
    small.months(
        "fresh",
        {"aum_daily_average": [20_000] * 7 + [70_000] * 2, "aum_balance": [20_000] * 7 + [70_000] * 2},
    )
    small.flat("small", 3_000)
    small.month("blank")


@pytest.fixture(scope="session")
def kept_benefits(tmp_path_factory: pytest.TempPathFactory) -> KeptSmallBook:
    return KeptSmallBook(tmp_path_factory.mktemp("benefits"), TODAY, fill)


@pytest.fixture
def small(
    kept_benefits: KeptSmallBook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[SmallBook]:
    """A copy of it."""
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    with kept_benefits.copied(tmp_path / "copy.book") as book:
        yield book


class StandingLayers:
    """The layers as the book was filled: who may get a benefit does not change by what a test gives, and computing them anew
    after every grant takes most of a test. The window and the command line are tested on real ones."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def ensure(self, progress: Progress = silent) -> None:
        """Nothing."""

    def layers(self, conn: Connection) -> Layers:
        """Those in the book."""
        return self._engine.layers(conn)


@pytest.fixture
def benefits(small: SmallBook) -> Benefits:
    """The room over it."""
    return Benefits(small.book, Rules.load(), cast(Engine, StandingLayers(small.insight.engine)))
