"""Names, phones, ids and numbers are masked as domain 17 says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.people.privacy import Cover, mask_id, mask_name, mask_phone, print_name, tail


@pytest.mark.parametrize(
    ("name", "screen", "print_"),
    [
        ("张丰", "张*", "张**"),
        ("张三丰", "张**", "张**"),
        ("欧阳娜娜", "欧**", "欧**"),
        ("阿卜杜拉·买买提", "阿**", "阿**"),
        ("张", "张*", "张**"),
        ("", "", "**"),
        (None, "", "**"),
    ],
)
def test_names(name: str | None, screen: str, print_: str) -> None:
    assert mask_name(name) == screen
    assert print_name(name) == print_


@pytest.mark.parametrize(
    ("phone", "shown"),
    [("13812341234", "138****1234"), ("01012345678", "010****5678"), ("12345", "***45"), ("", "")],
)
def test_phones(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


def test_ids_keep_three_and_four_on_screen_and_four_in_print() -> None:
    assert mask_id("11010119900307002X") == "110***********002X"
    assert mask_id("11010119900307002X", printed=True) == "**************002X"
    assert mask_id("A1234") == "***34"


@given(st.text("0123456789", min_size=1, max_size=20))
def test_a_tail_is_never_the_whole_number(number: str) -> None:
    assert number.endswith(tail(number))
    assert len(tail(number)) <= min(4, len(number) // 2)


def test_free_text_loses_names_numbers_phones_and_ids() -> None:
    cover = Cover([("张三丰", "900000000001"), ("张三", "900000000002")])
    text = cover("请联系张三丰(900000000001,13812341234,11010119900307002X)和张三,备 1,234.5 万")
    assert text == "请联系张**(0001,138****1234,**************002X)和张**,备 1,234.5 万"
