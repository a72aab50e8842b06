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


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux lets a process change what it is called by")
@pytest.mark.parametrize(
    "words",
    [
        ["verify", "--book", f"postgresql://me:{SECRET}@server/book"],
        [f"--book=postgresql://me:{SECRET}@server/book", "verify"],
        ["verify", f"postgresql://me:{SECRET}@server/book"],
        ["verify", "--book", f"postgresql://server/book?password={SECRET}", f"postgresql://:{SECRET}@/"],
    ],
)
def test_neither_the_list_of_processes_nor_any_sentence_shows_it(words: list[str]) -> None:
    script = (
        "import sys; from pathlib import Path; from workbench import cli\n"
        "print(cli.main()); print(Path('/proc/self/cmdline').read_bytes())"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    status, line = done.stdout.splitlines()[-2:]
    assert status == "2"
    assert SECRET not in done.stdout + done.stderr
    assert "verify" in line
    assert "******" in line
