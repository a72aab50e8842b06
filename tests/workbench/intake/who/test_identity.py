"""Who may be one person: pairs in the book, rows without a number, numbers that changed."""

import pytest

from db.engine import Book
from tests.workbench.intake.people import month, people
from workbench.intake.report import Candidate
from workbench.intake.who.identity import Nameless, Pair, candidates, number_changed, queue
from workbench.intake.who.likeness import Identity
from workbench.intake.who.merging import apart, merge
from workbench.rules.parameters import Rules

ID = "11010519491231002X"


def pairs(book: Book, rules: Rules) -> tuple[Pair, ...]:
    with book.read() as conn:
        return queue(conn, rules)


def numbers(book: Book, rules: Rules) -> list[set[str]]:
    return [{pair.keep.customer_no, pair.other.customer_no} for pair in pairs(book, rules)]


def may_be(book: Book, rules: Rules, *rows: Nameless) -> tuple[Candidate, ...]:
    with book.read() as conn:
        return candidates(conn, rows, rules)


def test_the_same_identity_number_under_two_customer_numbers_comes_first(book: Book, rules: Rules) -> None:
    people(
        book,
        {"customer_no": "1", "name": "王伟", "id_no": ID},
        {"customer_no": "2", "name": "王伟", "id_no": "110105491231002"},
        {"customer_no": "3", "name": "李芳", "phone": "13812341234"},
        {"customer_no": "4", "name": "李芳", "phone": "13812341234"},
        {"customer_no": "5", "name": "李芳", "phone": "13900000000"},
    )
    matches = pairs(book, rules)
    assert [(p.keep.customer_no, p.other.customer_no, p.score, p.evidence) for p in matches] == [
        ("1", "2", 1.0, ("证件号码相同",)),
        ("3", "4", 0.9, ("姓名相同", "手机号相同")),
    ]


def test_the_same_name_alone_is_never_in_the_queue(book: Book, rules: Rules) -> None:
    people(book, *({"customer_no": str(n), "name": "王伟"} for n in range(5)))
    assert pairs(book, rules) == ()


def test_name_and_birthday_need_one_thing_more(book: Book, rules: Rules) -> None:
    same = {"name": "王伟", "birth_date": "1980-01-02"}
    people(
        book, {"customer_no": "1", **same, "employer": "甲厂"}, {"customer_no": "2", **same, "employer": "甲厂"},
        {"customer_no": "3", **same},
    )  # fmt: skip
    assert numbers(book, rules) == [{"1", "2"}]


def test_a_number_that_came_when_another_left_is_that_one_thing_more(book: Book, rules: Rules) -> None:
    same = {"name": "王伟", "birth_date": "1980-01-02"}
    first, second = people(book, {"customer_no": "1", **same}, {"customer_no": "2", **same})
    month(book, "2026-09", {first: {"aum_balance": 5}})
    month(book, "2026-10", {second: {"aum_balance": 7}})
    (pair,) = pairs(book, rules)
    assert "一个号离开名单时另一个号出现" in pair.evidence
    assert (pair.keep.customer_no, pair.keep.last_month, pair.keep.aum_fen) == ("2", "2026-10", 7)
    assert (pair.other.first_month, pair.other.aum_fen) == ("2026-09", 5)


def test_masked_forms_meet_the_full_ones(book: Book, rules: Rules) -> None:
    people(
        book,
        {"customer_no": "1", "name": "张三", "phone": "13812341234", "id_no": ID},
        {"customer_no": "2", "name": "张*", "phone": "138****1234"},
        {"customer_no": "3", "name": "张*", "id_no": "110105********002X"},
        {"customer_no": "4", "name": "李*", "phone": "138****1234"},
    )
    assert sorted(map(sorted, numbers(book, rules))) == [["1", "2"], ["1", "3"]]


def test_a_number_that_many_share_is_a_placeholder(book: Book, rules: Rules) -> None:
    many = rules.whole("intake.identity_group") + 1
    people(book, *({"customer_no": str(n), "name": "王伟", "phone": "13800000000"} for n in range(many)))
    assert pairs(book, rules) == ()


def test_what_was_decided_is_not_a_question_again_also_after_a_merge(book: Book, rules: Rules) -> None:
    same = {"name": "李芳", "phone": "13812341234"}
    people(book, *({"customer_no": str(n), **same} for n in (1, 2, 3)))
    assert len(pairs(book, rules)) == 3
    apart(book, "3", "2", "母女同用一个手机")
    assert [{"1", "2"}, {"1", "3"}] == numbers(book, rules)
    merge(book, "1", "2", "同一人", rules)
    assert numbers(book, rules) == []


def test_a_row_without_a_number_finds_its_customer(book: Book, rules: Rules) -> None:
    people(
        book,
        {"customer_no": "1", "name": "张三", "phone": "13812341234", "id_no": ID},
        {"customer_no": "2", "name": "张小明", "phone": "13900001234"},
    )
    by_id, by_mask, nobody = (
        Nameless(5, "张三", None, ID),
        Nameless(6, "张*", "139****1234"),
        Nameless(7, "张三"),
    )
    matches = may_be(book, rules, by_id, by_mask, nobody)
    assert [(one.row, one.customer_no, one.score) for one in matches] == [(5, "1", 1.0), (6, "2", 0.9)]
    assert matches[1].wording == "张* 139****1234"
    assert matches[1].name == "张小明"


def test_where_several_fit_alike_none_is_sure(book: Book, rules: Rules) -> None:
    people(book, *({"customer_no": str(n), "name": f"张{n}", "phone": f"138{n}0001234"} for n in range(1, 6)))
    matches = may_be(book, rules, Nameless(5, "张*", "138****1234"))
    assert len(matches) == rules.whole("intake.identity_candidates")
    assert all(one.score < rules.number("intake.identity_least") for one in matches)


def test_a_telephone_alone_is_not_made_sure_by_being_the_only_one(book: Book, rules: Rules) -> None:
    people(book, {"customer_no": "1", "name": "张三", "phone": "13812341234"})
    (matches,) = may_be(book, rules, Nameless(5, None, "13812341234"))
    assert matches.score == pytest.approx(0.6)


def test_a_new_number_of_a_customer_who_left_is_recognised_once(rules: Rules) -> None:
    gone = [Identity(1, "old", "王伟", birth_date="1980-01-02"), Identity(2, "gone", "李芳", "13812341234")]
    came = [
        Identity(0, "new", "王伟", birth_date="1980-01-02"), Identity(1, "other", "王伟", birth_date="1980-01-02"),
        Identity(2, "child", "李小芳", "13812341234"),
    ]  # fmt: skip
    (matches,) = number_changed(came, gone, rules)
    assert (matches.old_no, matches.new_no) == ("old", "new")
    assert "出生日期相同" in matches.evidence
