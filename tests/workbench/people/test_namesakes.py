"""Two customers whose masked names are the same are never the same line (issue 15)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.laws import law
from tests.workbench.conftest import SmallBook
from ui.words import hit_words
from workbench.people.customer_list import CustomerQuery
from workbench.people.namesakes import number_ends
from workbench.people.privacy import mask_name, tail

NAMES = ("王小明", "王大力", "王建国")


@pytest.fixture
def alike(small: SmallBook) -> SmallBook:
    """Thirty customers 王**, ten with the same last four digits; the telephones look the same once masked."""
    for n in range(30):
        number, phone = f"00{n:02}{n % 3}{'0007' if n % 3 == 0 else f'{n:04}'}", f"138{n:04}0001"
        small.customer(
            number, name=NAMES[n % 3], name_pinyin="wang", name_initials="wxm", phone=phone,
            phone_reversed=phone[::-1],
        )  # fmt: skip
    return small


@pytest.mark.parametrize("text", ["王", "wang", "0001", "1380"])
def test_thirty_hits_with_one_masked_name_are_thirty_lines(alike: SmallBook, text: str) -> None:
    hits = alike.insight.search(text, limit=30)
    lines = [hit_words(hit) for hit in hits]
    assert len(set(lines)) == len(lines) == 30
    assert not any(hit.name in line or str(hit.phone) in line for hit, line in zip(hits, lines, strict=True))


def test_the_rows_of_the_customer_list_can_be_told_apart_too(alike: SmallBook) -> None:
    rows = alike.insight.customers(CustomerQuery(text="王", order="name"), 0, 100)
    assert len({(mask_name(row.name), row.end) for row in rows}) == len(rows) == 30


def test_a_hit_says_what_its_namesake_is_not(small: SmallBook) -> None:
    small.customer("0000100001", name="王小明", birth_date="1979-05-08", branch="中山支行")
    small.customer("0000100002", name="王大力")
    small.months("0000100001", {"aum_balance": [636_000], "aum_daily_average": [1_464_000]})
    small.months("0000100002", {"aum_balance": [1_000]}, age=66)
    first, second = sorted(small.insight.search("王"), key=lambda one: one.customer_no)
    assert hit_words(first) == "王** 0001   1979 年生 · 钻石 · 63.6万 · 中山支行"
    assert hit_words(second).startswith("王** 0002   66 岁 · ")


def test_who_is_on_no_monthly_list_is_told_by_number_and_telephone(small: SmallBook) -> None:
    small.customer("0000100001", name="王小明", phone="13812340001")
    (only,) = small.insight.search("王")
    assert hit_words(only) == "王** 0001   138****0001"


@law(examples=300)
@given(
    st.lists(
        st.tuples(st.sampled_from([*NAMES, "李"]), st.text("012", min_size=1, max_size=6)),
        unique_by=lambda one: one[1],
    )
)
def test_ends_of_numbers_are_as_short_as_they_can_be_and_tell_namesakes_apart(
    people: list[tuple[str, str]],
) -> None:
    ends = number_ends(people)
    shown = [(mask_name(name), ends[number]) for name, number in people]
    assert len(set(shown)) == len(people)
    plain = [(mask_name(name), tail(number)) for name, number in people]
    for (_name, number), usual in zip(people, plain, strict=True):
        assert number.endswith(ends[number])
        assert ends[number].endswith(tail(number))
        alone = plain.count(usual) == 1 and not any(
            end.endswith(usual[1]) for one, end in ends.items() if one != number
        )
        assert ends[number] == tail(number) or not alone
