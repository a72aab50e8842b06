"""What tests of several parts of insight share."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select

from workbench.insight.language.check import check
from workbench.insight.language.compile import where
from workbench.insight.language.parse import parse
from workbench.insight.room import Insight
from workbench.insight.tags.resolver import LayerResolver

Count = Callable[[Insight, str], int]


@pytest.fixture
def counted() -> Count:
    """How many customers of the layers a condition picks: what a click on a figure shows."""

    def count(insight: Insight, words: str) -> int:
        with insight._book.read() as conn:
            layers = insight.engine.layers(conn)
            checked = check(parse(words), layers.vocabulary)
            resolver = LayerResolver(layers, conn)
            condition = where(checked, resolver)
            source = layers.source(checked.names)
            return int(conn.execute(select(func.count()).select_from(source).where(condition)).scalar_one())

    return count
