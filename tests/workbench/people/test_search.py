"""The search box: by every route, best first."""

import pytest

from tests.workbench.conftest import SmallBook

PEOPLE = (
    ("0012345678", "张伟", "zhangwei", "zw", "13812345678"),
    ("0012345699", "张伟明", "zhangweiming", "zwm", "13900001111"),
    ("0099345611", "欧阳伟", "ouyangwei", "oyw", "13700002222"),
    ("0077000001", "李娜", "lina", "ln", None),
)


@pytest.fixture
def found(small: SmallBook) -> SmallBook:
    for no, name, pinyin, initials, phone in PEOPLE:
        tail = phone[::-1] if phone else None
        small.customer(
            no, name=name, name_pinyin=pinyin, name_initials=initials, phone=phone, phone_reversed=tail
        )
    return small


@pytest.mark.parametrize(
    ("text", "numbers", "matched"),
    [
        ("张伟", ["0012345678", "0012345699"], "name"),
        ("伟", ["0012345678", "0012345699", "0099345611"], "name"),
        ("zw", ["0012345678", "0012345699"], "pinyin"),
        ("ZHANGWEIM", ["0012345699"], "pinyin"),
        ("0012345699", ["0012345699"], "number"),
        ("00123456", ["0012345678", "0012345699"], "number"),
        ("5611", ["0099345611"], "number"),
        ("2222", ["0099345611"], "phone"),
        ("13700002222", ["0099345611"], "phone"),
        ("没有此人", [], ""),
        ("  ", [], ""),
        ("%", [], ""),
    ],
)
def test_a_customer_is_found(found: SmallBook, text: str, numbers: list[str], matched: str) -> None:
    hits = found.insight.search(text)
    assert sorted(hit.customer_no for hit in hits) == numbers
    assert all(hit.matched == matched for hit in hits)


def test_the_beginning_of_a_name_stands_before_its_inside_and_the_limit_holds(found: SmallBook) -> None:
    found.customer("1", name="伟大", name_pinyin="weida", name_initials="wd")
    hits = found.insight.search("伟", limit=2)
    assert len(hits) == 2
    assert hits[0].name == "伟大"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("2345", ["0012345678", "0012345699"]),
        ("3456", ["0012345678", "0012345699", "0099345611"]),
        ("+86 139-0000-1111", ["0012345699"]),
        ("000022", ["0099345611"]),
        ("9999", []),
    ],
)
def test_digits_are_found_anywhere_in_number_and_telephone(
    found: SmallBook, text: str, numbers: list[str]
) -> None:
    assert sorted(hit.customer_no for hit in found.insight.search(text)) == numbers
