"""Files of complaints: opened, worked on in six steps, extended, closed, taken up again, undone; what is refused."""

import pytest

from tests.workbench.conftest import SmallBook
from tests.workbench.outreach.complaints.conftest import TODAY
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.outreach.complaints.complaint import Complaint
from workbench.outreach.complaints.edits import ComplaintEdit, ComplaintEnd
from workbench.outreach.complaints.new_complaint import NewComplaint
from workbench.outreach.complaints.room import Complaints
from workbench.people.consent import held
from workbench.rules.parameters import Rules


def opened(room: Complaints, who: str, **told: object) -> Complaint:
    """A file of a customer, as it reads afterwards."""
    given = {
        "content": "排队一小时", "category": "waiting", "received": "2026-11-13 10:00", "owner": "王芳", "against": "李经理",
    }  # fmt: skip
    room.open(who, NewComplaint(**(given | told)))  # type: ignore[arg-type]
    return max(room.named(who), key=lambda one: one.id)


def code(job: object) -> str:
    with pytest.raises(WorkbenchError) as refused:
        job()  # type: ignore[operator]
    assert refused.value.message
    return refused.value.code


def test_six_steps_are_kept_in_writing_and_the_first_talk_is_the_first_answer(room: Complaints) -> None:
    one = opened(room, "steps", before=5)
    assert (one.state, one.next, one.answered, one.no) == ("open", "stop", None, f"TS{one.id:05d}")
    room.take_step(one.id, "stop", "打了电话,停了推介", "2026-11-13 10:20")
    room.take_step(one.id, "listen", "念给他核对过", "2026-11-13 10:40", "赵强")
    room.take_step(one.id, "listen", "他又补了一句")
    now = room.of(one.id)
    assert now.answered == "2026-11-13 10:20"
    assert [(step.step, step.by) for step in now.steps] == [
        ("stop", "王芳"),
        ("listen", "赵强"),
        ("listen", "王芳"),
    ]
    assert now.next == "sorry"
    assert code(lambda: room.take_step(one.id, "check", "")) == "no_text"
    assert code(lambda: room.take_step(one.id, "check", "查", "2026-11-12 09:00")) == "past_date"
    assert code(lambda: room.take_step(one.id, "check", "查", "2026-11-17 09:00")) == "date_in_future"
    # whom it is about takes no part in finding out
    assert code(lambda: room.take_step(one.id, "check", "查", by="李明")) == "same_person"


def test_more_time_asks_who_approved_it_and_a_special_case_only_follows_a_complex_one(
    room: Complaints,
) -> None:
    one = opened(room, "time")
    assert one.clocks.legal.due == "2026-11-28"
    assert code(lambda: room.extend(one.id, "complex", " ")) == "no_approval"
    assert code(lambda: room.extend(one.id, "special", "张行长")) == "not_complex"
    assert code(lambda: room.extend(one.id, "complex", "李经理")) == "same_person"
    room.extend(one.id, "complex", "张行长")
    assert code(lambda: room.extend(one.id, "complex", "张行长")) == "extended_already"
    room.extend(one.id, "special", "分行刘总")
    now = room.of(one.id)
    assert (now.clocks.legal.due, now.clocks.solution.due) == ("2027-01-12", "2026-11-18")
    # both approvals stay readable, and no step of the six is taken by them
    assert ["张行长" in now.steps[0].note, "分行刘总" in now.steps[1].note] == [True, True]
    assert now.next == "stop"


