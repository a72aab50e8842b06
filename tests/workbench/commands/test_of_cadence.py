"""The command `losing`: whom nobody talked to for too long."""

from pathlib import Path

from tests.books import empty_file
from tests.workbench.commands.conftest import PASSPHRASE, Run


def test_who_is_lost_sight_of_is_counted_and_named_and_an_empty_book_says_so(
    run: Run, imported: Path, tmp_path: Path
) -> None:
    done = run("losing", "--json", "--limit", 3)
    assert done.status == 0, done.err
    body = done.json
    assert (body["date"], body["as_of"]) == ("2026-11-22", "2026-10-31")
    # no contact is known of anybody: nobody is named, and one sentence says so
    assert (body["customers"], body["untold"]) == ([], [])
    assert "没有联系记录" in body["words"]
    assert body["words"] in run("losing").out
    nobody = run("losing", "--book", empty_file(tmp_path / "空.book", PASSPHRASE))
    assert (nobody.status, nobody.out.strip()) == (0, "还没有客户名单,看不出该联系谁。")
