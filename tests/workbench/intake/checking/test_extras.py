"""Cells that no field takes are kept with their row as JSON, equal content as equal text."""

import json

import pytest

from tests.workbench.intake.by_hand import look
from workbench.intake.checking.checks import BookFacts
from workbench.intake.checking.extras import merged
from workbench.intake.columns.custom import CustomField

ONE = "0000000001"


def kept(
    head: list[str], *row: object, facts: BookFacts | None = None, custom: dict[str, str] | None = None
) -> object:
    """What is kept of one row."""
    sheet = look(["客户号", "姓名", *head], [[ONE, "甲", *row]], facts=facts, custom=custom)
    (extra,) = sheet.checked.extra
    return None if extra is None else json.loads(extra)


def test_unknown_columns_are_kept_under_their_heading_and_blanks_are_not() -> None:
    assert kept(["积分", "爱好"], 120.0, "") == {"积分": "120"}
    assert kept(["积分", "爱好"], "", None) is None


def test_a_second_column_of_the_same_heading_gets_a_number() -> None:
    assert kept(["备注三", "备注三"], "一", "二") == {"备注三": "一", "备注三(2)": "二"}


def test_a_cell_that_its_field_cannot_read_is_kept_beside_it() -> None:
    assert kept(["年龄", "积分"], "不详吧", "9") == {"年龄": "不详吧", "积分": "9"}


def test_a_custom_field_goes_by_its_label_in_one_form() -> None:
    field = CustomField("custom.结婚日", "结婚日", "date", ("结婚日期",))
    facts = BookFacts(custom={field.key: field})
    assert kept(["结婚日期"], "2020年5月1日", facts=facts, custom={"结婚日期": field.key}) == {
        "结婚日": "2020-05-01"
    }
    assert kept(["结婚日期"], "某天", facts=facts, custom={"结婚日期": field.key}) == {"结婚日": "某天"}


@pytest.mark.parametrize(
    ("old", "new", "both"),
    [
        (None, None, None), ('{"a": "1"}', None, '{"a": "1"}'), (None, '{"b": "1", "a": "2"}', '{"a": "2", "b": "1"}'),
        ('{"a": "1"}', '{"a": "2"}', '{"a": "2"}'), ('{"b": "1"}', '{"a": "2"}', '{"a": "2", "b": "1"}'),
        ('{"b": "1", "a": "2"}', '{"b": "1", "a": "2"}', '{"b": "1", "a": "2"}'),
    ],
)  # fmt: skip
def test_of_two_versions_the_newer_wins_entry_by_entry(
    old: str | None, new: str | None, both: str | None
) -> None:
    assert merged(old, new) == both
