"""The commands `gifts` and `salons` (issue 16, 9)."""

from pathlib import Path

from tests.books import empty_file
from tests.workbench.commands.conftest import PASSPHRASE, Run


def test_an_empty_book_has_no_gifts_and_no_salons(run: Run, tmp_path: Path) -> None:
    path = empty_file(tmp_path / "空.book", PASSPHRASE)
    gifts = run("gifts", "2026", "--json", "--book", path)
    assert gifts.status == 0, gifts.err
    assert (gifts.json["year"], gifts.json["gifts"], str(gifts.json["cap"])) == (2026, [], "500")
    assert run("salons", "2026", "--json", "--book", path).json == {"year": 2026, "salons": []}
    assert "没有礼品" in run("gifts", "2026", "--book", path).out
