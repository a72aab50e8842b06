"""What speaks for two records being one person, and what rules it out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from workbench.intake.who.likeness import Identity, Likeness, Weights, canonical, fits, masked, narrowed
from workbench.rules.parameters import Rules

ID = "11010519491231002X"


@pytest.fixture
def weights() -> Weights:
    return Weights(Rules.load())


def like(weights: Weights, one: dict[str, str], other: dict[str, str]) -> Likeness | None:
    return weights.weigh(Identity(1, "a", **one), Identity(2, "b", **other))


@pytest.mark.parametrize(
    ("mask", "full", "fit"),
    [
        ("张*", "张三", True), ("张*", "张小明", True), ("张*", "李三", False), ("张**", "张三", False),
        ("张某某", "张小明", True), ("*三", "张三", True), ("138****1234", "13812341234", True),
        ("138****1234", "13812341235", False), ("138****1234", "1381234", False),
        ("110105********002X", ID, True), ("110105****1231002X", ID, True), ("110105****1230002X", ID, False),
    ],
)  # fmt: skip
def test_a_mask_fits_what_its_visible_signs_allow(mask: str, full: str, fit: bool) -> None:
    assert masked(mask)
    assert fits(mask, full) is fit


def test_a_name_that_begins_with_mou_is_no_mask() -> None:
    assert not masked("某三")
    assert masked("张某")


@given(st.text("0123456789", min_size=11, max_size=11), st.integers(0, 10), st.integers(1, 11))
def test_any_mask_of_a_number_fits_that_number(number: str, start: int, length: int) -> None:
    stop = min(11, start + length)
    assert fits(number[:start] + "*" * (stop - start) + number[stop:], number)


def test_the_15_digit_form_of_an_identity_number_is_the_same_number(weights: Weights) -> None:
    assert canonical("110105491231002") == canonical(ID)
    assert like(weights, {"id_no": "110105491231002"}, {"id_no": ID}) == Likeness(
        1.0, ("证件号码相同",), False
    )


def test_the_same_name_alone_is_no_evidence(weights: Weights) -> None:
    assert like(weights, {"name": "王伟"}, {"name": "王伟"}) is None
    assert like(weights, {"name": "王伟", "employer": "甲厂"}, {"name": "王伟", "employer": "甲厂"}) is None


def test_name_and_telephone_say_more_than_name_and_birthday(weights: Weights) -> None:
    phone = like(weights, {"name": "王伟", "phone": "13812341234"}, {"name": "王伟", "phone": "13812341234"})
    birth = like(
        weights, {"name": "王伟", "birth_date": "1980-01-02"}, {"name": "王伟", "birth_date": "1980-01-02"}
    )
    assert phone is not None
    assert birth is not None
    assert (phone.score, phone.evidence) == (pytest.approx(0.9), ("姓名相同", "手机号相同"))
    assert birth.score < Rules.load().number("intake.identity_least")


def test_the_birthday_may_stand_in_the_identity_number(weights: Weights) -> None:
    likeness = like(weights, {"name": "王伟", "birth_date": "1949-12-31"}, {"name": "王伟", "id_no": ID})
    assert likeness is not None
    assert "出生日期相同" in likeness.evidence


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"phone": "13812341234", "name": "王伟"}, {"phone": "13812341234", "name": "王芳"}),
        ({"phone": "13812341234", "name": "王*"}, {"phone": "13812341234", "name": "李芳"}),
        ({"phone": "13812341234", "birth_date": "1980-01-02"}, {"phone": "13812341234", "birth_date": "1981-01-02"}),
        ({"phone": "13812341234", "gender": "男"}, {"phone": "13812341234", "gender": "女"}),
        ({"phone": "13812341234", "id_no": ID}, {"phone": "13812341234", "id_no": "110105194912310038"}),
        ({"phone": "13812341234", "id_no": "120105********002X"}, {"phone": "13812341234", "id_no": ID}),
    ],
)  # fmt: skip
def test_what_contradicts_rules_it_out(weights: Weights, one: dict[str, str], other: dict[str, str]) -> None:
    assert like(weights, one, other) is None


def test_one_identity_number_under_two_names_is_less_sure(weights: Weights) -> None:
    likeness = like(weights, {"id_no": ID, "name": "王伟"}, {"id_no": ID, "name": "李芳"})
    assert likeness == Likeness(0.8, ("证件号码相同", "但姓名不同"), False)


def test_masks_say_which_mask_fits(weights: Weights) -> None:
    likeness = like(
        weights, {"name": "张*", "phone": "138****1234"}, {"name": "张三", "phone": "13812341234"}
    )
    assert likeness is not None
    assert likeness.by_mask
    assert likeness.evidence == ("姓名与“张*”相符", "手机号与“138****1234”相符")


def test_two_masked_forms_prove_nothing(weights: Weights) -> None:
    assert like(weights, {"phone": "138****1234"}, {"phone": "138****1234"}) is None
    assert like(weights, {"phone": "1*********4"}, {"phone": "13812341234"}) is None


def test_narrowing_finds_every_fit_once_and_nobody_else() -> None:
    asking = [
        Identity(0, "", phone="138****1234", id_no="110105********002X"), Identity(1, "", phone="13912341234"),
        Identity(2, "", name="王伟", birth_date="1980-01-02"), Identity(3, ""),
    ]  # fmt: skip
    known = [
        Identity(10, "a", phone="13800001234", id_no=ID), Identity(11, "b", phone="13912341234"),
        Identity(12, "c", name="王伟", birth_date="1980-01-02"), Identity(13, "d", phone="13700001234"), Identity(14, "e"),
    ]  # fmt: skip
    likeness = sorted(
        (one.key, other.key) for one, other in narrowed(asking, known, Rules.load(), by_birth=True)
    )
    assert likeness == [(0, 10), (1, 11), (2, 12)]


def test_a_number_that_too_many_tell_finds_nobody() -> None:
    most = Rules.load().whole("intake.identity_group")
    known = [Identity(99, "a", phone="13800001234")]
    for mask in ("13800001234", "138****1234"):
        asking = [Identity(n, "", phone=mask) for n in range(most + 1)]
        assert list(narrowed(asking, known, Rules.load())) == []
        assert len(list(narrowed(asking[1:], known, Rules.load()))) == most
