"""外出路线 on paper: streets as heads, addresses to the district only, names masked, nobody without an address dropped
(issue 13, domain 17)."""

import pytest

from db.tables import customers
from tests.workbench.conftest import SmallBook
from tests.workbench.sheets.reading import letter_sizes, overlaps, texts
from workbench.app import Workbench
from workbench.people.privacy import print_name, tail


@pytest.fixture
def workbench(small: SmallBook, monkeypatch: pytest.MonkeyPatch) -> Workbench:
    """A week in which three people agreed to meet: two in a street, one whose address no list tells."""
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    home = {"residence_address": "杭州市西湖区文三路90号5栋501", "phone": "13812340003"}
    for number, name, facts in (
        ("100001", "欧阳建国", home),
        ("100002", "𠮷野", home),
        ("100003", "李娜", {}),
    ):
        small.month(number, aum_balance=300_000)
        with small.book.write("test", "home") as writer:
            writer.update(customers, small.ids[number], {"name": name, **facts})
    made = Workbench(small.book)
    for number in ("100001", "100002", "100003"):
        made.outreach.promises.make(number, "带资料", "2026-11-18")
        made.outreach.log_touch(number, channel="call", result="appointment", next_date="2026-11-18")
    return made


def test_the_sheet_tells_the_street_and_no_house(workbench: Workbench) -> None:
    week = workbench.outreach.weeks.of()
    made = workbench.sheets.pack(("outing",), week.week)
    words = "".join(texts(made))
    assert "西湖区文三路" in words
    assert "501" not in words
    assert "90号" not in words
    assert "周三11-18" in words
    left = week.find(3)
    assert left is not None
    assert "欧**001" in words
    assert "按拼音ji印" in words
    assert f"{left.rank}{print_name(left.person.name)}{tail(left.person.customer_no)}" in words
    assert "名单没有地址的" in words
    assert [row.customer_no for row in made.handed[0].rows] == ["100001", "100002"]
    assert min(letter_sizes(made)) >= 9.99
    assert overlaps(made) == 0
    assert "residence_address_masked" in made.outgoing.fields
    assert workbench.sheets.pack_xlsx(("outing",), week.week).content
