"""No test waits for a while, and none has a limit of its own: what holds on an idle machine only is found here."""

import re
from pathlib import Path

HERE = Path(__file__).parent
#: where the one limit lives, and this file
HOMES = {HERE / "waits.py", HERE / "ui" / "bot.py", HERE / "test_waits.py"}
#: a wait or limit in numbers, a sleep, a look at the clock
OWN = re.compile(
    r"\.(wait|join|result|communicate)\((timeout=)?\d"
    r"|\btimeout=\s*\d"
    r"|\bq?sleep\(|\bqWait\("
    r"|\bqtbot\.wait\("
    r"|\btime\.(time|monotonic|perf_counter|process_time)\("
)
#: a child that stands still for as long as its parent lets it, written into a file of its own
STILL = 'while True: time.sleep(1)"'


def test_every_wait_is_for_a_state_with_the_one_limit() -> None:
    found = [
        f"{path.relative_to(HERE)}:{number}: {line.strip()}"
        for path in sorted(HERE.rglob("*.py"))
        if path not in HOMES
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1)
        if OWN.search(line) and STILL not in line
    ]
    assert found == []
