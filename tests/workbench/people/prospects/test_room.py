"""Noting, changing, linking, keeping longer, dropping persons without an account; the day comes when they are gone."""

from typing import Any

import pytest

from db.journey import prospects
from tests.workbench.people.prospects.conftest import DAY, PHONE, Made, zhao
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.people.prospects.prospect import NewProspect, Prospect
from workbench.people.prospects.room import Prospects


def only(room: Prospects) -> Prospect:
    (one,) = room.all().open
    return one


def refused(act: Any, *given: Any, **more: Any) -> str:
    with pytest.raises(WorkbenchError) as caught:
        act(*given, **more)
    assert caught.value.sentence()
    return caught.value.code


def test_who_is_noted_is_kept_for_180_days(room: Prospects, customer: Made) -> None:
    customer("001", "王芳")
    room.add(
        zhao(
            phone="+86 136-1234-0009",
            source="老客户介绍",
            referrer_no="001",
            relation="同事",
            need="房贷",
            note="下班后打",
        )
    )
    one = only(room)
    assert (one.name, one.phone, one.source, one.source_name) == ("赵先生", PHONE, "referral", "老客户介绍")
    assert (one.referrer_no, one.referrer, one.relation, one.need) == ("001", "王*", "同事", "房贷")
    assert (one.answer, one.note, one.state) == ("yes", "下班后打", "open")
    assert (one.created, one.expires) == (DAY, "2027-05-22")


def test_a_name_is_enough(room: Prospects) -> None:
    room.add(NewProspect("店里的陈姐"))
    one = only(room)
    assert (one.phone, one.source, one.answer) == (None, "other", "unknown")


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"name": "  "}, "no_name"),
        ({"name": "赵" * 21}, "too_long"),
        ({"name": "赵13612340009"}, "number_as_name"),
        ({"phone": "12345"}, "bad_phone"),
        ({"phone": "赵先生的"}, "bad_phone"),
        ({"phone": "136****0009"}, "masked_phone"),
        ({"phone": "13800138000"}, "placeholder_phone"),
        ({"source": "天上"}, "no_such_source"),
        ({"consent": "maybe"}, "no_such_answer"),
        ({"note": "长" * 201}, "too_long"),
        ({"note": "证件 330106 19900101 1234"}, "id_number"),
        ({"need": "卡 6222021234567890"}, "id_number"),
        ({"expires": "明年"}, "bad_date"),
        ({"expires": DAY}, "past_date"),
        ({"expires": "2027-11-24"}, "kept_too_long"),
        ({"referrer_no": "404"}, "no_such_customer"),
    ],
)
def test_what_may_not_be_written_is_refused_in_a_sentence(
    room: Prospects, facts: dict[str, str], code: str
) -> None:
    assert refused(room.add, zhao(**facts)) == code
    assert room.all().open == ()


def test_a_refusal_does_not_repeat_the_number(room: Prospects) -> None:
    with pytest.raises(WorkbenchError) as caught:
        room.add(zhao(phone="1361234000"[:5] + "9" * 12))
    assert "13612" not in caught.value.sentence()


def test_one_number_is_noted_once(room: Prospects) -> None:
    room.add(zhao())
    assert refused(room.add, zhao(name="老赵")) == "known_prospect"
    room.drop(only(room).key, "打错了")
    room.add(zhao(name="老赵"))
    assert only(room).name == "老赵"


def test_a_change_leaves_the_rest(room: Prospects) -> None:
    room.add(zhao(need="房贷"))
    room.change(only(room).key, {"phone": "", "consent": "no"})
    one = only(room)
    assert (one.name, one.phone, one.need, one.answer) == ("赵先生", None, "房贷", "no")
    assert refused(room.change, one.key, {"name": ""}) == "no_name"
    assert refused(room.change, "99", {"name": "赵"}) == "no_such_prospect"


def test_kept_longer_but_never_beyond_a_year(room: Prospects, monkeypatch: pytest.MonkeyPatch) -> None:
    room.add(zhao())
    key = only(room).key
    room.extend(key, "2027-08-01")
    assert only(room).expires == "2027-08-01"
    monkeypatch.setenv("WORKBENCH_TODAY", "2027-07-01")
    room.extend(key)
    assert only(room).expires == "2027-11-23"
    assert refused(room.extend, key) == "kept_too_long"


