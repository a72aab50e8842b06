"""The result codes of domain 12.4 stand beside those of earlier versions, and what counts as a talk knows all of them."""

import pytest

from workbench.base.i18n import use_language
from workbench.outreach.codes import channel_of, result_by_digit, result_of
from workbench.rules.contact_codes import contact_codes
from workbench.rules.parameters import Rules

#: domain 12.4, in its order: the digits of the keypad
NAMED = ("接通有意向", "接通考虑", "接通拒绝", "未接", "空号", "勿扰", "已约", "已到", "成交", "转介")


def test_each_result_of_the_domain_has_its_digit() -> None:
    use_language("zh")
    shown = {one.digit: one.name for one in contact_codes("results") if one.digit}
    assert shown == dict(zip("1234567890", NAMED, strict=True))
    assert [result_of(name) for name in NAMED] == [result_by_digit(digit) for digit in "1234567890"]
    assert result_by_digit("") is None


@pytest.mark.parametrize(
    ("earlier", "code"),
    [
        ("未接通", "no_answer"), ("已约见", "appointment"), ("已见面", "met"), ("已办成", "done"), ("再考虑", "considering"),
        ("婉拒", "declined"), ("拒绝营销", "refused"), ("号码不对", "wrong_number"), ("reached", "reached"),
        ("explained", "explained"), ("complaint", "complaint"),
    ],
)  # fmt: skip
def test_codes_and_names_of_earlier_versions_stay_valid(earlier: str, code: str) -> None:
    assert result_of(earlier) == result_of(code) == code


def test_every_result_is_a_talk_or_none_and_no_word_means_two() -> None:
    rules = Rules.load()
    talks, unanswered = set(rules.words("contact.two_way")), set(rules.words("contact.unanswered"))
    assert talks | unanswered | {"other"} == {one.code for one in contact_codes("results")}
    assert not talks & unanswered
    for table, read in (("channels", channel_of), ("results", result_of)):
        for one in contact_codes(table):
            assert {read(word) for word in (one.code, one.name, *one.words)} == {one.code}
