"""What the typesetter is given holds nothing that nobody sees, however deep it stands in the content."""

import json
from typing import Any

import pytest

from workbench.sheets import pdf


class Typesetter:
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.data: Any = None

    def compile(self, **given: Any) -> bytes:
        """Take the content."""
        self.data = json.loads(given["sys_inputs"]["data"])
        return b"%PDF"


def test_names_on_paper_cannot_turn_round_the_words_beside_them(monkeypatch: pytest.MonkeyPatch) -> None:
    setter = Typesetter()
    monkeypatch.setattr(pdf, "_compiler", lambda *_which: setter)
    pdf.compiled(
        "pack", {"name": "张\u202e三\x1b", "rows": [("李\u2066四", 5, None)], "parts": {"a": ["王\u200b五"]}}
    )
    assert setter.data == {"name": "张三", "rows": [["李四", 5, None]], "parts": {"a": ["王五"]}}
