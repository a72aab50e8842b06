"""The error of a condition points at the character, in one line or in several, and keeps the text out of its facts."""

import pytest

from workbench.insight.language.fault import fault


def caret_line(source: str, at: int) -> tuple[str, str]:
    """The line of the text and the line with the caret below it."""
    _sentence, line, caret = str(fault(source, at, "这里不对。")).split("\n")
    return line[2:], caret[2:]


def test_the_caret_stands_below_the_character() -> None:
    line, caret = caret_line("average > x", 10)
    assert line == "average > x"
    assert caret == " " * 10 + "^"


def test_wide_characters_are_skipped_by_wide_blanks() -> None:
    line, caret = caret_line("资产 > x", 5)
    assert line == "资产 > x"
    assert caret == "\u3000\u3000   ^"


def test_a_tab_counts_as_one_blank() -> None:
    assert caret_line("a\t> x", 4) == ("a > x", "    ^")


def test_one_line_is_counted_in_characters_and_several_by_line_too() -> None:
    assert str(fault("a > x", 4, "不对。")).startswith("第 5 个字处:不对。")
    error = fault("a > 1\nand b > x", 14, "不对。")
    assert str(error).startswith("第 2 行第 9 个字处:不对。")
    assert (error.facts["line"], error.facts["column"], error.facts["position"]) == (2, 9, 14)
    assert "\n  and b > x\n" in str(error)


@pytest.mark.parametrize(("at", "position"), [(-3, 0), (99, 5)])
def test_a_place_outside_the_text_is_its_nearest_end(at: int, position: int) -> None:
    assert fault("a > x", at, "不对。").facts["position"] == position


def test_an_empty_text_has_no_line_to_show() -> None:
    assert "\n" not in str(fault("", 0, "不对。"))


def test_the_text_stays_out_of_the_facts_which_may_be_logged() -> None:
    error = fault("name = '张三'", 7, "不对。", "请改。")
    assert "张三" not in repr(error.facts)
    assert "请改。" in str(error)


def test_of_a_long_line_what_stands_around_the_place_is_shown() -> None:
    line, caret = caret_line("a" * 3_000 + "x" + "b" * 3_000, 3_000)
    assert line == "…" + "a" * 60 + "x" + "b" * 59 + "…"
    assert caret == " " * 61 + "^"


def test_a_long_word_is_not_repeated_whole() -> None:
    words = str(fault("x", 0, f"不认识“{'a' * 5_000}”。", f"文字请加引号:“{'好' * 61}”。"))
    assert f"不认识“{'a' * 40}…”。" in words
    assert f"“{'好' * 40}…”" in words
    assert f"“{'a' * 59}”" in str(fault("x", 0, f"“{'a' * 59}”"))
