"""Two numbers of one person become one, and become two again exactly as they were."""

import itertools
import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st
from sqlalchemy import select

from db.engine import Book
from db.record import identities, movements
from db.tables import (  # fmt: skip
    complaints,
    customers,
    flows,
    holdings,
    payrolls,
    plan_customers,
    plan_items,
    plans,
    referrals,
    risks,
    snapshots,
    touches,
)
from tests.books import new_book
from tests.laws import law
from tests.workbench.intake.people import month, people, put
from workbench.base.errors import WorkbenchError
from workbench.intake.who.merging import aliases, apart, merge, merges
from workbench.rules.parameters import Rules


def rows(book: Book, table: Any, *columns: str) -> list[tuple[Any, ...]]:
    with book.read() as conn:
        result = conn.execute(select(*(table.c[name] for name in columns)).order_by(table.c.id))
        return [tuple(row) for row in result]


def alias(book: Book) -> dict[str, str]:
    with book.read() as conn:
        return aliases(conn)


def test_months_of_both_add_up_and_a_blank_adds_nothing(book: Book, rules: Rules) -> None:
    keep, other = people(book, {"customer_no": "1"}, {"customer_no": "2"})
    month(book, "2026-09", {other: {"aum_balance": 300}})
    month(book, "2026-10", {
        keep: {"aum_balance": 100, "fund_balance": None, "txn_count_1m": 3, "age": 41, "is_merchant": 0,
               "last_txn_date": "2026-10-03", "employer": "甲厂", "monthly_income": 900},
        other: {"aum_balance": 50, "fund_balance": 7, "txn_count_1m": 2, "age": 41, "is_merchant": 1,
                "last_txn_date": "2026-10-09", "employer": "乙厂", "monthly_income": 900},
    })  # fmt: skip
    merge(book, "1", "2", "同一人", rules)
    assert rows(book, snapshots, "customer_id", "month", "aum_balance") == [
        (keep, "2026-09", 300),
        (keep, "2026-10", 150),
    ]
    names = (
        "fund_balance",
        "txn_count_1m",
        "age",
        "is_merchant",
        "last_txn_date",
        "employer",
        "monthly_income",
    )
    assert rows(book, snapshots, *names)[1] == (7, 5, 41, 1, "2026-10-09", "甲厂", 900)


def test_what_belongs_together_stays_together(book: Book, rules: Rules) -> None:
    keep, other = people(book, {"customer_no": "1"}, {"customer_no": "2"})
    month(book, "2026-10", {
        keep: {"deposit_maturity_date": "2026-12-01", "deposit_maturity_amount": 100, "deposit_maturity_days": 31,
               "last_contact_date": "2026-10-01", "last_contact_result": "未接通",
               "wealth_maturity_date": "2026-11-05", "wealth_maturity_amount": 10},
        other: {"deposit_maturity_date": "2026-11-10", "deposit_maturity_amount": 40, "deposit_maturity_days": 10,
                "last_contact_date": "2026-10-20", "last_contact_result": "已联系",
                "wealth_maturity_date": "2026-11-05", "wealth_maturity_amount": 5},
    })  # fmt: skip
    merge(book, "1", "2", "同一人", rules)
    names = ("deposit_maturity_date", "deposit_maturity_amount", "deposit_maturity_days", "last_contact_result",
             "wealth_maturity_amount")  # fmt: skip
    assert rows(book, snapshots, *names) == [("2026-11-10", 40, 10, "已联系", 15)]


