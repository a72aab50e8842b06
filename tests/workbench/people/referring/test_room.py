"""A referral is held against the book before it is entered: refused, asked about, or free; what was erased is nobody."""

from typing import Any

import pytest

from db.tables import customers, referrals
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.people.referring.room import NewReferral, findings_of, flagged, refuse
from workbench.rules.parameters import Rules

RULES = Rules.load()
DAY = "2026-11-23"


@pytest.fixture
def known(workbench: Workbench) -> Workbench:
    """001 referred 002, who referred 003; 003 is a namesake of the book's manager."""
    people = [("001", "王芳", "13612340001"), ("002", "李雷", "136****0002"), ("003", "赵敏", "13612340003")]
    lines = [
        (1, "2026-10-01", "李雷", "13612340002"),
        (2, "2026-10-02", "赵敏", "13612340003"),
        (3, "2026-10-03", None, None),
    ]
    with workbench.book.write("import", "facts") as writer:
        writer.insert(
            customers,
            [
                {"customer_no": no, "no_reversed": no[::-1], "name": name, "phone": phone, "phone_reversed": phone[::-1]}
                for no, name, phone in people
            ],
        )  # fmt: skip
        writer.insert(
            referrals,
            [
                {"customer_id": giver, "date": date, "referred_name": name, "referred_phone": phone}
                for giver, date, name, phone in lines
            ],
        )
    return workbench


def codes(
    workbench: Workbench, giver: str, *, instead: int | None = None, **facts: Any
) -> list[tuple[str, bool]]:
    with workbench.book.read() as conn:
        findings = findings_of(conn, RULES, NewReferral(giver, DAY, **facts), instead=instead)
    return [(one.code, one.sure) for one in findings]


def test_the_edge_that_closes_a_circle_of_three_is_refused_also_by_a_masked_number(known: Workbench) -> None:
    with known.book.read() as conn:
        assert flagged(conn, RULES) == {}
        findings = findings_of(conn, RULES, NewReferral("003", DAY, "王女士", "136 1234 0001"))
    assert [one.members for one in findings if one.code == "circle"] == [("001", "002", "003")]
    for confirmed in (False, True):
        with pytest.raises(WorkbenchError) as caught:
            refuse(findings, RULES, confirmed=confirmed)
        assert caught.value.code == "circle_referral"


def test_what_is_to_be_checked_is_asked_about_once(known: Workbench) -> None:
    assert codes(known, "001", name="王芳") == [("self", False)]
    with known.book.read() as conn:
        findings = findings_of(conn, RULES, NewReferral("001", DAY, "赵女士", "13612340003"))
    assert [one.code for one in findings] == ["twice"]
    with pytest.raises(WorkbenchError) as caught:
        refuse(findings, RULES)
    assert caught.value.code == "referral_to_confirm"
    refuse(findings, RULES, confirmed=True)


def test_the_books_manager_is_a_namesake_to_be_checked(known: Workbench) -> None:
    known.set("manager", "赵敏")
    assert codes(known, "003", name="小孙", phone="13912345678") == [("staff", False)]


def test_a_line_that_is_changed_is_not_held_against_itself(known: Workbench) -> None:
    assert codes(known, "002", name="赵敏", phone="13612340003", instead=2) == []
    assert codes(known, "002", name="赵敏", phone="13612340003") == [("twice", True)]
