"""What leaves as JSON: values are masked by their field, sentences lose what was masked, numbers lead on (domain 17)."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.people.disclosure import disclosed

PERSON: dict[str, Any] = {
    "customer_no": "0000100001", "name": "欧阳修远", "phone": "13912345678", "id_no": "210203198007155219",
    "email": "xiuyuan@example.cn", "residence_address": "大连市中山区人民路1号", "gender": "男", "aum_daily_average": 900_000.5,
    "note": "胞弟欧阳修文 13800001111",
}  # fmt: skip


def test_a_customer_among_the_facts_is_masked_field_by_field() -> None:
    found = disclosed({"customer": PERSON})
    assert found == {
        "customer": {
            "customer_no": "0000100001", "name": "欧**", "phone": "139****5678", "id_no": "**5219", "email": "x**",
            "residence_address": "大连市中山区***", "gender": "男", "aum_daily_average": 900_000.5,
            "note": "胞**",
        }
    }  # fmt: skip


def test_whoever_is_masked_as_a_value_is_masked_in_every_sentence() -> None:
    body = {
        "results": [
            {
                "customer_no": "0000100001",
                "name": "欧阳修远",
                "reason": "欧阳修远的手机13912345678近90天没有接",
            }
        ],
        "notes": ["先给欧阳修远打电话", "名单里还有张三"],
    }
    assert disclosed(body) == {
        "results": [
            {"customer_no": "0000100001", "name": "欧**", "reason": "欧**的手机139****5678近90天没有接"}
        ],
        "notes": ["先给欧**打电话", "名单里还有张三"],
    }


def test_a_name_that_is_nobodys_stays() -> None:
    body = {"features": [{"name": "到期承接", "columns": ["到期金额"]}], "kind": "list", "name": "高净值名单"}
    assert disclosed(body) == body


@pytest.mark.parametrize(
    ("body", "found"),
    [
        # the field that is named beside it tells what a value is
        ({"field": "phone", "value": "13912345678"}, {"field": "phone", "value": "139****5678"}),
        (
            {"field": "name", "old": "林秀英", "new": "林秀兰"},
            {"field": "name", "old": "林**", "new": "林**"},
        ),
        ({"field": "gender", "value": "女"}, {"field": "gender", "value": "女"}),
        ({"field": "nobody_knows", "value": "随便什么"}, {"field": "nobody_knows", "value": "****"}),
        ({"field": None, "value": "随便什么"}, {"field": None, "value": "****"}),
        ({"key": "email", "value": "a@b.cn"}, {"key": "email", "value": "a**"}),
        # what the program computed names nobody
        ({"key": "churn_score", "value": "78.2"}, {"key": "churn_score", "value": "78.2"}),
        ({"key": "own_hobby", "value": "垂钓"}, {"key": "own_hobby", "value": "**"}),
    ],
)
def test_a_value_is_of_the_field_beside_it(body: dict[str, Any], found: dict[str, Any]) -> None:
    assert disclosed(body) == found


def test_an_own_field_is_closed_until_somebody_says_otherwise() -> None:
    body = {"customer": {"customer_no": "1", "own_hobby": "周末钓鱼"}}
    assert disclosed(body) == {"customer": {"customer_no": "1", "own_hobby": "****"}}
    assert disclosed(body, {"own_hobby"}) == body


def test_earlier_values_are_of_the_field_they_stand_under() -> None:
    body = {
        "field": "phone",
        "value": "13912345678",
        "earlier": [{"value": "13800001111", "month": "2026-08"}],
    }
    assert disclosed(body) == {
        "field": "phone", "value": "139****5678", "earlier": [{"value": "138****1111", "month": "2026-08"}],
    }  # fmt: skip


def test_what_was_asked_for_is_masked_by_its_field_too() -> None:
    body = {
        "customers": [
            {"customer_no": "1", "name": "林秀英", "values": {"phone": "13912345678", "tier": "L5"}}
        ]
    }
    assert disclosed(body) == {
        "customers": [{"customer_no": "1", "name": "林**", "values": {"phone": "139****5678", "tier": "L5"}}]
    }


def test_numbers_that_lead_to_a_customer_are_never_masked_an_identity_number_always() -> None:
    body = {
        "customer_no": "13912345678",
        "keep_no": "13800001111",
        "reason": "13912345678 与 13800001111 疑似同一人",
    }
    assert disclosed(body) == body
    assert disclosed({"id_no": "210203198007155219"}) == {"id_no": "**5219"}


def test_the_place_of_a_file_opens_it() -> None:
    body = {
        "file": "名单/欧阳修远.xlsx",
        "pdf": "名单/13912345678.pdf",
        "customer": {"customer_no": "1", "name": "欧阳修远"},
    }
    found = disclosed(body)
    assert (found["file"], found["pdf"]) == (body["file"], body["pdf"])  # type: ignore[index]


def test_a_contact_s_note_may_name_anybody_and_a_number_in_it_is_masked() -> None:
    touch = {"touches": [{"date": "2026-10-01", "note": "约在13912345678对面"}]}
    assert "13912345678" not in str(disclosed(touch))


JSONS = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-(10**6), 10**6), st.text("abc甲乙丙123", max_size=6)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.sampled_from(["reason", "results", "tier", "count", "months", "code"]), inner, max_size=4
        ),
    ),
    max_leaves=15,
)


@given(JSONS)
def test_a_document_about_nobody_leaves_as_it_is(body: object) -> None:
    assert disclosed(body) == body


def shape(body: object) -> object:
    """Keys and lengths, without values."""
    if isinstance(body, dict):
        return {key: shape(value) for key, value in body.items()}
    return (
        [shape(one) for one in body]
        if isinstance(body, list)
        else type(body)
        if not isinstance(body, str)
        else str
    )


@given(
    st.dictionaries(
        st.sampled_from(sorted(PERSON)),
        st.sampled_from(["欧阳修远", "13912345678", "210203198007155219", ""]),
    )
)
def test_keys_and_shapes_stay_and_no_identity_leaves(facts: dict[str, str]) -> None:
    body = {"customer": {"customer_no": "9", **{k: v for k, v in facts.items() if k != "customer_no"}}}
    found = disclosed(body)
    assert shape(found) == shape(body)
    said = str(found)
    for field in ("name", "phone", "id_no", "email", "residence_address"):
        value = facts.get(field, "")
        assert not value or value not in str(found["customer"][field]), said  # type: ignore[index]
