"""A prompt for an AI outside tells of a segment, never of a customer, and of none that is too small (domain 17)."""

import pytest

from tests.workbench.conftest import SmallBook
from workbench.base.errors import WorkbenchError
from workbench.outreach.playbook.room import Playbook
from workbench.rules.parameters import Rules

NAMES = ("欧阳思齐", "司徒望舒")


def with_elders(small: SmallBook, count: int) -> Playbook:
    """The playbook of a book with some elders."""
    with small.book.write("import", "all") as writer:
        from db.tables import customers

        rows = [
            {
                "customer_no": f"88100{n:03d}", "name": NAMES[n % 2], "no_reversed": f"{n:03d}"[::-1] + "00188",
                "phone": f"139765400{n:02d}", "id_no": f"3301061950010{n:04d}",
            }
            for n in range(count)
        ]  # fmt: skip
        ids = writer.insert(customers, rows)
    small.ids = {row["customer_no"]: one for row, one in zip(rows, ids, strict=True)}
    for row in rows:
        small.month(row["customer_no"], aum_balance=73_219, aum_daily_average=71_113, age=71)
    insight = small.insight
    insight.engine.ensure()
    return Playbook(small.book, Rules.load(), {"manager": "林晓舟"}, insight.engine, insight.matrix)


def test_segment_of_nineteen_is_refused(small: SmallBook) -> None:
    playbook = with_elders(small, 19)
    with pytest.raises(WorkbenchError) as caught:
        playbook.outside_prompt("elder", "invite")
    assert caught.value.code == "too_few"
    assert "20" in caught.value.message


def test_prompt_of_a_segment_holds_no_value_of_a_customer(small: SmallBook) -> None:
    playbook = with_elders(small, 27)
    prompt = playbook.outside_prompt("老年", "邀约")
    assert prompt.customers == 20
    assert "20 户" in prompt.text
    assert "老年" in prompt.text
    assert "邀约" in prompt.text
    assert "保本" in prompt.text  # among the words that it forbids
    told = [*NAMES, *small.ids, "27", "73219", "71113", "7.3", "7.1", "71 岁", "13976540", "330106", "林晓舟"]
    assert [one for one in told if one in prompt.text] == []


def test_part_of_a_segment_that_is_too_small_is_not_told(small: SmallBook) -> None:
    playbook = with_elders(small, 30)
    for number in list(small.ids)[:5]:
        small.month(number, 1, aum_balance=8_000_000, aum_daily_average=8_000_000)
    text = playbook.outside_prompt("elder", "invite").text
    assert "约 5%" not in text
    assert "约 15%" not in text
