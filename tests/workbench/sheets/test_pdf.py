"""The typesetter: what a paper took in memory is given back when the paper is done."""

import subprocess
import sys

import pytest

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
        [sys.executable, "-c", _MANY], capture_output=True, text=True, check=True, timeout=120
    )
    assert int(grown.stdout) < 60