def test_an_approval_after_the_time_ran_out_comes_too_late(
    room: Complaints, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = opened(room, "blamed", received="2026-10-20 10:00")
    assert code(lambda: room.extend(one.id, "complex", "张行长")) == "approved_late"
    room.extend(one.id, "complex", "张行长", "2026-11-04")
    assert room.of(one.id).clocks.legal.due == "2026-11-19"


def test_it_ends_with_a_solution_that_buys_no_silence(room: Complaints) -> None:
    one = opened(room, "ended")
    end = ComplaintEnd("书面答复,窗口加到三个", 4, "排班不对", "月底加人", 1)
    assert code(lambda: room.close(one.id, ComplaintEnd(""))) == "no_solution"
    bought = "送一份礼品,客户不再追究"
    assert code(lambda: room.close(one.id, ComplaintEnd(bought))) == "red_line"
    assert code(lambda: room.take_step(one.id, "decide", "请您撤诉,我们给补偿")) == "red_line"
    assert code(lambda: room.close(one.id, ComplaintEnd("好", 6))) == "bad_mark"
    room.close(one.id, end)
    now = room.of(one.id)
    assert (now.state, now.closed, now.satisfaction, now.after, now.outcome) == (
        "closed", TODAY, 4, 1, end.solution,
    )  # fmt: skip
    assert code(lambda: room.close(one.id, end)) == "closed_already"
    assert code(lambda: room.take_step(one.id, "listen", "x")) == "closed_already"
    room.take_step(one.id, "follow", "问过了,改好了")


def test_taken_up_again_it_is_a_new_file_and_a_repeated_one(room: Complaints) -> None:
    one = opened(room, "again", received="2026-11-10 10:00")
    assert code(lambda: room.take_up_again(one.id, "又来了")) == "still_open"
    room.close(one.id, ComplaintEnd("答复了"))
    room.take_up_again(one.id, "还是排队")
    new, old = sorted(room.named("again"), key=lambda case: case.state == "closed")
    assert (new.again, old.retaken, new.level.code, new.state) == (one.id, new.id, "three", "open")
    assert (old.closed, new.received) == (TODAY, f"{TODAY} 10:00")
    assert code(lambda: room.take_up_again(one.id, "再来")) == "taken_up"


def test_lists_and_contacts_without_a_file_stand_among_the_open_ones(
    room: Complaints, small: SmallBook
) -> None:
    listed = room.list()
    (line,), (call,) = room.named("listed"), room.named("called")
    assert (line.no, line.filed, line.category, line.next) == ("GD-1", False, "waiting", "open")
    # the list wants it sooner than the law: the earlier day counts
    assert (line.clocks.end.due, line.clocks.end.code, line.clocks.end.over) == ("2026-11-12", "list", 4)
    assert (call.id, call.touch is not None, call.next, call.content) == (0, True, "open", "嫌扣费没讲")
    keys = [one.order for one in listed.all]
    assert keys == sorted(keys)
    assert [one.state for one in listed.all][-1] == "closed"
    room.open("listed", NewComplaint(line=line.id, owner="王芳", demand="少排队"))
    filed = room.of(line.id)
    assert (filed.filed, filed.received, filed.no, filed.demand) == (True, "2026-11-02", "GD-1", "少排队")
    assert code(lambda: room.open("listed", NewComplaint(line=line.id))) == "file_twice"
    room.open("called", NewComplaint(content="扣费没讲", category="fees", received="2026-11-13"))
    assert [one.filed for one in room.named("called")] == [True]


def test_what_is_refused_is_said_in_one_sentence(room: Complaints) -> None:
    assert code(lambda: opened(room, "refused", owner="李明")) == "same_person"
    assert code(lambda: opened(room, "refused", owner="", against="周敏")) == "same_person"
    assert code(lambda: opened(room, "refused", content="", category="")) == "nothing_told"
    assert code(lambda: opened(room, "refused", category="天气")) == "no_such_word"
    assert code(lambda: opened(room, "refused", received="昨天")) == "bad_date"
    assert code(lambda: opened(room, "refused", signs=("x",))) == "no_such_sign"
    assert code(lambda: room.named("nobody")) == "no_such_complaint"
    assert room.named("refused") == ()
    one = opened(room, "refused")
    assert code(lambda: room.set(one.id, ComplaintEdit(owner="李经理"))) == "same_person"
    room.set(one.id, ComplaintEdit(facts="录像看过", money_fen=6_000_000, level="一级"))
    now = room.of(one.id)
    assert (now.facts, now.level.code, now.level.reason) == ("录像看过", "one", "定级时写的是一级")


def test_every_write_is_taken_back_and_consent_follows(room: Complaints, small: SmallBook) -> None:
    person, rules = small.ids["undone"], Rules.load()

    def frozen() -> bool:
        """Whether the one answer of consent says so."""
        with small.book.read() as conn:
            return person in held(conn, TODAY, None, rules, [person])

    change = room.open("undone", NewComplaint(content="排队", owner="王芳"))
    (one,) = room.named("undone")
    assert frozen()
    step = room.take_step(one.id, "stop", "打了电话")
    assert step.undo_id is not None
    Workbench(small.book).undo(step.undo_id)
    assert (room.of(one.id).steps, room.of(one.id).answered) == ((), None)
    ended = room.close(one.id, ComplaintEnd("答复了", 5))
    assert ended.undo_id is not None
    Workbench(small.book).undo(ended.undo_id)
    assert room.of(one.id).state == "open"
    assert change.undo_id is not None
    Workbench(small.book).undo(change.undo_id)
    assert room.named("undone") == ()
    assert not frozen()


def test_the_talk_turns_only_after_a_good_end_and_some_time(
    room: Complaints, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = opened(
        room, "turn", content="开户问太多", category="process", received="2026-11-10 10:00", times=1, people=1
    )
    assert room.turn(one).state == "no"
    room.close(one.id, ComplaintEnd("讲清了缘由"))
    assert (room.turn(room.of(one.id)).state, "满意度" in room.turn(room.of(one.id)).why) == (
        "cannot_tell",
        True,
    )
    room.rate(one.id, 3)
    assert room.turn(room.of(one.id)).state == "no"
    room.rate(one.id, 4)
    waits = room.turn(room.of(one.id))
    assert (waits.state, waits.since) == ("not_yet", "2026-11-30")
    assert code(lambda: room.turned(one.id)) == "no_turn"
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-30")
    may = room.turn(room.of(one.id))
    assert (may.state, may.case) == ("may", "account")
    assert "先去掉难受的一处" in may.first
    monkeypatch.setenv("WORKBENCH_TODAY", "2027-02-20")
    assert room.turn(room.of(one.id)).state == "no"
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-30")
    opened(room, "turn", content="别的事", received="2026-11-29 10:00")
    assert "别的投诉" in room.turn(room.of(one.id)).why


def test_metrics_say_what_is_known_and_call_few_few(room: Complaints) -> None:
    one = room.metrics()
    assert one.settled == len(room.list().closed)
    assert one.few
    assert one.again.unknown == 1  # of the line that only a list tells of it is not known
    assert one.legal_clock.hits == one.legal_clock.n
    assert one.minutes is None or one.minutes > 0
    assert one.churn is None
    assert "无法比较" in one.churn_words
