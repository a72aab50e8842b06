"""A password in an address is gone from the list of processes once the program runs."""

import subprocess
import sys
from pathlib import Path

import pytest

from workbench.base.process_title import passwords_in

ROOT = Path(__file__).resolve().parents[3]
SECRET = "g3heim"


@pytest.mark.parametrize(
    "word",
    [
        f"postgresql://me:{SECRET}@server/book",
        f"--book=postgres://me:{SECRET}@server/book",
        f"postgresql:///book?host=/run&password={SECRET}",
    ],
)
def test_a_password_is_found_as_it_was_typed(word: str) -> None:
    assert passwords_in(["workbench", word]) == [SECRET]


def test_other_words_hold_none() -> None:
    assert (
        passwords_in(["--book", "postgresql://me@server:5432/book?sslmode=verify-full", "a:b@c", "名单.xlsx"])
        == []
    )


#: command lines of one process, a password each
LINES = [
    ["verify", "--book", "postgresql://me:g3heim0@server/book"],
    ["--book=postgresql://me:g3heim1@server/book", "verify"],
    ["verify", "postgresql://me:g3heim2@server/book"],
    ["verify", "--book", "postgresql://server/book?password=g3heim3", "postgresql://:g3heim3@/"],
]
SCRIPT = """
import sys
from itertools import groupby
from pathlib import Path
from workbench import cli
for apart, words in groupby(sys.argv[1:], lambda word: word == "/"):
    if not apart:
        sys.argv = ["workbench", *words]
        print(cli.main(), Path("/proc/self/cmdline").read_bytes())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process change what it is called by")
def test_neither_the_list_of_processes_nor_any_sentence_shows_it() -> None:
    words = [word for line in LINES for word in ("/", *line)]
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    lines = done.stdout.splitlines()
    shown = [line.partition(" b'") for line in lines if " b'" in line]
    assert [status for status, _sign, _title in shown] == ["2"] * len(LINES)
    for number, (_status, _sign, title) in enumerate(shown):
        # as each command ends its own password is gone, and those to come still stand there
        hidden = [f"{SECRET}{one}" not in title for one in range(len(LINES))]
        assert hidden == [one <= number for one in range(len(LINES))]
        assert "verify" in title
        assert "*" * len(f"{SECRET}{number}") in title
    assert SECRET not in done.stderr + "".join(line for line in lines if " b'" not in line)
