"""The words of a branch's own, and those of ours that it leaves out: kept with the book, checked with the others, undone."""

from pathlib import Path

import pytest

from db.engine import Book
from tests.books import new_book
from workbench.base.errors import WorkbenchError
from workbench.people.change_words import change_words
from workbench.people.red_words import RedWords, lines_in_force
from workbench.rules.parameters import Rules
from workbench.rules.red_lines import red_lines_in, shipped_lines

PASSPHRASE = "correct horse"


@pytest.fixture
def words(tmp_path: Path) -> RedWords:
    return RedWords(new_book(tmp_path / "words.book", PASSPHRASE), Rules.load())


def book_of(words: RedWords) -> Book:
    return words._book


def crossed(words: RedWords, text: str) -> list[str]:
    return [one.word for one in words.crossed(text)]


def test_without_words_of_its_own_a_book_has_ours(words: RedWords) -> None:
    assert words.lines() == shipped_lines()
    assert not any(one.own or one.off for one in words.all())
    assert crossed(words, "这款保本") == ["保本"]


def test_a_word_of_ones_own_is_refused_with_its_reason_and_what_may_be_said(words: RedWords) -> None:
    change = words.add("  开门 红礼包", "本行不送礼包", "权益以公布的规则为准")
    (line,) = words.crossed("来领开门红 礼包")
    assert line.sentence == "“开门 红礼包”不能说:本行不送礼包。可以说:权益以公布的规则为准"
    first = words.all()[0]
    assert (first.word, first.own, first.off) == ("开门 红礼包", True, False)
    with book_of(words).read() as conn:
        assert lines_in_force(conn)[0].word == max((one.word for one in words.lines()), key=len)
        assert change_words(conn, change.undo_id or 0) == "添加禁用词"
    words.add("开门 红礼包", "改写的理由")
    assert words.crossed("开门红礼包")[0].why == "改写的理由"
    assert len([one for one in words.all() if one.own]) == 1
    other = words.add("抱团")
    book_of(words).reverse(other.undo_id or 0)
    assert crossed(words, "抱团开门红礼包") == ["开门 红礼包"]


def test_a_shipped_word_is_left_out_and_comes_back(words: RedWords) -> None:
    words.leave_out("名额")
    assert crossed(words, "给您留一个名额") == []
    assert crossed(words, "最后名额") == ["最后名额"]
    assert next(one for one in words.all() if one.word == "名额").off
    with pytest.raises(WorkbenchError) as known:
        words.add("名额")
    assert known.value.code == "known_word"
    words.restore("名额")
    assert crossed(words, "给您留一个名额") == ["名额"]
    assert not next(one for one in words.all() if one.word == "名额").off


def test_one_of_its_own_is_deleted(words: RedWords) -> None:
    words.add("抱团")
    words.leave_out("抱团")
    assert red_lines_in("抱团", words.lines()) == ()
    assert not any(one.own for one in words.all())


@pytest.mark.parametrize(
    ("word", "why", "instead", "code"),
    [
        (" ", "", "", "no_text"), ("字" * 21, "", "", "too_long"), ("某词", "字" * 61, "", "too_long"),
        ("某词", "", "字" * 61, "too_long"), ("保本", "", "", "known_word"), ("某词", "", "还是说某词", "known_word"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_and_writes_nothing(
    words: RedWords, word: str, why: str, instead: str, code: str
) -> None:
    with pytest.raises(WorkbenchError) as refused:
        words.add(word, why, instead)
    assert refused.value.code == code
    assert words.lines() == shipped_lines()


def test_a_word_that_is_none_cannot_be_left_out_or_restored(words: RedWords) -> None:
    for act in (words.leave_out, words.restore):
        with pytest.raises(WorkbenchError) as refused:
            act("没有的词")
        assert refused.value.code == "no_such_word"
    words.leave_out("保本")
    with pytest.raises(WorkbenchError):
        words.leave_out("保本")
    with pytest.raises(WorkbenchError):
        words.restore("稳赚")
