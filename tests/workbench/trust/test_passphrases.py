"""Which passphrase a new book may get: what is guessed first is refused, whatever its length; many words are never too long."""

import pytest

from workbench.base.errors import WorkbenchError
from workbench.base.pc import SAMPLE_PASSPHRASE
from workbench.trust.passphrases import check_new_passphrase, strength

REFUSED = (
    "123456", "12345678901234567890", "aaaaaaaaaaaa", "        ", "", "password", "qwertyuiop", "工商银行2026", "我爱你123",
)  # fmt: skip


@pytest.mark.parametrize("passphrase", REFUSED)
def test_what_is_tried_first_is_refused(passphrase: str) -> None:
    with pytest.raises(WorkbenchError) as caught:
        check_new_passphrase(passphrase)
    assert caught.value.code == "weak_passphrase"


@pytest.mark.parametrize(
    "passphrase",
    ["春风化雨 2026", "correct-horse-battery-7", "四只 青蛙 跳 进 7 井 " * 40, SAMPLE_PASSPHRASE],
    ids=["chinese", "words", "800 characters", "sample"],
)
def test_what_is_hard_to_guess_is_taken(passphrase: str) -> None:
    check_new_passphrase(passphrase)


def test_the_name_of_the_book_is_guessed_first() -> None:
    name = "ZhaoqianBranchLedger"
    assert strength(name).score > strength(name, (name,)).score
    assert not strength(name, (name,)).enough


def test_a_weak_one_that_is_allowed_is_said_to_be_weak() -> None:
    judged = strength(SAMPLE_PASSPHRASE)
    assert (judged.score, judged.enough) == (2, True)
    assert "偏弱" in judged.words
    assert strength("correct-horse-battery-7").words == "够强。"
