"""What nobody sees is not shown: it can neither turn round the words beside it nor hide among them."""

import json

import pytest

from workbench.base.unseen import UNSEEN, escaped, seen, seen_line


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("张\u202e三\u202c", "张三"), ("\u2066李\u2069四\u200f", "李四"), ("王\u200b五\ufeff", "王五"),
        ("a\x00b\x1b[2J\x85c", "ab[2Jc"), ("一\r\n二\r三\u2028四", "一\n二\n三\n四"), ("半\ud83d个", "半\ufffd个"),
        ("👨\u200d👩\u200d👧 ❤\ufe0f", "👨\u200d👩\u200d👧 ❤\ufe0f"), ("张\u200d三\ufe0f", "张三"), ("plain", "plain"),
        ("a\tb", "a\tb"),
    ],
)  # fmt: skip
def test_a_text_as_it_may_be_shown(text: str, shown: str) -> None:
    assert seen(text) == shown
    assert seen(shown) == shown


def test_on_one_line() -> None:
    assert seen_line("一\n二 \u202e 三\t四") == "一 二 三 四"
    assert seen_line(" plain  text ") == "plain text"


def test_a_document_says_the_same_without_what_a_terminal_acts_on() -> None:
    body = {
        "name": "张\u202e三\x1b\x9b2J\U000e0001\u2028",
        "half": "\ud83d",
        "plain": ["a", "中", 5, None],
        "tab": "\t",
    }
    document = escaped(json.dumps(body, ensure_ascii=False, indent=1))
    assert json.loads(document) == body
    assert UNSEEN.search(document) is None
    assert "张" in document
    document.encode()
