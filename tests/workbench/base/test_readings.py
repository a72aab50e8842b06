"""How a character is read as a surname: its own reading there, else the usual one; rare ones too."""

import pytest

from workbench.base.readings import surname_reading, usual_reading
from workbench.people.names import pinyin


@pytest.mark.parametrize(
    ("sign", "usual", "surname"),
    [
        ("单", "dan", "shan"),
        ("吉", "ji", "ji"),
        ("吕", "lv", "lv"),
        ("𠮷", "", "ji"),
        ("𠀅", "hai", "hai"),
        ("A", "", ""),
    ],
)
def test_a_surname_has_its_own_reading(sign: str, usual: str, surname: str) -> None:
    assert (usual_reading(sign), surname_reading(sign)) == (usual, surname)


def test_a_rare_surname_is_searched_by_pinyin() -> None:
    assert pinyin(["𠮷田一"]) == (["jitianyi"], ["jty"])
