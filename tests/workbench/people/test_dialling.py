"""Which number is dialled: digits only, and never one that the list hides."""

import pytest

from tests.workbench.conftest import SmallBook
from workbench.base.errors import WorkbenchError
from workbench.people.dialling import visible_in_common


@pytest.mark.parametrize("phone", ["13812340003", "138 1234-0003", "+8613812340003", "013812340003"])
def test_a_clean_number_is_dialled_as_digits(small: SmallBook, phone: str) -> None:
    small.customer("1", phone=phone)
    assert small.insight.to_dial("1") == "13812340003"


@pytest.mark.parametrize(
    ("phone", "code"), [("138****0003", "masked_phone"), (None, "no_phone"), ("0003", "masked_phone")]
)
def test_what_cannot_be_dialled_says_so(small: SmallBook, phone: str | None, code: str) -> None:
    small.customer("1", phone=phone)
    with pytest.raises(WorkbenchError) as caught:
        small.insight.to_dial("1")
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("one", "other", "agreed"),
    [("138****0003", "13812340003", 7), ("138****0003", "40003", 4), ("138****0003", "50013", 0)],
)
def test_only_visible_digits_agree(one: str, other: str, agreed: int) -> None:
    assert visible_in_common(one, other) == visible_in_common(other, one) == agreed
