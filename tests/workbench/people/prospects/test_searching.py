"""A person without an account is found by name, by pinyin and by digits of the telephone."""

import pytest

from tests.workbench.people.prospects.conftest import zhao
from workbench.people.prospects.room import Prospects


@pytest.mark.parametrize(
    ("typed", "matched"),
    [
        ("单先", "name"), ("sxs", "pinyin"), ("shanxian", "pinyin"), ("SHAN", "pinyin"), ("3400", "phone"),
        ("136 1234 0009", "phone"), ("009", None), ("赵", None), (" ", None), ("13700000000", None),
    ],
)  # fmt: skip
def test_found_by_what_is_typed(room: Prospects, typed: str, matched: str | None) -> None:
    room.add(zhao(name="单先生"))
    assert [hit.matched for hit in room.search(typed, 5)] == ([matched] if matched else [])


def test_a_hit_is_masked_and_says_why_not_to_sell(room: Prospects) -> None:
    room.add(zhao(consent="unknown"))
    (hit,) = room.search("赵", 5)
    assert (hit.name, hit.phone, hit.held) == ("赵**", "136****0009", "未征得同意")


def test_no_more_than_asked_for(room: Prospects) -> None:
    for n in range(4):
        room.add(zhao(phone=f"1361234000{n}"))
    assert len(room.search("赵", 3)) == 3
