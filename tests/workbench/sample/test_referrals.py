"""The list of referrals: a circle of three with accounts, one who introduces himself, one who sends many for loans."""

from collections import Counter
from typing import Any

from tests.workbench.sample.test_lists import lines


def listed(small: Any) -> list[dict[str, str]]:
    (path,) = (one for one in small.branch.lists if one.name.startswith("转介清单"))
    return lines(path)


def test_a_circle_of_three_a_self_referral_and_many_loans_are_planted(small: Any) -> None:
    rows = listed(small)
    month = small.months[-1]
    assert 20 <= len(rows) <= 30
    onto = {row["转介人客户号"]: row["被转介人客户号"] for row in rows if row["被转介人客户号"] in month}
    circles = [one for one in onto if onto.get(onto.get(onto[one], "")) == one]
    assert len(circles) == 3
    own = [row for row in rows if row["被转介人电话"] == month[row["转介人客户号"]]["phone"]]
    assert len(own) == 1
    loans = Counter(row["转介人客户号"] for row in rows if "贷" in row["需求线索"])
    assert max(loans.values()) >= 5


def test_who_introduces_has_no_story_and_a_newcomer_was_introduced_before_the_account(small: Any) -> None:
    month = small.months[-1]
    for row in listed(small):
        giver = month[row["转介人客户号"]]
        assert giver["name"] == row["转介人"]
        assert row["转介人客户号"] not in small.planted()
        assert not giver["marketing_opt_out"]
        assert row["转介日期"] <= small.branch.last_date.isoformat()
        if row["转介状态"] in ("已成交", "已开户") and row["被转介人客户号"]:
            assert row["转介日期"] < month[row["被转介人客户号"]]["open_date"].isoformat()
