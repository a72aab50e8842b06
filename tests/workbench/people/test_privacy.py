"""Names, phones, ids and numbers are masked as domain 17 says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.base.sensitivity import Mask
from workbench.people.find import no_such_customer
from workbench.people.privacy import (
    Cover,
    mask_id,
    mask_name,
    mask_phone,
    masked_as,
    masked_number,
    masking,
    print_name,
    tail,
)


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
    assert masking("id_no", "11010119900307002X", "screen") == "110***********002X"
    for place in ("paper", "file", "json"):
        assert masking("id_no", "11010119900307002X", place) == "**002X"
    assert mask_id("A1234") == "***34"


@pytest.mark.parametrize(
    ("field", "text", "shown"),
    [
        ("name", "林秀英", "林**"),
        ("phone", "13812341234", "138****1234"),
        ("residence_address", "大连市中山区人民路1号", "大连市中山区***"),
        ("household_register", "辽宁大连", "辽***"),
        ("payroll_employer", "大连重工起重集团", "大**"),
        ("email", "lin@example.cn", "l***@example.cn"),
        ("customer_no", "0000100001", "**0001"),
        ("note", "回电13812341234", "回电138****1234"),
        ("note", "回电138-1234-1234或+8613812341234", "回电138****1234或+86138****1234"),
        ("gender", "女", "女"),
        ("aum_daily_average", "13812341234", "13812341234"),
        ("没人认识的列", "林秀英 2026-10-31", "*** ****-**-**"),
        (None, "林秀英", "***"),
        ("没人认识的列", "", ""),
    ],
)
def test_a_value_on_the_screen_is_masked_by_its_field(field: str | None, text: str, shown: str) -> None:
    assert masking(field, text, "screen") == shown


@given(st.text("0123456789", min_size=1, max_size=20))
def test_a_tail_is_never_the_whole_number(number: str) -> None:
    assert number.endswith(tail(number))
    assert len(tail(number)) <= min(4, len(number) // 2)


def test_a_cover_of_many_names_takes_the_longest_and_keeps_numbers_that_lead_to_customers() -> None:
    names = [f"{first}{second}" for first in "王李张刘陈" for second in "伟芳娜敏静"]
    cover = Cover(((name, "") for name in [*names, "张伟民"]), kept={"13800000001"})
    assert (
        cover("王伟、张伟民和李四,13800000001 / 13800000002") == "王**、张**和李四,13800000001 / 138****0002"
    )


def test_a_name_typed_for_a_number_is_not_repeated() -> None:
    assert no_such_customer("0000100001").message == "账本里没有客户号为 0000100001 的客户。"
    assert no_such_customer("林秀英").message == "账本里没有客户号为 *** 的客户。"
    assert masked_number("C10001") == "C10001"


def test_free_text_loses_names_numbers_phones_and_ids() -> None:
    cover = Cover([("张三丰", "900000000001"), ("张三", "900000000002")])
    text = cover("请联系张三丰(900000000001,13812341234,11010119900307002X)和张三,备 1,234.5 万")
    assert text == "请联系张**(0001,138****1234,**************002X)和张**,备 1,234.5 万"


@pytest.mark.parametrize("mask", ["name", "first", "phone", "id", "tail", "district", "all"])
def test_a_mask_cuts_by_the_letters_that_are_seen(mask: Mask) -> None:
    """The first letter of a name is not one that nobody sees and that turns round what follows."""
    plain = "张三丰13812341234"
    hidden = "\u202e\u200b" + "\u2066".join(plain) + "\x1b"
    assert masked_as(mask, hidden) == masked_as(mask, plain)
