"""Identities that contradict one another, and accounts of no customer (domain 16.5, traps 7, 19 to 22)."""

from typing import Any

import pytest

from tests.workbench.intake.by_hand import look
from workbench.rules.parameters import Rules

MAN, WOMAN = "110105194912310039", "11010519491231002X"
NUMBERS = [f"{n:010}" for n in range(1, 30)]


def rows(*cells: Any) -> list[list[Any]]:
    """A customers list with one more column."""
    return [[NUMBERS[n], f"客{n}", cell] for n, cell in enumerate(cells)]


@pytest.mark.parametrize(
    ("heading", "id_no", "own", "contradicts"),
    [
        ("出生日期", WOMAN, "1949-12-31", False),
        ("出生日期", WOMAN, "1949-12-30", True),
        ("出生日期", "110105491231002", "1949-12-30", True),
        ("出生日期", "", "1949-12-30", False),
        ("出生日期", WOMAN, "", False),
        ("出生日期", "110105********002X", "1949-12-30", False),
        ("性别", WOMAN, "女", False),
        ("性别", WOMAN, "男", True),
        ("性别", MAN, "男", False),
    ],
)
def test_birthday_and_sex_are_held_against_the_identity_number(
    heading: str, id_no: str, own: str, contradicts: bool
) -> None:
    sheet = look(["客户号", "姓名", "证件号码", heading], [[NUMBERS[0], "甲", id_no, own]])
    assert bool(sheet.problems("id_contradiction")) is contradicts


def test_one_identity_number_under_two_customer_numbers_names_both_rows() -> None:
    sheet = look(["客户号", "姓名", "证件号码"], rows(WOMAN, MAN, WOMAN))
    faults = sheet.problems("same_id_two_numbers")
    assert [fault.row for fault in faults] == [2, 4]
    assert "2、4" in faults[0].message
    masked = look(["客户号", "姓名", "证件号码"], rows("110105********002X", "110105********002X"))
    assert masked.problems("same_id_two_numbers") == []


@pytest.mark.parametrize(("phone", "fake"), [("13800000000", True), ("13812341234", False)])
def test_a_placeholder_is_no_telephone(rules: Rules, phone: str, fake: bool) -> None:
    assert ("13800000000" in rules.words("intake.placeholder_phones")) is True
    sheet = look(["客户号", "姓名", "手机号"], rows(phone))
    assert bool(sheet.problems("placeholder_phone")) is fake


def test_a_telephone_of_many_customers_is_counted_once(rules: Rules) -> None:
    most = rules.whole("intake.phone_customers")
    shared = look(["客户号", "姓名", "手机号"], rows(*["13812341234"] * most))
    assert str(most) in shared.one("shared_phone").message
    assert (
        look(["客户号", "姓名", "手机号"], rows(*["13812341234"] * (most - 1))).problems("shared_phone") == []
    )


@pytest.mark.parametrize(("age", "odd"), [(0, False), (18, False), (120, False), (121, True), (-1, True)])
def test_an_age_outside_the_range_is_named(rules: Rules, age: int, odd: bool) -> None:
    assert rules.numbers("intake.age_range") == (0, 120)
    assert bool(look(["客户号", "姓名", "年龄"], rows(age)).problems("bad_age")) is odd


def test_a_level_that_lags_behind_the_flag_of_its_change_is_named() -> None:
    header = ["客户号", "姓名", "客户等级", "上月等级", "当年是否升级"]
    cells = [("金卡", "金卡", "是"), ("白金", "金卡", "是"), ("金卡", "金卡", "否")]
    sheet = look(header, [[NUMBERS[n], f"客{n}", *cell] for n, cell in enumerate(cells)])
    assert sheet.one("level_lag").row == 2
    assert sheet.checked.problems.counts["level_lag", "客户等级", "info"] == 1


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("张三/李四", "joint_account"),
        ("测试客户", "test_account"),
        ("张三", None),
        ("张三(已故)", "deceased"),
    ],
)
def test_accounts_of_no_single_living_customer_are_named_and_kept(name: str, code: str | None) -> None:
    sheet = look(["客户号", "姓名", "存款余额"], [[NUMBERS[0], name, 1.0]])
    named = sheet.codes() & {"joint_account", "test_account", "deceased"}
    assert named == ({code} if code else set())
    assert sheet.checked.keys == [NUMBERS[0]]


def test_the_same_name_is_worth_a_word_only_for_two_customers() -> None:
    header = ["客户号", "姓名", "存款余额"]
    twice = look(header, [[NUMBERS[0], "王伟", 1.0], [NUMBERS[1], "王伟", 1.0]])
    assert twice.codes() == {"same_name"}
    once = look(header, [[NUMBERS[0], "王伟", 1.0], [NUMBERS[0], "王伟", 2.0]], fixes=["sum"])
    assert "same_name" not in once.codes()
