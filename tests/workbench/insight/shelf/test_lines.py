"""Lines of holdings by family, in SQL: the same family as in Python, and unknown where a word is missing (domain 11.6)."""

from itertools import product

import pytest
from sqlalchemy import select

from db.tables import holdings, products
from tests.workbench.conftest import MONTH, SmallBook
from workbench.insight.shelf.families import families, family_of
from workbench.insight.shelf.lines import MAYBE, OF_IT, key_of_line, kinds
from workbench.rules.parameters import Rules

RULES = Rules.load()
CATEGORIES = (
    "活期存款",
    "结构性存款",
    "大额存单",
    "储蓄国债",
    "银行理财",
    "货币基金",
    "股票型基金",
    "年金险",
    "纪念币",
)
NAMES = (None, "天天盈", "稳健一年")
RISKS = (None, 1, 3)


def marks(small: SmallBook, among: object = None) -> dict[tuple[object, ...], dict[str, int]]:
    """Per line (category, name, risk as written) the marks of the families."""
    kind = kinds(MONTH, RULES, families())
    own = [family for family in families() if family.listed]
    query = select(
        holdings.c.category, holdings.c.product_name, holdings.c.product_risk, kind.c.risk, kind.c.deposit,
        *(kind.c[f"is_{family.code}"].label(family.code) for family in own),
    ).join(kind, kind.c.key == key_of_line())  # fmt: skip
    with small.book.read() as conn:
        return {
            tuple(row[:3]): {"risk": row[3], "deposit": row[4], **dict(row._mapping)}
            for row in conn.execute(query)
        }


@pytest.fixture
def shelf(small: SmallBook) -> SmallBook:
    """One line of every combination of category, name and risk level."""
    small.customer("1")
    for n, (category, name, risk) in enumerate(product(CATEGORIES, NAMES, RISKS)):
        small.hold(
            "1", line=n, category=category, product_name=name, product_risk=risk and f"R{risk}", amount=100
        )
    return small


def test_sql_and_python_put_every_product_in_the_same_family(shelf: SmallBook) -> None:
    rows = marks(shelf)
    assert len(rows) == len(CATEGORIES) * len(NAMES) * len(RISKS)
    for category, name, risk in product(CATEGORIES, NAMES, RISKS):
        family = family_of(category, name, risk, families())
        row = rows[category, name, risk and f"R{risk}"]
        assert [code for code, mark in row.items() if mark == OF_IT and code not in ("risk", "deposit")] == (
            [family.code] if family else []
        ), (category, name, risk)


def test_a_missing_word_leaves_open_only_the_families_it_could_decide(shelf: SmallBook) -> None:
    rows = marks(shelf)
    row = rows["银行理财", "稳健一年", None]
    assert (row["wealth_low"], row["wealth_mid"], row["fund"], row["demand"]) == (MAYBE, MAYBE, 0, 0)
    assert rows["纪念币", None, None]["fund"] == 0


def test_a_line_without_a_category_may_be_of_any_family(small: SmallBook) -> None:
    small.customer("1")
    small.hold("1", product_name="天天盈", amount=100)
    (row,) = marks(small).values()
    assert {row[family.code] for family in families() if family.listed} == {MAYBE}


def test_the_shelf_of_products_fills_what_a_line_leaves_open_and_the_higher_level_counts(
    small: SmallBook,
) -> None:
    with small.book.write("import", "shelf") as writer:
        writer.insert(
            products,
            [{"product_code": "W1", "category": "银行理财", "product_name": "甲", "product_risk": "R3"}],
        )
    small.customer("1")
    small.hold("1", product_code="W1", amount=100)
    small.hold("1", line=2, product_code="W1", product_risk="R2", category="银行理财", amount=100)
    rows = marks(small)
    assert {row["risk"] for row in rows.values()} == {3}
    assert {row["wealth_mid"] for row in rows.values()} == {OF_IT}


def test_only_a_deposit_that_is_none_of_the_structured_ones_is_a_plain_deposit(shelf: SmallBook) -> None:
    rows = marks(shelf)
    assert rows["活期存款", None, None]["deposit"] == 1
    assert rows["结构性存款", None, None]["deposit"] == 0
    assert rows["银行理财", None, None]["deposit"] == 0


def test_a_missing_word_is_another_key_than_an_empty_one(small: SmallBook) -> None:
    small.customer("1")
    small.hold("1", category="银行理财", product_name=None, amount=100)
    small.hold("1", line=2, category="银行理财", product_name="", amount=100)
    with small.book.read() as conn:
        keys = list(conn.execute(select(key_of_line())).scalars())
    assert len(set(keys)) == 2
