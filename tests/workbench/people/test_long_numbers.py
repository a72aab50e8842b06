"""Which texts hold a number that names somebody, and how it is covered."""

import pytest

from workbench.people.long_numbers import covered, holds_number, is_id, without_ids


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("他电话13912345678", True), ("证件 11010519491231002X 已核", True), ("110105491231002 旧证", True),
        ("13912345678", False), ("金额 1234567", False), ("账号 6222021234567890123", False), ("", False),
    ],
)  # fmt: skip
def test_a_number_counts_beside_other_words(text: str, held: bool) -> None:
    assert holds_number(text) is held


def test_numbers_are_covered_as_everywhere_and_identity_numbers_whole_where_none_are_kept() -> None:
    assert covered("电话13912345678") == "电话139****5678"
    assert without_ids("证 11010519491231002x, 电话13912345678") == "证 ***, 电话13912345678"
    assert (is_id(" 11010519491231002x "), is_id("13912345678")) == (True, False)
