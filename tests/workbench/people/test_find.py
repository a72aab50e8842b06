"""Who is meant by a number, and what is said when nobody is."""

import pytest

from tests.workbench.conftest import SmallBook
from workbench.base.errors import WorkbenchError
from workbench.people.find import customer, customer_id, no_such_customer


def test_a_number_is_found_whatever_blanks_surround_it(small: SmallBook) -> None:
    small.customer("0012", occupation="教师")
    with small.book.read() as conn:
        assert customer_id(conn, " 0012\n") == small.ids["0012"]
        assert customer(conn, " 0012 ")["occupation"] == "教师"


@pytest.mark.parametrize("number", ["12", "00120", "", "0012 3"])
def test_a_number_is_looked_up_as_it_is_and_never_in_part(small: SmallBook, number: str) -> None:
    small.customer("0012")
    with small.book.read() as conn:
        for look in (customer_id, customer):
            with pytest.raises(WorkbenchError) as caught:
                look(conn, number)
            assert caught.value.code == "no_such_customer"


def test_the_sentence_repeats_a_number_but_not_what_may_be_a_name() -> None:
    assert "0012" in no_such_customer("0012").message
    assert "欧阳修远" not in no_such_customer("欧阳修远").message
    assert "ouyang" not in no_such_customer("ouyang").message
