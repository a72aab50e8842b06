"""A recovery code: 160 random bits; read however it is copied, and one wrong letter names its group."""

import pytest

from db import recovery_code

#: one for all workers: the names of tests must be the same everywhere
CODE = "0M7QB-B1WGY-HJN9C-GFQPG-YBSP5-52SGG-1GT8C-5EV6A"


def test_a_code_has_eight_groups_of_five_and_all_its_bits_count() -> None:
    assert [len(one) for one in CODE.split("-")] == [5] * 8
    assert len(recovery_code.entropy(CODE)) == 20
    assert len({recovery_code.new() for _ in range(50)}) == 50


@pytest.mark.parametrize(
    "copied",
    [CODE.lower(), CODE.replace("-", ""), CODE.replace("-", "  "), CODE.replace("0", "o").replace("1", "l")],
)
def test_it_is_read_however_it_is_copied(copied: str) -> None:
    assert recovery_code.is_code(copied)
    assert recovery_code.entropy(copied) == recovery_code.entropy(CODE)


def test_every_wrong_letter_is_noticed_and_its_group_is_named() -> None:
    for place, letter in enumerate(CODE):
        for other in "0123456789ABCDEFGHJKMNPQRSTVWXYZ" if letter != "-" else "":
            if other != letter:
                wrong = CODE[:place] + other + CODE[place + 1 :]
                assert recovery_code.wrong_groups(wrong) == (place // 6 + 1,)


def test_groups_in_another_order_are_noticed() -> None:
    groups = CODE.split("-")
    if groups[0] != groups[1]:
        assert not recovery_code.is_code("-".join([groups[1], groups[0], *groups[2:]]))


@pytest.mark.parametrize("text", ["", "春风化雨 2026", CODE[:-1], CODE + "A", CODE[:-1] + "U"])
def test_what_has_not_its_form_is_none(text: str) -> None:
    assert not recovery_code.is_code(text)
    with pytest.raises(ValueError, match="not a recovery code"):
        recovery_code.entropy(text)
