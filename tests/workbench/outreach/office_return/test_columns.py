"""What the headings of head office's forms propose."""

import pytest

from workbench.outreach.office_return.columns import proposals, proposed, return_columns
from workbench.people.office_form import OfficeColumn


def heading(plain: str, letter: str = "A", field: str | None = None) -> OfficeColumn:
    return OfficeColumn(letter, plain, plain, plain, 1, field)


@pytest.mark.parametrize(
    ("plain", "field", "code"),
    [
        ("是否联系", None, "contacted"),
        ("是否联系上客户", None, "reached"),
        ("本月是否接通", None, "reached"),
        ("下次联系日期", "touch_next", "next_date"),
        ("触达方式", None, "channel"),
        ("客户反馈", None, "result"),
        ("ECIF号", "customer_no", "customer_no"),
        ("预计金额", None, "amount"),
        ("未联系原因", None, "remark"),
        ("外呼次数", None, "times"),
        ("是否拒绝营销", None, "opted_out"),
        ("金融资产余额", "aum_balance", ""),
        ("达成率", None, ""),
    ],
)
def test_a_heading_proposes_what_it_says(plain: str, field: str | None, code: str) -> None:
    assert proposed(heading(plain, field=field)) == code


def test_one_thing_stands_below_one_heading_and_the_plainest_gets_it() -> None:
    columns = (heading("手机号备注", "A"), heading("备注", "B"), heading("说明", "C"))
    assert proposals(columns) == {"B": "note"}


def test_no_heading_is_named_twice() -> None:
    words = [word for one in return_columns().values() for word in one.headings]
    assert len(words) == len(set(words))