def test_dropped_with_a_reason_and_gone_a_month_later(
    room: Prospects, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.add(zhao(note="下班后打"))
    key = only(room).key
    assert refused(room.drop, key, "  ") == "no_reason"
    room.drop(key, "在他行办了")
    (closed,) = room.all().closed
    assert (closed.state, closed.ended, closed.note, closed.expires) == (
        "dropped", DAY, "下班后打 · 在他行办了", "2026-12-23",
    )  # fmt: skip
    assert refused(room.drop, key, "再来一次") == "prospect_closed"
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-12-23")
    assert (room.all().closed, room.counts().expired) == ((), 1)


def test_linked_by_hand_once_the_account_is_open(room: Prospects, customer: Made) -> None:
    customer("001", "赵海")
    room.add(zhao())
    assert refused(room.link, only(room).key, "404") == "no_such_customer"
    room.link(only(room).key, "001")
    (closed,) = room.all().closed
    assert (closed.state, closed.customer_no, closed.ended) == ("opened", "001", DAY)


def test_a_customer_who_is_merged_takes_links_and_introductions_along(
    room: Prospects, workbench: Workbench, customer: Made
) -> None:
    customer("001"), customer("002")
    room.add(zhao(referrer_no="002"))
    room.link(only(room).key, "002")
    workbench.intake.merge("001", "002", "同一人")
    (closed,) = room.all().closed
    assert (closed.customer_no, closed.referrer_no) == ("001", "001")


def test_every_write_can_be_undone_and_redone(room: Prospects, workbench: Workbench, customer: Made) -> None:
    customer("001")
    empty = workbench.book.fingerprint()
    room.add(zhao())
    key = only(room).key
    acts = [
        lambda: room.change(key, {"need": "理财"}), lambda: room.extend(key, "2027-08-01"),
        lambda: room.link(key, "001"),
    ]  # fmt: skip
    states, made = [workbench.book.fingerprint()], []
    for act in acts:
        made.append(act().undo_id)
        states.append(workbench.book.fingerprint())
    for change, state in zip(reversed(made), reversed(states[:-1]), strict=True):
        assert change is not None
        workbench.undo(change)
        assert workbench.book.fingerprint() == state
    for change, state in zip(made, states[1:], strict=True):
        workbench.redo(change or 0)
        assert workbench.book.fingerprint() == state
    assert len(set(states)) == 4
    assert empty not in states


def test_who_is_due_is_seen_until_the_day_before(room: Prospects, monkeypatch: pytest.MonkeyPatch) -> None:
    room.add(zhao())
    key = only(room).key
    monkeypatch.setenv("WORKBENCH_TODAY", "2027-05-21")
    assert (len(room.all().open), room.counts().soon, room.counts().expired) == (1, 1, 0)
    monkeypatch.setenv("WORKBENCH_TODAY", "2027-05-22")
    assert (room.all().open, room.counts().open, room.counts().expired) == ((), 0, 1)
    assert refused(room.one, key) == refused(room.extend, key) == "no_such_prospect"
    assert room.search("赵", 5) == []


def test_the_board_counts_how_they_stand(room: Prospects, customer: Made) -> None:
    customer("001", "钱多", "13900000001")
    for name, phone, consent in (
        ("赵", PHONE, "yes"), ("钱", "13900000001", "unknown"), ("孙", "", "no"), ("李", "", "yes"),
    ):  # fmt: skip
        room.add(zhao(name=name, phone=phone, consent=consent))
    counts = room.counts(DAY)
    assert (counts.open, counts.agreed, counts.unasked, counts.refused) == (4, 2, 1, 1)
    assert (counts.likely, counts.soon, counts.expired) == (1, 0, 0)


def test_only_who_agreed_is_called(room: Prospects) -> None:
    room.add(zhao())
    key = only(room).key
    assert room.to_dial(key) == PHONE
    for answer in ("no", "unknown"):
        room.change(key, {"consent": answer})
        assert refused(room.to_dial, key) == "may_not_call"
    room.change(key, {"consent": "yes", "phone": ""})
    assert refused(room.to_dial, key) == "no_phone"


def test_nothing_but_the_least_has_a_column() -> None:
    assert {column.name for column in prospects.columns} == {
        "id", "name", "phone", "source", "referrer_id", "referral_id", "relation", "need", "consent", "note", "created",
        "expires", "state", "ended", "customer_id",
    }  # fmt: skip
