"""The typesetter: what a paper took in memory is given back when the paper is done; what it is given holds nothing that nobody
sees, however deep it stands in the content."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.waits import LIMIT
from workbench.sheets import pdf

#: typesets twelve papers that share nothing and prints by how many million bytes the process grew after the third
_MANY = """
from pathlib import Path
from workbench.sheets.pdf import compiled

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / 1e6

for paper in range(12):
    words = [f"{paper}-{row} " + "张王李赵" * 6 for row in range(400)]
    pdf = compiled("register", {
        "title": str(paper), "lang": "zh", "says": "", "nobody": "", "heads": ["a"] * 6, "notes": [], "signs": ["a"],
        "footer": ["a", "b", "c", "d"], "rows": [[word] * 6 for word in words],
    })
    assert pdf.startswith(b"%PDF")
    if paper == 2:
        before = resident()
print(round(resident() - before))
"""


@pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="how much a process holds is read as Linux tells it"
)
def test_a_dozen_papers_hold_no_more_memory_than_three() -> None:
    grown = subprocess.run(
        [sys.executable, "-c", _MANY], capture_output=True, text=True, check=True, timeout=LIMIT
    )
    assert int(grown.stdout) < 60


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
