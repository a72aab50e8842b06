"""A condition is counted, read and turned round alike, whatever tables it reads and in whichever order."""

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import event

from db import book_key
from tests.books import new_book
from tests.laws import law
from tests.workbench.conftest import SmallBook

#: conditions over one table each: known, unknown of some, ranked
PARTS = (
    "tier >= L3", "tower = waist", "average > 5万", "risk_level = 'C3'", "wecom = 1", "product_count < 3", "light = red",
    "branch contains '01'", "top(2, average)", "bottom(3, age)", "top(1, 手机银行登录次数)", "change_share < 0",
)  # fmt: skip
CONDITIONS = st.recursive(
    st.sampled_from(PARTS),
    lambda inner: st.one_of(
        inner.map("not ({})".format),
        st.tuples(inner, st.sampled_from((" and ", " or ")), inner).map(
            lambda parts: "({}{}{})".format(*parts)
        ),
    ),
    max_leaves=4,
)


@pytest.fixture(scope="module")
def seven(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallBook]:
    """Seven customers, most of whom lack some figure."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book_key, "COST", 16)
        patch.setenv("WORKBENCH_TODAY", "2026-11-05")
        with new_book(tmp_path_factory.mktemp("seven") / "seven.book", "correct horse") as book:
            small = SmallBook(book)
            for n, yuan in enumerate((None, 2_000, 60_000, 60_000, 300_000, 900_000, 7_000_000)):
                no = "ABCDEFG"[n]
                told = {"age": 20 + 9 * n} if n % 3 else {}
                small.customer(no, branch=f"支行0{n % 3}", risk_level="C3" if n % 2 else None)
                before = None if yuan is None else yuan * (2 - n % 3)
                small.months(
                    no,
                    {"aum_balance": [before, yuan], "aum_daily_average": [before, yuan]},
                    product_count=n,
                    mobile_logins=n % 4,
                    **told,
                )
            yield small


@law(examples=200)
@given(text=CONDITIONS)
def test_hit_not_hit_and_cannot_tell_are_everybody(seven: SmallBook, text: str) -> None:
    picking = seven.insight.picking
    tally, turned = picking.count(text), picking.count(f"not ({text})")
    assert tally.count == len(picking.ids(text)), text
    assert turned.count == len(picking.ids(f"not ({text})")), text
    assert tally.cannot_tell == turned.cannot_tell, text
    assert tally.count + turned.count + tally.cannot_tell == tally.everyone, text


@pytest.mark.parametrize(
    ("text", "lookups"),
    [
        ("tier >= L3 and average > 5万", 1),
        ("tier >= L3 取前 1 按 change", 2),
        ("age > 30 and top(2, average)", 1),  # the ranking asks for less than the condition
    ],
)
def test_a_count_of_what_is_asked_for_most_reads_an_index_and_no_table_twice(
    seven: SmallBook, text: str, lookups: int
) -> None:
    asked: list[tuple[str, Any]] = []

    def note(*sent: Any) -> None:
        asked.append((sent[2], sent[3]))

    with seven.book.read() as conn:
        event.listen(conn.engine, "before_cursor_execute", note)
        seven.insight.picking.count(text)
        event.remove(conn.engine, "before_cursor_execute", note)
        statement, values = next((sql, values) for sql, values in reversed(asked) if "tags_0" in sql)
        plan = [row[-1] for row in conn.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    read = [step for step in plan if "tags_" in step]
    index, lookup = (
        "SCAN tags_0 USING COVERING INDEX tags_0_first",
        "SEARCH tags_1 USING INTEGER PRIMARY KEY (rowid=?)",
    )
    assert set(read) == {index, lookup}, plan
    assert read.count(lookup) == lookups, plan
