"""A customer with the same telephone is proposed and never linked."""

from tests.workbench.people.prospects.conftest import PHONE, Made, zhao
from workbench.people.prospects.prospect import LikelyAccount
from workbench.people.prospects.room import Prospects


def likely(room: Prospects) -> LikelyAccount | None:
    (one,) = room.all().open
    assert (one.state, one.customer_no) == ("open", None)
    return one.likely


def test_the_same_number_is_proposed(room: Prospects, customer: Made) -> None:
    room.add(zhao(name="赵海"))
    assert likely(room) is None
    customer("001", "赵海", PHONE)
    assert likely(room) == LikelyAccount("001", "赵海", "手机号相同、姓名相同")


def test_another_surname_is_said(room: Prospects, customer: Made) -> None:
    room.add(zhao())
    customer("001", "钱海", PHONE)
    account = likely(room)
    assert account is not None
    assert account.evidence == "手机号相同、姓氏不同"


def test_of_several_with_the_number_the_namesake_is_proposed(room: Prospects, customer: Made) -> None:
    room.add(zhao())
    customer("001", "钱海", PHONE)
    customer("002", "赵海", PHONE)
    account = likely(room)
    assert account is not None
    assert (account.customer_no, account.evidence) == ("002", "手机号相同、姓氏相同、同一号码有 2 位客户")


def test_a_masked_number_counts_only_with_the_surname_and_only_for_one(
    room: Prospects, customer: Made
) -> None:
    room.add(zhao())
    customer("001", "钱海", "136****0009")
    assert likely(room) is None
    customer("002", "赵海", "136****0009")
    account = likely(room)
    assert account is not None
    assert (account.customer_no, account.evidence) == ("002", "手机号与“136****0009”相符、姓氏相同")
    customer("003", "赵江", "136****0009")
    assert likely(room) is None


def test_too_few_visible_digits_prove_nothing(room: Prospects, customer: Made) -> None:
    room.add(zhao())
    customer("001", "赵海", "*******0009")
    assert likely(room) is None