def test_everything_of_the_other_goes_over(book: Book, rules: Rules) -> None:
    keep, other, third = people(
        book,
        {"customer_no": "1", "name": "王*", "phone": None, "marketing_opt_out": 0, "extra": '{"a": "1"}'},
        {"customer_no": "2", "name": "王伟", "phone": "13812341234", "marketing_opt_out": 1, "gender": "男",
         "extra": '{"a": "2", "b": "3"}'},
        {"customer_no": "3", "name": "李芳"},
    )  # fmt: skip
    day = {"date": "2026-10-01"}
    put(
        book,
        touches,
        {"customer_id": other, **day, "channel": "phone", "result": "reached", "initiated_by": "m"},
    )
    put(book, payrolls, {"customer_id": other, **day, "month": "2026-10", "amount": 5})
    put(book, complaints, {"customer_id": other, **day})
    put(book, referrals, {"customer_id": third, **day, "referred_customer_no": "2"})
    put(book, flows, {"customer_id": keep, **day, "month": "2026-10", "inflow": 5, "largest_inflow": 5, "rows": 1,
                      "counterparties": '{"x": 1}'},
        {"customer_id": other, **day, "month": "2026-10", "inflow": 7, "largest_inflow": 4, "rows": 2,
         "counterparties": '{"x": 2, "y": 1}'})  # fmt: skip
    put(book, holdings, {"customer_id": other, "month": "2026-10", "as_of": "2026-10-31", "batch_id": 1,
                         "source_row": 4, "kind": "holding", "line": 1, "amount": 9})  # fmt: skip
    put(book, movements, {"customer_id": other, "month": "2026-10", "direction": "new", "cause": "opened",
                          "chosen": 0, "batch_id": 1})  # fmt: skip
    (plan,) = put(book, plans, {"week": "2026-W44", "state": "draft", "created_at": "x", "rule_version": "x",
                                "calls": 1, "visits": 1, "header": "{}"})  # fmt: skip
    (item,) = put(book, plan_items, {"plan_id": plan, "block": "quick_win", "position": 1, **dict.fromkeys(
        ("kind", "method", "basis", "action", "script", "done_when", "due"), "x")})  # fmt: skip
    put(book, plan_customers, {"item_id": item, "customer_id": keep, "position": 1, "reason": "r"},
        {"item_id": item, "customer_id": other, "position": 2, "reason": "s", "result": "met"})  # fmt: skip
    with book.derive() as conn:
        conn.execute(risks.insert(), {"customer_id": other, "month": "2026-10",
                                      "risk": 1.0, "rank": 1, "profiles": 0, "cannot_tell": 0, "facts": 0})  # fmt: skip
    before = book.fingerprint()
    change = merge(book, "1", "2", "同一人", rules, ["手机号相同"])
    for table in (touches, payrolls, complaints, holdings, movements, flows, plan_customers):
        assert {row[0] for row in rows(book, table, "customer_id")} == {keep}
    assert rows(book, flows, "inflow", "largest_inflow", "rows", "counterparties") == [
        (12, 5, 3, '{"x": 3, "y": 1}')
    ]
    assert rows(book, plan_customers, "reason", "result") == [("r", "met")]
    assert rows(book, referrals, "referred_customer_no") == [("1",)]
    names = ("customer_no", "name", "name_initials", "phone_reversed", "marketing_opt_out", "gender", "extra")
    assert rows(book, customers, *names)[0] == (
        "1", "王伟", "ww", "43214321831", 1, "男", '{"a": "1", "b": "3"}',
    )  # fmt: skip
    assert alias(book) == {"2": "1"}
    assert rows(book, risks, "id") == []
    with book.read() as conn:
        (errors,) = merges(conn)
    assert (errors.keep_no, errors.other_no, errors.name, errors.reason) == ("1", "2", "王伟", "同一人")
    assert errors.change_id == change.undo_id
    assert book.verify() == []
    book.reverse(errors.change_id)
    assert book.fingerprint() == before


def test_numbers_merged_before_lead_to_the_last_one_kept(book: Book, rules: Rules) -> None:
    people(book, *({"customer_no": str(n)} for n in range(1, 5)))
    apart(book, "3", "4", "父子")
    apart(book, "2", "4", "父子")
    merge(book, "2", "3", "同一人", rules)
    merge(book, "1", "2", "同一人", rules)
    assert alias(book) == {"3": "1", "2": "1"}
    assert sorted(rows(book, identities, "customer_id", "other_no", "verdict")) == [
        (1, "2", "merged"),
        (1, "3", "merged"),
        (1, "4", "apart"),
    ]


def test_a_verdict_between_two_gives_way_to_their_merge(book: Book, rules: Rules) -> None:
    people(book, {"customer_no": "1"}, {"customer_no": "2"})
    apart(book, "2", "1", "看错了")
    apart(book, "1", "2", "还是两人")
    assert rows(book, identities, "customer_id", "other_no", "reason") == [(2, "1", "还是两人")]
    merge(book, "1", "2", "证件相同", rules)
    assert rows(book, identities, "customer_id", "other_no", "verdict") == [(1, "2", "merged")]


