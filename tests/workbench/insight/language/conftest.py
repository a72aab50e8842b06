"""A vocabulary of every kind of word, and one table that holds them."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Column, Connection, Float, Integer, MetaData, Table, Text, select

from tests.stores import STORES, connection_on
from workbench.base.expressions import Expr
from workbench.base.terms import Term, Vocabulary

TIERS = tuple((f"L{n}", name) for n, name in enumerate(("睡眠", "大众", "潜力", "优质", "财富")))
LIGHTS = (("none", "无灯"), ("yellow", "黄灯"), ("red", "红灯"))
TERMS = (
    Term("average", "资产月日均", "money", unit="元"),
    Term("peak", "历史最高月日均", "money"),
    Term("score", "价值分", "number", layer=3),
    Term("days_since_touch", "距上次联系天数", "count", unit="天"),
    Term("share", "活期占比", "ratio"),
    Term("next_maturity", "最近到期日", "date"),
    Term("occupation", "职业", "text"),
    Term("wecom", "企微好友", "flag"),
    Term("v_tier_refuse_m0", "拒绝营销", "flag", layer=2, origin="tag", aliases=("V.TIER.REFUSE.M0",)),
    Term("tier", "资产层级", "enum", values=TIERS, ordered=True),
    Term("tier_before", "上月资产层级", "enum", values=TIERS, ordered=True),
    Term("light", "流失灯", "enum", values=LIGHTS),
    Term("holds_low", "持有R1-R2理财", "flag"),
    Term("S3", "S3信号级别", "count", layer=3),
)
_TYPES = {"money": Integer, "number": Float, "ratio": Float, "count": Integer, "flag": Integer}
FACTS = Table(
    "facts",
    MetaData(),
    Column("customer_id", Integer, primary_key=True),
    *(Column(term.name, _TYPES.get(term.kind, Text)) for term in TERMS),
)


class Resolver:
    """Reads the one table; the day is 2026-10-31."""

    day = "2026-10-31"

    def column(self, term: Term) -> Expr:
        return FACTS.c[term.name]

    def customer_id(self) -> Expr:
        return FACTS.c.customer_id

    def touched(self, word: str, days: int | None) -> Expr:
        return FACTS.c.customer_id == len(word)

    def listed(self, name: str) -> Expr:
        return FACTS.c.customer_id == len(name)

    def ranked(self, count: int, value: Expr, descending: bool, among: Expr | None) -> Expr:
        order = value.desc() if descending else value.asc()
        asked = select(FACTS.c.customer_id).where(value.is_not(None)).order_by(order, FACTS.c.customer_id)
        return FACTS.c.customer_id.in_((asked if among is None else asked.where(among)).limit(count))


@pytest.fixture(scope="session")
def vocabulary() -> Vocabulary:
    return Vocabulary(TERMS)


@pytest.fixture(scope="session", params=STORES)
def table(request: pytest.FixtureRequest) -> Iterator[Connection]:
    """The table on either store."""
    with connection_on(request.param) as conn:
        FACTS.create(conn)
        yield conn
