"""The contact log agrees with the workbooks and raises no signal of its own."""

import datetime as dt
from collections import Counter, defaultdict
from itertools import groupby
from typing import Any

import pytest

from tests.workbench.sample.test_lists import lines
from workbench.sample.material import material

Log = dict[str, list[dict[str, str]]]


@pytest.fixture(scope="module")
def log(small: Any) -> Log:
    found: defaultdict[str, list[dict[str, str]]] = defaultdict(list)
    for line in lines(small.branch.lists[-2]):
        found[line["客户编号"]].append(line)
    return found


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def test_most_customers_are_in_the_log_and_those_with_money_more_often(small: Any, log: Log) -> None:
    newest = small.months[-1]
    assert 0.45 <= len(log) / len(newest) <= 0.75
    high = [no for no, row in newest.items() if row["aum_balance"] >= 200_000]
    low = [no for no in newest if no not in high]
    assert sum(no in log for no in high) / len(high) > sum(no in log for no in low) / len(low)
    mean = [
        sum(len(log[no]) for no in some if no in log) / sum(no in log for no in some) for some in (high, low)
    ]
    assert mean[0] > 1.3 * mean[1]


def test_the_newest_contact_is_the_one_that_the_workbook_tells(small: Any, log: Log) -> None:
    for number, told in log.items():
        assert day(told[-1]["联系日期"]) == small.months[-1][number]["last_contact_date"]


def test_nobody_outside_the_log_was_spoken_to_in_its_year(small: Any, log: Log) -> None:
    since = small.branch.last_date - dt.timedelta(days=365)
    for number, row in small.months[-1].items():
        if number not in log:
            assert row["last_contact_date"] is None or row["last_contact_date"] <= since


def test_contacts_are_of_the_last_year_in_order_and_lead_to_a_later_day(small: Any, log: Log) -> None:
    since = small.branch.last_date - dt.timedelta(days=365)
    for told in log.values():
        days = [day(line["联系日期"]) for line in told]
        assert days == sorted(days)
        assert since < days[0]
        assert days[-1] <= small.branch.last_date
        for line in told:
            assert not line["下次联系日期"] or day(line["下次联系日期"]) > day(line["联系日期"])


def test_there_are_talks_visits_customers_who_come_and_customers_who_decline(log: Log) -> None:
    all_lines = [line for told in log.values() for line in told]
    results = Counter(line["联系结果"] for line in all_lines)
    assert {"已联系", "已见面", "已预约", "再考虑", "婉拒", "未接通", "已办成"} <= results.keys()
    assert Counter(line["发起方"] for line in all_lines)["客户"] > 10
    assert {"面访", "电话", "企业微信", "到店"} <= {line["联系方式"] for line in all_lines}


def test_a_refusal_is_old_and_only_of_those_with_the_flag_who_are_offered_nothing(
    small: Any, log: Log
) -> None:
    refused = 0
    for number, told in log.items():
        flag = small.months[-1][number]["marketing_opt_out"]
        for line in told:
            if line["联系结果"] == "拒绝营销":
                refused += 1
                assert flag
                assert (small.branch.last_date - day(line["联系日期"])).days > 90
            if flag:
                assert line["联系结果"] not in {"婉拒", "已办成", "再考虑"}
    assert refused >= 1


def test_nobody_is_missed_twice_in_a_row_or_stays_away_after_coming_by_himself(small: Any, log: Log) -> None:
    missed = set(material("contacts")["missed"])
    for told in log.values():
        runs = [len(list(run)) for of, run in groupby(told, lambda one: one["联系结果"] in missed) if of]
        assert max(runs, default=0) <= 1
        came = [day(line["联系日期"]) for line in told if line["发起方"] == "客户"]
        assert not came or (small.branch.last_date - came[-1]).days <= 90