@pytest.mark.parametrize(
    ("keep", "other", "reason", "code"),
    [
        ("1", "1", "理由", "same_customer"), ("1", "9", "理由", "no_such_customer"), ("9", "1", "理由", "no_such_customer"),
        ("1", "2", " ", "no_reason"), ("1", "3", "理由", "already_merged"), ("3", "1", "理由", "already_merged"),
    ],
)  # fmt: skip
def test_what_cannot_be_merged_is_reported_and_nothing_changes(
    book: Book, rules: Rules, keep: str, other: str, reason: str, code: str
) -> None:
    people(book, {"customer_no": "1"}, {"customer_no": "2"}, {"customer_no": "3"})
    merge(book, "2", "3", "同一人", rules)
    before = book.fingerprint()
    with pytest.raises(WorkbenchError) as errors:
        merge(book, keep, other, reason, rules)
    assert errors.value.code == code
    assert book.fingerprint() == before


NUMBERS = itertools.count()
figure = st.one_of(st.none(), st.integers(0, 5))
one_month = st.fixed_dictionaries({
    "aum_balance": figure, "txn_count_1m": figure, "is_merchant": st.one_of(st.none(), st.integers(0, 1)),
    "last_txn_date": st.sampled_from([None, "2026-01-01", "2026-02-01"]), "employer": st.sampled_from([None, "甲"]),
    "deposit_maturity_date": st.sampled_from([None, "2026-01-01", "2026-02-01"]), "deposit_maturity_amount": figure,
})  # fmt: skip
life = st.dictionaries(st.sampled_from(["2026-08", "2026-09", "2026-10"]), one_month)
person = st.fixed_dictionaries({
    "name": st.sampled_from([None, "王伟", "王*"]), "phone": st.sampled_from([None, "13812341234", "138****1234"]),
    "marketing_opt_out": st.one_of(st.none(), st.integers(0, 1)), "extra": st.sampled_from([None, '{"a": "1"}']),
})  # fmt: skip


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as made:
        yield Path(made)


@law(examples=100, few=6, suppress_health_check=list(HealthCheck))
@given(lives=st.tuples(life, life, life), who=st.tuples(person, person, person))
def test_a_merge_undone_is_nothing_and_money_is_never_lost(
    folder: Path, lives: tuple[dict[str, dict[str, Any]], ...], who: tuple[dict[str, Any], ...]
) -> None:
    with new_book(folder / f"{next(NUMBERS)}.book", "春风化雨") as book:
        ids = people(book, *({"customer_no": str(n), **one} for n, one in enumerate(who)))
        for customer, amounts in zip(ids, lives, strict=True):
            for name, figures in amounts.items():
                month(book, name, {customer: figures})
        states, totals, changes = [book.fingerprint()], [_total(book)], []
        for keep, other in (("1", "2"), ("0", "1")):
            changes.append(merge(book, keep, other, "同一人", Rules.load()).undo_id)
            states.append(book.fingerprint())
            totals.append(_total(book))
        assert alias(book) == {"1": "0", "2": "0"}
        assert len(set(totals)) == 1
        assert len(rows(book, snapshots, "id")) == len(set().union(*lives))
        for change in reversed(changes):
            assert book.fingerprint() == states.pop()
            assert change is not None
            book.reverse(change)
        assert book.fingerprint() == states.pop()
        assert book.verify() == []


def _total(book: Book) -> int:
    return sum(amount or 0 for (amount,) in rows(book, snapshots, "aum_balance"))


def test_the_evidence_is_kept_with_the_verdict(book: Book, rules: Rules) -> None:
    people(book, {"customer_no": "1"}, {"customer_no": "2"})
    change = merge(book, "1", "2", " 同一人 ", rules, ["证件号码相同"])
    ((reason, evidence),) = rows(book, identities, "reason", "evidence")
    assert reason == "同一人"
    assert json.loads(evidence) == {"change": change.undo_id, "words": ["证件号码相同"]}
