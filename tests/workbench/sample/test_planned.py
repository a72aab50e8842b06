"""The plans of past weeks: only weeks whose outcome the lists can tell, only contacts made for a row."""

import datetime as dt
from dataclasses import replace

from workbench.sample.contacts import Contact
from workbench.sample.planned import past_rows

CONTACT = Contact("0000000001", "王", dt.date(2026, 6, 3), "电话", "已联系", "客户经理", None, "", "mature")


def test_a_row_names_each_customer_of_its_week_once() -> None:
    again = replace(CONTACT, day=dt.date(2026, 6, 5))
    other = replace(CONTACT, customer_no="0000000002")
    (row,) = past_rows([CONTACT, again, other], "2026-10")
    assert (row.week, row.method, row.customers) == ("2026-W23", "mature", ("0000000001", "0000000002"))


def test_weeks_just_past_and_what_the_customer_began_have_no_plan() -> None:
    late = replace(CONTACT, day=dt.date(2026, 9, 30))
    early = replace(CONTACT, day=dt.date(2026, 4, 1))
    own = replace(CONTACT, method="")
    assert past_rows([late, early, own], "2026-10") == ()
