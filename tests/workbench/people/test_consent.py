"""One answer to "may this customer be marketed to": its grounds, their ends, and what cannot be told (domain 6.5, 9, 17)."""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from db import book_key
from db.engine import Book
from db.known import corrections
from db.tables import complaints, customers, snapshots, touches
from tests.laws import law
from tests.workbench.intake.conftest import HEADER, ROWS, write_xlsx
from tests.workbench.intake.conftest import customers as customers_sheet
from tests.workbench.people.one_each import DAY, GROUNDS, HELD, MONTH, ago, one_each
from workbench.app import Workbench
from workbench.intake.columns.dialects import LOST
from workbench.people.consent import Consent, consent_of, counted, held
from workbench.people.consent_rule import CODES, FREE, consents
from workbench.people.particulars import CHECK_DIGITS, WEIGHTS
from workbench.rules.parameters import Rules

RULES = Rules.load()
TODAY = DAY.isoformat()


@pytest.fixture(scope="module")
def each(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Book, dict[str, int]]]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book_key, "COST", 16)
        with Book.create(tmp_path_factory.mktemp("each") / "each.book", "correct horse") as book:
            yield book, one_each(book)


def answer(book: Book, customer_id: int, day: str = TODAY, rules: Rules = RULES) -> Consent:
    with book.read() as conn:
        return consent_of(conn, customer_id, day, None, rules)


def test_each_ground_bars_and_nothing_else_does(each: tuple[Book, dict[str, int]]) -> None:
    book, ids = each
    assert {no: answer(book, ids[no]).code for no in ids} == GROUNDS


def test_the_answer_for_all_is_the_answer_for_each(each: tuple[Book, dict[str, int]]) -> None:
    book, ids = each
    with book.read() as conn:
        everybody = held(conn, TODAY, MONTH, RULES)
        some = held(conn, TODAY, MONTH, RULES, [ids["minor"], ids["free"]])
    assert {no for no in ids if ids[no] in everybody} == HELD
    assert everybody == {ids[no]: answer(book, ids[no]) for no in HELD}
    assert set(some) == {ids["minor"]}


UNTIL = {
    "opted": None,
    "refused": None,
    "open_long": None,
    "closed_10": ago(-4),
    "undated_80": ago(-10),
    "column_80": ago(-10),
    "logged_80": ago(-10),
    "minor": None,
    "minor_by_birth": "2026-11-17",
    "mourning": ago(-39),
    "unanswered": ago(-28),
    "two_touches": ago(-4),
    "free": None,
}


def test_until_is_the_first_day_without_a_ground(each: tuple[Book, dict[str, int]]) -> None:
    book, ids = each
    for no, until in UNTIL.items():
        assert answer(book, ids[no]).until == until, no
        if until is not None:
            eve = (dt.date.fromisoformat(until) - dt.timedelta(days=1)).isoformat()
            assert answer(book, ids[no], eve).code == GROUNDS[no]
            assert answer(book, ids[no], until).code == ""


def test_every_sentence_carries_its_figures(each: tuple[Book, dict[str, int]]) -> None:
    book, ids = each
    carries = {
        "refused": (ago(400),), "open_long": ("1件", ago(200)), "closed_10": (ago(10), "14天", ago(-4)),
        "undated_80": (ago(80), "90天"), "column_80": (ago(80),), "logged_80": (ago(80),),
        "mourning": (ago(10), "49天", ago(-39)), "unanswered": ("5次", ago(2), "30天", ago(-28)), "minor": ("12岁",),
        "minor_by_birth": ("17岁",), "two_touches": ("7天", "2次", ago(-4)),
    }  # fmt: skip
    for no, parts in carries.items():
        found = answer(book, ids[no])
        assert all(part in found.sentence for part in parts), found.sentence
        assert (found.day, found.as_of) == (TODAY, "2026-10-31")
    refused = answer(book, ids["refused"])
    assert refused.grounds[0].numbers == {"date": ago(400), "channel": "call"}
    assert refused.channels == ("all",)
    assert refused.refused == ("call",)
    assert "电话以后只用于服务" in refused.sentence
    assert refused.as_json()["refused_channels"] == ["call"]


