"""In the book a product is of the family that it is of in Python; what might be of one is neither of it nor not."""

import re
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from db.engine import Book
from db.tables import customers, holdings, products
from tests.books import new_book
from tests.laws import law
from tests.workbench.conftest import AS_OF, MONTH, SmallBook
from workbench.insight.shelf.families import families, family_of
from workbench.insight.shelf.levels import level
from workbench.insight.shelf.lines import MAYBE, OF_IT, kinds
from workbench.rules.parameters import Rules

RULES = Rules.load()
OWN = [family for family in families() if family.listed is not None]
CATEGORIES = [
    None, "", "理财", "基金", "保险", "公募基金", "活期存款", "定期存款", "大额存单", "国债", "货币基金", "年金险", "黄金",
    "信托", "个人养老金",
]  # fmt: skip
NAMES = [None, "", "天天利", "稳健一号", "某重疾险", "某养老年金", "重疾年金", "分红"]
RISKS = [None, "R1", "R2", "R3", "R5", "中低风险", "看不懂"]
LINES = st.tuples(st.sampled_from(CATEGORIES), st.sampled_from(NAMES), st.sampled_from(RISKS))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("db.book_key.COST", 16)
        with new_book(tmp_path_factory.mktemp("lines") / "lines.book", "correct horse") as book:
            with book.write("import", "customer") as writer:
                writer.insert(customers, [{"customer_no": "1", "name": "甲"}])
            yield book


def classes(book: Book, told: list[tuple[str | None, str | None, str | None]]) -> dict[Any, dict[str, int]]:
    """(category, name, risk) -> family -> what the book says of it; the lines are taken back."""
    rows = [
        {"customer_id": 1, "month": MONTH, "as_of": AS_OF, "batch_id": 1, "source_row": n, "kind": "holding", "line": n,
         "amount": 100, "category": category, "product_name": name, "product_risk": risk, "product_code": f"P{n}"}
        for n, (category, name, risk) in enumerate(told, start=1)
    ]  # fmt: skip
    with book.write("import", "lines") as writer:
        writer.insert(holdings, rows)
        found = kinds(MONTH, RULES, OWN)
        by_code = {f"P{n}": one for n, one in enumerate(told, start=1)}
        asked = writer.conn.execute(select(found)).mappings().all()
        answers = {
            by_code[_code(row["key"])]: {family.code: row[f"is_{family.code}"] for family in OWN}
            for row in asked
        }
        writer.conn.execute(holdings.delete())
    return answers


def _code(key: str) -> str:
    """The product code among the words of a line's key."""
    found = re.search(r"P\d+", key)
    assert found is not None
    return found[0]


@given(st.lists(LINES, min_size=1, max_size=25, unique=True))
@law(examples=150, few=20)
def test_the_book_and_the_program_tell_families_alike(
    shared: Book, told: list[tuple[str | None, str | None, str | None]]
) -> None:
    found = classes(shared, told)
    for category, name, risk in told:
        family = family_of(category, name, level(risk, RULES), OWN)
        says = {code for code, answer in found[category, name, risk].items() if answer == OF_IT}
        assert says == ({family.code} if family else set()), (category, name, risk)


@pytest.mark.parametrize(
    ("line", "maybe"),
    [
        # a wealth product without a level is of some wealth family; its name alone does not say of which
        (("理财", "稳健一号", None), {"wealth_low", "wealth_mid"}),
        (("理财", None, None), {"cash", "wealth_low", "wealth_mid"}),
        (("公募基金", "某混合", None), {"fund"}),
        (("保险", "名字看不出", None), {"annuity", "protection"}),
        (("理财", "稳健一号", "R2"), set()),
        (("理财", "稳健一号", "看不懂"), {"wealth_low", "wealth_mid"}),
        (("信托", "某信托", None), set()),
        (("活期存款", None, None), set()),
        ((None, "天天利", "R1"), {family.code for family in OWN}),
    ],
)
def test_what_is_not_told_leaves_open_what_it_could_be(
    shared: Book, line: tuple[str | None, str | None, str | None], maybe: set[str]
) -> None:
    answers = classes(shared, [line])[line]
    assert {code for code, answer in answers.items() if answer == MAYBE} == maybe


def test_the_list_of_products_tells_what_the_line_does_not(small: SmallBook) -> None:
    small.customer("1")
    small.hold("1", product_code="A", product_name=None, category=None, amount=1_000.0)
    small.hold(
        "1", product_code="B", product_name="稳健", category="理财", product_risk="R2", amount=1_000.0, line=2
    )
    with small.book.write("import", "products") as writer:
        writer.insert(
            products,
            [
                {"product_code": "A", "product_name": "三年期", "category": "大额存单", "product_risk": None},
                {"product_code": "B", "product_name": "别名", "category": "基金", "product_risk": "R4"},
            ],
        )
    found = kinds(MONTH, RULES, OWN)
    with small.book.read() as conn:
        by_risk = {row["risk"]: row for row in conn.execute(select(found)).mappings()}
    assert by_risk[None]["is_cd"] == OF_IT
    # its own words stand, but of two ratings the higher counts
    assert by_risk[4]["is_wealth_mid"] == OF_IT
    assert by_risk[4]["is_fund"] == 0
