"""How old somebody is: by his date of birth, his identity number, a correction, else as the list says."""

from tests.workbench.conftest import SmallBook
from workbench.people.ages import PersonAge, ages_of


def test_the_first_that_tells_it_counts(small: SmallBook) -> None:
    small.customer("born", birth_date="1960-11-17", gender="女")
    small.customer("numbered", id_no="110105194912310026")
    small.month("told", age=71)
    small.month("told", 1, age=70)
    small.customer("blank")
    with small.book.read() as conn:
        ages = ages_of(conn, "2026-11-16", small.ids.values())
    by_name = {name: ages[number] for name, number in small.ids.items()}
    assert by_name["born"] == PersonAge(65, woman=True)  # his birthday is tomorrow
    assert by_name["told"] == PersonAge(71, woman=None)
    assert by_name["blank"] == PersonAge(None, None)
    assert by_name["numbered"].years in (76, None)
