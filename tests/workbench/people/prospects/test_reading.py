"""Who was referred and has no account stands among them by his line: nothing is copied, and nobody stands there twice."""

from sqlalchemy import select

from db.journey import prospects
from tests.workbench.people.prospects.conftest import DAY, PHONE, Made, zhao
from workbench.app import Workbench
from workbench.people.prospects.room import Prospects


def test_a_line_of_the_referrals_is_a_person_without_a_copy(
    room: Prospects, workbench: Workbench, customer: Made, line: Made
) -> None:
    number = line(customer("001", "王芳"), referred_phone=PHONE, relation="同事", need="房贷", consent=1)
    (one,) = room.all().open
    assert (one.key, one.name, one.phone, one.relation, one.need) == (
        f"R{number}",
        "小李",
        PHONE,
        "同事",
        "房贷",
    )
    assert (one.source, one.referrer_no, one.answer) == ("referral", "001", "yes")
    assert (one.created, one.expires) == ("2026-11-02", "2027-05-01")
    with workbench.book.read() as conn:
        assert conn.execute(select(prospects)).all() == []


def test_who_is_a_customer_already_or_is_closed_is_not_followed_up(
    room: Prospects, customer: Made, line: Made
) -> None:
    giver = customer("001")
    line(giver, referred_customer_no="002")
    line(giver, "小孙", close_reason="不需要")
    line(giver, None)
    assert room.all().open == ()
    assert [one.name for one in room.all().closed] == ["小孙"]


def test_a_telephone_is_listed_once(room: Prospects, customer: Made, line: Made) -> None:
    giver = customer("001")
    line(giver, referred_phone=PHONE)
    line(giver, "李先生", referred_phone=PHONE)
    assert len(room.all().open) == 1
    key = room.all().open[0].key
    room.change(key, {"note": "周末"})
    assert [(one.name, one.note) for one in room.all().open] == [("小李", "周末")]
    room.drop(key, "不需要")
    assert room.all().open == ()


def test_what_is_decided_about_him_leaves_the_line_as_it_is(
    room: Prospects, workbench: Workbench, customer: Made, line: Made
) -> None:
    number = line(customer("001"), referred_phone=PHONE, need="房贷")
    made = room.change(f"R{number}", {"consent": "yes", "note": "周末"})
    (one,) = room.all().open
    assert (one.name, one.phone, one.need, one.answer, one.note) == ("小李", PHONE, "房贷", "yes", "周末")
    with workbench.book.read() as conn:
        row = conn.execute(select(prospects)).mappings().one()
    assert (row["name"], row["phone"], row["referral_id"], row["created"]) == ("", None, number, "2026-11-02")
    workbench.undo(made.undo_id or 0)
    assert [one.key for one in room.all().open] == [f"R{number}"]


def test_a_line_of_somebody_noted_is_linked_dropped_and_kept_longer_like_any(
    room: Prospects, customer: Made, line: Made
) -> None:
    giver = customer("001")
    customer("002")
    first, second, third = (line(giver, name) for name in ("小李", "小孙", "小周"))
    room.link(f"R{first}", "002")
    room.drop(f"R{second}", "不需要")
    room.extend(f"R{third}", "2027-08-01")
    assert sorted((one.name, one.state) for one in room.all().closed) == [
        ("小孙", "dropped"),
        ("小李", "opened"),
    ]
    assert [(one.name, one.expires) for one in room.all().open] == [("小周", "2027-08-01")]


def test_the_next_to_expire_stands_first(room: Prospects) -> None:
    for name, until in (("甲", "2027-03-01"), ("乙", "2027-01-01"), ("丙", "2027-02-01")):
        room.add(zhao(name=name, phone="", expires=until))
    assert [one.name for one in room.all(DAY).open] == ["乙", "丙", "甲"]