OPT_OUT = {
    "refused once, allowed since": ([1, 0], 0, ""),
    "allowed once, refused since": ([0, 1], 1, "opted_out"),
    "refused, then the column was left out": ([1, None], 1, "opted_out"),
    "allowed, then the column was left out": ([0, None], 0, ""),
    "refused, allowed, then left out": ([1, 0, None], 0, ""),
}


@pytest.mark.parametrize(("told", "kept", "code"), OPT_OUT.values(), ids=OPT_OUT)
def test_of_several_months_the_newest_that_tells_an_opt_out_counts(
    book: Book, told: list[int | None], kept: int, code: str
) -> None:
    with book.write("import", "months") as writer:
        # the customer's own column keeps what the newest list told that had the heading
        person = {"customer_no": "1", "name": "林秀英", "birth_date": "1980-01-01", "marketing_opt_out": kept}
        (id_,) = writer.insert(customers, [person])
        months = [f"2026-{n:02d}" for n in range(8, 8 + len(told))]
        rows = [
            {"customer_id": id_, "month": month, "as_of": month + "-28", "batch_id": 1, "source_row": 4,
             "marketing_opt_out": one}
            for month, one in zip(months, told, strict=True)
        ]  # fmt: skip
        writer.insert(snapshots, rows)
    assert answer(book, id_).code == code
    with book.read() as conn:
        assert (id_ in held(conn, TODAY, None, RULES)) == bool(code)


def test_an_opt_out_is_kept_as_the_newest_list_with_the_heading_tells_it(
    workbench: Workbench, tmp_path: Path
) -> None:
    heads = [*HEADER, "拒绝营销标志"]
    lists = {"2026年8月31日": ("是", "否"), "2026年9月30日": ("否", "是"), "2026年10月31日": None}
    for number, (date, said) in enumerate(lists.items()):
        rows = (
            [[*row, word] for row, word in zip(ROWS, said, strict=False)]
            if said
            else [list(row) for row in ROWS[:2]]
        )
        sheet = customers_sheet(rows, header=heads if said else HEADER, date=date)
        session = workbench.intake.read(write_xlsx(tmp_path / f"{number}.xlsx", [("客户清单", sheet)]))
        session.confirm_similar()
        if not said:
            session.confirm("客户清单", LOST, "总行本月没有这一列")
        session.commit()
    with workbench.book.read() as conn:
        ids = dict(conn.execute(select(customers.c.customer_no, customers.c.id)).all())
        codes = [consent_of(conn, ids[row[0]], TODAY, None, RULES).code for row in ROWS[:2]]
    assert codes == ["", "opted_out"]


def test_too_many_contacts_defer_and_everything_else_bars(each: tuple[Book, dict[str, int]]) -> None:
    book, ids = each
    verdicts = {"two_touches": "deferred", "minor": "barred", "opted": "barred", "free": "may"}
    assert {no: answer(book, ids[no]).verdict for no in verdicts} == verdicts
    assert answer(book, ids["two_touches"]).as_json()["verdict"] == "deferred"


def test_they_are_counted_by_the_names_of_the_grounds() -> None:
    assert counted({"tired": 2, "opted_out": 1, "minor": 0}, RULES) == "拒绝营销 1 户、疲劳 2 户"
    assert counted({}, RULES) == ""


# -- what is told, and what is not ---------------------------------------------------------------------------------


def put(book: Book, no: str = "1", month: Mapping[str, object] | None = None, **person: object) -> int:
    with book.write("import", "customer") as writer:
        row = {"customer_no": no, "name": "客户", "no_reversed": no[::-1], **person}
        made = writer.insert(customers, [row])[0]
        if month is not None:
            told = {
                "customer_id": made,
                "month": MONTH,
                "as_of": "2026-10-31",
                "batch_id": 1,
                "source_row": 4,
            }
            writer.insert(snapshots, [told | dict(month)])
    return made


