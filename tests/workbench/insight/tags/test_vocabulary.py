"""The words a condition may use: who is meant is looked for in the customers, never copied into a layer (domain 17)."""

from tests.workbench.conftest import SmallBook
from workbench.insight.tags.vocabulary import field_terms

NAMES = {
    "customer_no": "100001", "name": "欧阳修远", "phone": "13912345678", "id_no": "210203198007155219",
    "email": "xiuyuan@example.cn", "residence_address": "大连市中山区人民路1号", "note": "胞弟欧阳修文",
}  # fmt: skip


def test_what_names_a_person_can_be_asked_for_and_stands_in_no_layer(small: SmallBook) -> None:
    small.customer("100001", **{key: value for key, value in NAMES.items() if key != "customer_no"})
    small.flat("100001")
    small.flat("100002")
    insight = small.insight
    insight.engine.ensure()
    with small.book.read() as conn:
        layers = insight.engine.layers(conn)
        columns = {column.name for table in layers.tables.values() for column in table.c}
    assert columns.isdisjoint(NAMES)
    assert NAMES.keys() <= {term.name for term in field_terms()}
    for field, value in NAMES.items():
        picked = insight.picking.rows(f"{field} = '{value}'")
        assert [row.customer.customer_no for row in picked] == ["100001"], field


def test_no_condition_may_ask_for_ethnicity() -> None:
    assert "ethnicity" not in {term.name for term in field_terms()}
