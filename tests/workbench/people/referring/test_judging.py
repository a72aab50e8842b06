"""What is wrong with referrals: oneself by each way, circles, staff, intermediaries, customers already, the same person twice."""

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from workbench.people.referring.finding import ReferralFinding
from workbench.people.referring.judging import judge
from workbench.people.referring.line import KnownAccount, ReferralLine
from workbench.rules.parameters import Rules

RULES = Rules.load()
A = KnownAccount("001", "王芳", "13612340001", "330106198001011234", "2020-01-05")
B = KnownAccount("002", "李雷", "13612340002", "330106198101011234", "2026-06-01")
C = KnownAccount("003", "赵敏", "13612340003", "330106198201011234", "2026-06-01")
DAY = "2026-05-04"


def line(ref: int, giver: KnownAccount, **facts: Any) -> ReferralLine:
    return ReferralLine(ref, giver.number, **{"date": DAY, **facts})


def judged(
    *lines: ReferralLine, accounts: tuple[KnownAccount, ...] = (A, B, C), managers: tuple[str, ...] = ()
) -> list[ReferralFinding]:
    return judge(lines, accounts, managers, RULES)


def kinds(*lines: ReferralLine, **more: Any) -> list[tuple[str, bool]]:
    return [(one.code, one.sure) for one in judged(*lines, **more)]


@pytest.mark.parametrize(
    ("facts", "sure", "word"),
    [
        ({"number": "001"}, True, "客户号相同"),
        ({"name": "小王", "phone": "13612340001"}, True, "手机号就是"),
        ({"number": "009"}, True, "同一个证件号码"),
        ({"name": "王芳", "phone": "136****0001"}, True, "数字也相符"),
        ({"name": "王芳"}, False, "请问清"),
    ],
)
def test_who_refers_himself_is_seen_each_way(facts: dict[str, str], sure: bool, word: str) -> None:
    twin = replace(A, number="009", phone="13912340009", opened="2026-06-01")
    (one,) = [one for one in judged(line(1, A, **facts), accounts=(A, twin, B)) if one.code == "self"]
    assert (one.sure, one.refs) == (sure, (1,))
    assert word in one.sentence
    assert one.refuses(RULES) == sure


def test_a_namesake_with_another_telephone_is_somebody_else() -> None:
    assert kinds(line(1, A, name="王芳", phone="13912345678")) == []


def test_a_circle_of_three_is_one_finding_with_its_lines_whatever_their_order() -> None:
    lines = [
        line(1, A, phone=B.phone),
        line(2, B, number="003"),
        line(3, C, phone=A.phone),
        line(4, C, name="小孙"),
    ]
    for order in permutations(lines):
        (one,) = [one for one in judged(*order) if one.code == "circle"]
        assert (one.members, one.refs) == (("001", "002", "003"), (1, 2, 3))
        assert one.sentence == "转介绕了一圈又回到起点:王* 1 → 李* 2 → 赵* 3 → 王* 1"


def test_namesakes_close_no_circle() -> None:
    assert kinds(line(1, A, name="李雷"), line(2, B, name="王芳")) == []


def test_staff_is_a_verdict_by_words_and_a_question_by_the_name() -> None:
    own = replace(B, work="某某公司 本行员工")
    assert kinds(line(1, own, name="小孙"), accounts=(A, own)) == [("staff", True)]
    assert kinds(line(1, A, name="小孙", relation="我行员工")) == [("staff", True)]
    (one,) = judged(line(1, A, name="孙立"), managers=("孙立",))
    assert (one.code, one.sure) == ("staff", False)
    assert "可能只是同名" in one.sentence
    banker = replace(B, work="某某农商行")
    assert [
        one.sure for one in judged(line(1, banker, name="小孙"), accounts=(A, banker), managers=("李雷",))
    ] == [True]


def test_five_loans_in_a_month_ask_whether_it_is_an_intermediary() -> None:
    loans = [line(n, A, name=f"客{n}", words="经营贷") for n in range(5)]
    assert kinds(*loans[:4]) == []
    (one,) = judged(*loans)
    assert (one.code, one.refs) == ("intermediary", (0, 1, 2, 3, 4))
    assert "2026-05 转介了 5 笔" in one.sentence
    spread = [replace(one, date="2026-06-01") if one.ref == 4 else one for one in loans]
    assert kinds(*spread) == []
    # what the sheet says of a loan counts before the words
    assert kinds(*(replace(one, loan=False) for one in loans)) == []
    assert kinds(*(replace(one, words="", loan=True) for one in loans)) == [("intermediary", True)]


def test_who_was_a_customer_before_is_no_referral() -> None:
    assert kinds(line(1, B, phone=A.phone)) == [("customer", True)]
    assert kinds(line(1, A, phone=B.phone)) == []
    undated = replace(B, opened="", listed="2026-03-31")
    assert kinds(line(1, A, phone=B.phone), accounts=(A, undated)) == [("customer", True)]
    unknown = replace(B, opened="")
    assert kinds(line(1, A, phone=B.phone), accounts=(A, unknown)) == []


def test_the_first_who_referred_somebody_counts() -> None:
    first, later = line(7, B, phone="13912345678"), line(1, A, phone="13912345678", date="2026-05-20")
    (one,) = judged(later, first)
    assert (one.code, one.refs) == ("twice", (1,))
    assert f"{DAY} 已由另一位客户(李* 2)" in one.sentence
    again = line(8, B, phone="13912345678")
    assert kinds(first, again) == []
    assert kinds(first, replace(again, date="2026-05-20")) == [("twice", True)]
