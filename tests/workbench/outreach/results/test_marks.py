"""What a box of a sheet means, by every digit, sign, name and code."""

import pytest

from workbench.base.i18n import use_language
from workbench.outreach.codes import codes, contact_codes, ticks
from workbench.outreach.results.marks import Mark, keys, read_mark, with_reason


def test_every_key_of_the_keypad_means_what_the_legend_says() -> None:
    for of_plan in (True, False):
        listed = keys(of_plan=of_plan)
        assert len({one.digit for one in listed}) == len(listed)
        assert all(len(one.digit) == 1 and one.digit.isdigit() for one in listed)
        for one in listed:
            assert read_mark(one.digit, of_plan=of_plan) == one.mark
    assert [one.mark.code for one in keys(of_plan=True)] == [code for code, _name in ticks()]
    assert len(keys(of_plan=False)) == 10


@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_and_codes_are_known_in_the_language_in_use_and_in_chinese(language: str) -> None:
    use_language(language)
    for one in contact_codes("results"):
        for word in (one.code, one.code.upper(), one.name, one.shipped, *one.words):
            assert read_mark(word, of_plan=False) == Mark(one.code)
    for code, name in ticks():
        assert read_mark(name, of_plan=True) == Mark(code, of_plan=True)


@pytest.mark.parametrize(
    ("sign", "code"),
    [("✓", "done"), ("√", "done"), ("v", "done"), ("½", "half"), ("1/2", "half"), ("半", "half"), ("×", "missed"),
     ("x", "missed"), ("X", "missed"), ("✗", "missed"), ("未完成", "missed")],
)  # fmt: skip
def test_ticks_are_known_by_hand_and_by_keyboard(sign: str, code: str) -> None:
    for of_plan in (True, False):
        assert read_mark(sign, of_plan=of_plan) == Mark(code, of_plan=True)


def test_a_missed_row_needs_its_reason() -> None:
    missed = Mark("missed", of_plan=True)
    assert with_reason(missed, "") is None
    assert with_reason(missed, "懒") is None
    for number, (code, name) in enumerate(codes("missed"), 1):
        for written in (code, name, f" {name} ", str(number)):
            assert with_reason(missed, written) == Mark(f"missed:{code}", of_plan=True)
    assert with_reason(Mark("met"), "") == Mark("met")


@pytest.mark.parametrize("text", ["", " ", "也许", "99", "-1", "12"])
def test_what_means_nothing_is_no_mark(text: str) -> None:
    assert read_mark(text, of_plan=False) is None
    assert read_mark(text, of_plan=True) is None
