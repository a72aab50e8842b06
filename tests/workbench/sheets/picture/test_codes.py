"""What a code at a corner says: short enough for the smallest code, and nothing that is not ours."""

import pytest
import segno

from workbench.sheets.picture.codes import PageCode, code_of, short_mark


@pytest.mark.parametrize("number", ["261130-152812", "261130-152812-2", "261130-152812-1295"])
@pytest.mark.parametrize("page", [1, 36, 1295])
def test_a_code_says_book_sheet_page_and_corner(number: str, page: int) -> None:
    for corner in range(4):
        code = PageCode(short_mark("1a2b3c4d5e6f"), number, page, corner)
        assert code_of(code.text) == code
        assert len(code.text) == 25
        # 25 signs are what the smallest code holds
        segno.make(code.text, error="l", version=1, mode="alphanumeric", boost_error=False)


def test_the_mark_of_a_book_is_its_first_eight_digits() -> None:
    assert short_mark("1a2b3c4d5e6f") == "1A2B3C4D"
    assert short_mark("") == "00000000"


@pytest.mark.parametrize(
    "text", ["", "https://example.org", "V1A2B3C4D2611301528120001", "W1A2B3C4D261130152812001", "W1A2B3C4G2611301528120001"]
)  # fmt: skip
def test_a_text_that_is_not_ours_says_nothing(text: str) -> None:
    assert code_of(text) is None


@pytest.mark.parametrize("number", ["P261130-1234", "261130-152812-1296", ""])
def test_a_number_that_is_not_one_of_ours_has_no_code(number: str) -> None:
    assert PageCode("1A2B3C4D", number, 1, 0).text == ""