def complain(book: Book, customer_id: int, **row: object) -> None:
    with book.write("import", "complaint") as writer:
        writer.insert(complaints, [{"customer_id": customer_id, "batch_id": 1, "source_row": 4, **row}])


def touch(book: Book, customer_id: int, days: int, result: str = "reached", by: str = "manager") -> None:
    with book.write("touch", "call") as writer:
        row = {"date": ago(days), "channel": "call", "result": result, "initiated_by": by}
        writer.insert(touches, [{"customer_id": customer_id, **row}])


def set_right(book: Book, customer_id: int, key: str, value: str, expires: str = "2027-01-01") -> None:
    with book.write("correction", key) as writer:
        row = {"key": key, "value": value, "machine": None, "reason": "当面说明", "date": ago(1)}
        writer.insert(corrections, [{"customer_id": customer_id, "expires": expires, **row}])


def test_what_is_not_told_bars_nobody_and_is_said(book: Book) -> None:
    person = put(book, month={})
    found = answer(book, person)
    assert (found.verdict, found.held, found.grounds) == ("cannot_tell", False, ())
    # what the log alone could tell is missed once
    told = {"bereaved", "unanswered"}
    assert [code for code, _text in found.unknown] == [code for code in CODES if code not in told]
    assert "出生日期" in found.sentence
    with book.read() as conn:
        assert conn.execute(consents(TODAY, MONTH, RULES)).mappings().one()["barred"] is None
    other = put(book, "2", {"age": 30, "complaint_count": 0, "marketing_opt_out": 0})
    touch(book, other, 40)
    assert answer(book, other).verdict == "may"
    with book.read() as conn:
        rows = conn.execute(consents(TODAY, MONTH, RULES)).mappings()
        assert {row["customer_id"]: row["barred"] for row in rows} == {person: None, other: FREE}


def test_a_customer_whom_no_month_tells_is_still_answered_for(book: Book) -> None:
    person = put(book, marketing_opt_out=1)
    found = answer(book, person)
    assert (found.code, found.as_of) == ("opted_out", None)
    with pytest.raises(LookupError):
        answer(book, person + 1)


def test_all_grounds_are_told_the_gravest_first_and_all_have_to_end(book: Book) -> None:
    person = put(book, month={"age": 12})
    complain(book, person, date=ago(30), closed_date=ago(10))
    touch(book, person, 0)
    touch(book, person, 1)
    found = answer(book, person)
    assert [ground.code for ground in found.grounds] == ["complaint", "minor", "tired"]
    assert [ground.until for ground in found.grounds] == [ago(-4), None, ago(-6)]
    assert found.until is None
    with book.write("import", "birth") as writer:
        writer.update(customers, person, {"birth_date": "1990-01-01"})
    assert answer(book, person).until == ago(-6)


def test_a_complaint_closed_after_the_day_is_open_on_it(book: Book) -> None:
    person = put(book, month={})
    complain(book, person, date=ago(30), closed_date=ago(5))
    assert answer(book, person, ago(6)).grounds[0].kind == "complaint.open"
    assert answer(book, person, ago(5)).grounds[0].kind == "complaint.closed"
    assert answer(book, person, ago(31)).code == ""


def test_one_open_complaint_bars_whatever_is_closed(book: Book) -> None:
    person = put(book, month={})
    complain(book, person, date=ago(300), status="处理中")
    complain(book, person, date=ago(30), closed_date=ago(20))
    assert answer(book, person).grounds[0].kind == "complaint.open"


def test_the_list_of_complaints_knows_more_of_a_complaint_than_who_only_names_its_day(book: Book) -> None:
    person = put(book, month={"last_complaint_date": ago(30), "complaint_count": 1})
    touch(book, person, 31, "complaint")
    assert answer(book, person).grounds[0].kind == "complaint.undated"
    complain(book, person, date=ago(30), closed_date=ago(20))
    assert answer(book, person).code == ""
    touch(book, person, 8, "complaint")
    assert answer(book, person).until == ago(8 - 90)


