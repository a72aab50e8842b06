"""A JSON document that leaves the book (domain 17): whom it names is masked, its shape and its customer numbers stay."""

import json
from typing import Any

import pytest

from workbench.people.disclosure import disclosed

NUMBER = "0000000001"
PHONE = "13912345678"


def person(**facts: Any) -> Any:
    body = disclosed({"customer": {"customer_no": NUMBER, "name": "欧阳修远", **facts}})
    assert isinstance(body, dict)
    return body["customer"]


def test_facts_are_masked_by_their_field_and_the_number_is_not() -> None:
    assert person(phone=PHONE, occupation="教师") == {
        "customer_no": NUMBER, "name": "欧**", "phone": "139****5678", "occupation": "教师",
    }  # fmt: skip


def test_a_column_that_nobody_knows_is_closed() -> None:
    assert person(家里人="欧阳修文")["家里人"] == "****"


def test_figures_flags_and_nothing_keep_their_type() -> None:
    body = {"count": 3, "share": 0.25, "lost": None, "fresh": True, "rows": [], "customers": ({"n": 1},)}
    assert disclosed(body) == {**body, "customers": [{"n": 1}]}


def test_the_shape_of_a_document_stays() -> None:
    document = {
        "customers": [{"customer_no": NUMBER, "name": "欧阳修远", "tier": "L4", "values": {"age": 45}}],
        "where": "age >= 40",
    }
    masked: Any = disclosed(document)
    assert json.dumps(masked, ensure_ascii=False) == json.dumps(document, ensure_ascii=False).replace(
        "欧阳修远", "欧**"
    )


def test_whom_a_value_names_is_masked_in_every_sentence_too() -> None:
    masked: Any = disclosed(
        {
            "customers": [{"customer_no": NUMBER, "name": "欧阳修远", "phone": PHONE}],
            "notes": [f"欧阳修远说他的电话是 {PHONE},住址没变"],
        }
    )
    assert masked["notes"] == ["欧**说他的电话是 1**,住址没变"]


def test_a_customer_number_stays_in_sentences_although_it_looks_like_a_phone() -> None:
    masked: Any = disclosed({"customers": [{"customer_no": PHONE}], "notes": [f"请核对客户号 {PHONE}"]})
    assert masked == {"customers": [{"customer_no": PHONE}], "notes": [f"请核对客户号 {PHONE}"]}


def test_a_short_name_is_masked_in_sentences_a_short_word_would_tear_them_apart() -> None:
    def noted(text: str, **facts: str) -> str:
        masked: Any = disclosed({"customers": [{"customer_no": NUMBER, **facts}], "notes": [text]})
        return str(masked["notes"][0])

    assert noted("王芳来过", name="王芳") == "王**来过"
    assert noted("轴承厂的人", employer="轴承厂") == "轴承厂的人"
    assert noted("大轴承厂的人", employer="大轴承厂") == "大**的人"


def test_numbers_of_customers_stay_whatever_they_are_called_an_identity_number_does_not() -> None:
    identity = "110101199003074514"
    masked: Any = disclosed(
        {"pair": {"keep_no": PHONE, "other_no": "0002"}, "customer_no": "1", "id_no": identity}
    )
    assert masked["pair"] == {"keep_no": PHONE, "other_no": "0002"}
    assert masked["id_no"] not in (identity, "")


def test_what_a_condition_asked_is_masked_by_field_and_a_measure_stays() -> None:
    row = {"customer_no": NUMBER, "values": {"name": "欧阳修远", "tower": "waist", "age": 45}}
    assert disclosed({"customers": [row]}) == {
        "customers": [{"customer_no": NUMBER, "values": {"name": "欧**", "tower": "waist", "age": 45}}]
    }


def test_a_name_without_a_customer_number_is_a_things_name() -> None:
    assert disclosed({"tags": [{"name": "elder", "label": "老年"}]}) == {
        "tags": [{"name": "elder", "label": "老年"}]
    }


@pytest.mark.parametrize("key", ["value", "shown", "old", "new", "machine", "text"])
def test_a_value_is_masked_by_the_field_named_beside_it(key: str) -> None:
    assert disclosed({"cells": [{"field": "phone", key: PHONE}]}) == {
        "cells": [{"field": "phone", key: "139****5678"}]
    }
    assert disclosed({"cells": [{"field": "occupation", key: "教师"}]}) == {
        "cells": [{"field": "occupation", key: "教师"}]
    }


def test_a_field_that_nobody_knows_is_closed_a_computed_name_is_not() -> None:
    assert disclosed({"field": "家里人", "value": "欧阳修文"}) == {"field": "家里人", "value": "****"}
    assert disclosed({"name": "families", "value": "四类", "label": "产品类数"}) == {
        "name": "families", "value": "四类", "label": "产品类数",
    }  # fmt: skip


def test_earlier_values_go_by_the_field_of_the_one_in_force() -> None:
    figure = {"field": "name", "value": "欧阳修远", "earlier": [{"value": "司马光明", "file": "旧.xlsx"}]}
    assert disclosed({"provenance": [figure]}) == {
        "provenance": [{"field": "name", "value": "欧**", "earlier": [{"value": "司**", "file": "旧.xlsx"}]}]
    }
    other = {"field": "name", "value": "欧阳修远", "checks": [{"value": "四类", "reason": "够"}]}
    assert disclosed(other) == other | {"value": "欧**"}


def test_remarks_are_masked_where_they_stand_beside_people_and_not_elsewhere() -> None:
    masked: Any = disclosed({"touches": [{"note": "说下月换房"}], "ours": [{"note": "下月复盘"}]})
    assert masked["touches"][0]["note"] != "说下月换房"
    assert masked["ours"][0]["note"] == "下月复盘"


def test_a_path_must_still_open_its_file() -> None:
    body = {
        "file": f"/名单/{PHONE}.xlsx",
        "pdf": "欧阳修远.pdf",
        "customer": {"customer_no": "1", "name": "欧阳修远"},
    }
    masked: Any = disclosed(body)
    assert (masked["file"], masked["pdf"]) == (body["file"], body["pdf"])


def test_an_own_field_is_read_only_when_somebody_opened_it() -> None:
    document = {"customers": [{"customer_no": NUMBER, "own_爱好": "钓鱼"}]}
    assert disclosed(document) == {"customers": [{"customer_no": NUMBER, "own_爱好": "**"}]}
    assert disclosed(document, {"own_爱好"}) == document
