"""Who settles a complaint is never whom it is about, however the names are written."""

import pytest

from workbench.base.errors import WorkbenchError
from workbench.outreach.complaints.avoiding import avoiding_words, checked_owner, same_person


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("李丽", "李丽", True),
        ("李 丽", "李丽经理", True),
        ("李丽", "李莉", True),
        ("李丽0231", "李莉", False),
        ("李明", "李经理", True),
        ("李明", "李娜", False),
        ("王芳", "李经理", False),
        ("王芳", "", False),
    ],
)
def test_names_are_compared_as_people_write_them(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same


def test_the_manager_of_the_book_keeps_out_of_it_too() -> None:
    assert checked_owner("", "李经理", "周敏") == "周敏"
    with pytest.raises(WorkbenchError, match=r"周敏.*自己承办") as refused:
        checked_owner("", "周敏", "周敏")
    assert refused.value.code == "same_person"
    assert "无法核对" in avoiding_words("王芳", "")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("网点负责人 郑岚", "郑岚", True),
        ("柜员王丽", "王丽", True),
        ("李 四", "王丽、李四", True),
        ("王丽", "王丽(柜员)", True),
        ("王丽(0231)", "王丽(0888)", False),
        ("小王", "王丽", True),
        ("客户经理 王丽", "客户经理 李明", False),
        ("劉華", "刘华", True),
    ],
)
def test_titles_before_a_name_remarks_and_several_people_hide_nobody(
    one: str, other: str, same: bool
) -> None:
    assert same_person(one, other) is same