def test_a_customer_who_comes_himself_is_not_tired_by_it(book: Book) -> None:
    person = put(book, month={})
    for days in (1, 2, 3):
        touch(book, person, days, by="customer")
    assert answer(book, person).code == ""


def test_six_contacts_in_thirty_days_tire_too(book: Book) -> None:
    person = put(book, month={})
    for days in (8, 9, 15, 20, 25):
        touch(book, person, days)
    assert answer(book, person).code == ""
    touch(book, person, 29)
    found = answer(book, person)
    assert (found.code, found.until) == ("tired", ago(29 - 30))
    assert "30天" in found.sentence
    assert "6次" in found.sentence


def test_what_a_person_set_right_counts_but_no_refusal_is_taken_back(book: Book) -> None:
    listed = put(book, "1", {}, marketing_opt_out=1)
    refused = put(book, "2", {})
    touch(book, refused, 300, "refused")
    born = put(book, "3", {"age": 40})
    opened = put(book, "4", {})
    complain(book, opened, date=ago(200), status="处理中")
    set_right(book, listed, "opt_out", "0")
    set_right(book, refused, "opt_out", "0")
    set_right(book, born, "birth_date", "2015-01-01")
    set_right(book, born, "age", "11")
    set_right(book, opened, "complaints_open", "0")
    assert [answer(book, one).code for one in (listed, refused, born, opened)] == [
        "", "opted_out", "minor", "",
    ]  # fmt: skip
    set_right(book, listed, "opt_out", "1")
    set_right(book, opened, "complaints_open", "2")
    assert answer(book, listed).code == "opted_out"
    assert answer(book, opened).grounds[0].numbers["n"] == 2
    set_right(book, listed, "opt_out", "0", expires=TODAY)
    assert answer(book, listed).code == "opted_out"


def test_a_minor_is_known_by_the_identity_number_where_no_list_tells_an_age(book: Book) -> None:
    def numbered(born: str) -> str:
        first = "110101" + born + "001"
        total = sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True))
        return first + CHECK_DIGITS[total % 11]

    young = put(book, "1", {}, id_no=numbered("20081117"))
    grown = put(book, "2", {}, id_no=numbered("20081116"))
    said_grown = put(book, "4", {"age": 40}, id_no=numbered("20081117"))
    wrong = put(book, "3", {}, id_no=numbered("20081117")[:-1] + "Y")
    found = answer(book, young)
    assert (found.code, found.until, found.grounds[0].numbers) == ("minor", "2026-11-17", {"age": 17})
    assert [answer(book, one).code for one in (grown, wrong)] == ["", ""]
    assert "minor" in dict(answer(book, wrong).unknown)
    assert "minor" not in dict(answer(book, grown).unknown)
    assert answer(book, said_grown).code == "minor", "the more careful of the two"


def test_the_thresholds_are_data(book: Book) -> None:
    person = put(book, month={"age": 17})
    complain(book, person, date=ago(30), closed_date=ago(10))
    touch(book, person, 0)
    changed = Rules.load(
        "general", {"consent.closed_days": 5, "never.minor_below": 16, "consent.week_touches": 1}
    )
    assert [ground.code for ground in answer(book, person).grounds] == ["complaint", "minor"]
    assert [ground.code for ground in answer(book, person, rules=changed).grounds] == ["tired"]


# -- against the rule told once more, day by day -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class History:
    """What is known of one customer; days before the day."""

    opted: int | None
    age: int | None
    column: int | None
    #: (complained, closed or None, whether the status says settled)
    cases: tuple[tuple[int, int | None, bool], ...]
    #: (days, result, by)
    contacts: tuple[tuple[int, str, str], ...]


_DAYS = st.integers(0, 110)
_CASES = st.tuples(_DAYS, st.none() | st.integers(0, 40), st.booleans())
_CONTACTS = st.tuples(
    st.integers(0, 45) | _DAYS,
    st.sampled_from(("reached", "no_answer", "no_answer", "complaint", "refused")),
    st.sampled_from(("manager", "customer")),
)
HISTORIES = st.builds(
    History,
    st.sampled_from((None, 0, 0, 0, 1)),
    st.none() | st.integers(10, 40),
    st.none() | _DAYS,
    st.lists(_CASES, max_size=3).map(tuple),
    st.lists(_CONTACTS, max_size=8).map(tuple)
    | st.lists(st.tuples(_DAYS, st.just("no_answer"), st.just("manager")), min_size=4, max_size=6).map(tuple),
)


def grounds(one: History) -> set[str]:
    """The rule once more, in the plainest way."""
    found = set()
    refused = any(result == "refused" for _d, result, _b in one.contacts)
    if one.opted or refused:
        found.add("opted_out")
    cases = [
        (day, closed if closed is None or closed <= day else day, settled)
        for day, closed, settled in one.cases
    ]
    newest = min((day for day, _c, _s in cases), default=10_000)
    bare = [day for day, result, _b in one.contacts if result == "complaint"]
    bare += [] if one.column is None else [one.column]
    undated = [day for day in bare if day < newest]
    undated += [day for day, closed, _s in cases if closed is None]
    if (
        any(closed is None and not settled for _d, closed, settled in cases)
        or any(closed is not None and closed < 14 for _d, closed, _s in cases)
        or any(day < 90 for day in undated)
    ):
        found.add("complaint")
    if one.age is not None and one.age < 18:
        found.add("minor")
    vain = [day for day, result, by in one.contacts if (result, by) == ("no_answer", "manager")]
    heard = min(
        (day for day, result, by in one.contacts if (result, by) != ("no_answer", "manager")), default=10_000
    )
    row = [day for day in vain if day < heard]
    if len(row) >= 5 and min(row) < 30:
        found.add("unanswered")
    ours = [day for day, _r, by in one.contacts if by == "manager"]
    if sum(day < 7 for day in ours) >= 2 or sum(day < 30 for day in ours) >= 6:
        found.add("tired")
    return found


@given(st.lists(HISTORIES, min_size=1, max_size=12))
@law(examples=100, few=8)
def test_one_by_one_all_at_once_and_the_rule_itself_agree(histories: list[History]) -> None:
    start = len(_BOOK)
    with _BOOK[0].write("import", "lines") as writer:
        people = [
            {"customer_no": f"{start}-{n}", "name": "客户", "marketing_opt_out": one.opted}
            for n, one in enumerate(histories)
        ]
        ids = dict(zip(writer.insert(customers, people), histories, strict=True))
        _BOOK.append(_BOOK[0])
        writer.insert(
            snapshots,
            [
                {"customer_id": who, "month": MONTH, "as_of": "2026-10-31", "batch_id": 1, "source_row": 4,
                 "age": one.age, "last_complaint_date": None if one.column is None else ago(one.column)}
                for who, one in ids.items()
            ],
        )  # fmt: skip
        writer.insert(
            complaints,
            [
                {"customer_id": who, "batch_id": 1, "source_row": 4, "date": ago(day),
                 "closed_date": None if closed is None else ago(min(closed, day)),
                 "status": "已办结" if settled else "处理中"}
                for who, one in ids.items() for day, closed, settled in one.cases
            ],
        )  # fmt: skip
        writer.insert(
            touches,
            [
                {"customer_id": who, "date": ago(day), "channel": "call", "result": result, "initiated_by": by}
                for who, one in ids.items() for day, result, by in one.contacts
            ],
        )  # fmt: skip
    with _BOOK[0].read() as conn:
        everybody = held(conn, TODAY, MONTH, RULES)
        for who, one in ids.items():
            alone = consent_of(conn, who, TODAY, MONTH, RULES)
            assert everybody.get(who, alone) == alone
            assert alone.held == (who in everybody)
            assert {ground.code for ground in alone.grounds} == grounds(one)


#: the book of the property: its examples add customers to one book
_BOOK: list[Book] = []


@pytest.fixture(autouse=True, scope="module")
def _one_book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book_key, "COST", 16)
        with Book.create(Path(tmp_path_factory.mktemp("many")) / "many.book", "correct horse") as book:
            _BOOK[:] = [book]
            yield
            _BOOK.clear()
