"""allocation on the command line: JSON with its keys, both papers, one sentence on refusal (domain 8.2)."""

from pathlib import Path

import pytest

import workbench.commands.of_allocation  # noqa: F401  (adds its command)
from tests.workbench.commands.conftest import Run


@pytest.fixture
def imported(run: Run, imported: Path) -> Run:
    return run


def test_a_customer_has_bands_moves_and_eight_checks(imported: Run) -> None:
    number = imported("customers", "--where", "risk_class >= 2 and risk_valid_days > 0", "--json").json[
        "customers"
    ][0]
    made = imported("allocation", number["customer_no"], "--json").json
    assert {
        "customer_no",
        "as_of",
        "barred",
        "untested",
        "package",
        "bands",
        "flows",
        "moves",
        "combo",
        "ladder",
    } <= set(made)
    assert [one["band"] for one in made["bands"]] == ["cash", "stable", "growth", "bold", "gold"]
    assert len(made["taboos"]) == 8
    shown = imported("allocation", number["customer_no"]).out
    assert made["bands"][0]["name"] in shown
    assert "**" in shown


def test_the_guide_has_five_packages_and_four_combos(imported: Run, tmp_path: Path) -> None:
    guide = imported("allocation", "--guide", "--json").json
    assert [one["class"] for one in guide["packages"]] == [1, 2, 3, 4, 5]
    assert [one["code"] for one in guide["combos"]] == ["starter", "growing", "laddered", "full"]
    assert "C5 进取" in imported("allocation", "--guide").out
    file = tmp_path / "手册.pdf"
    assert imported("allocation", "--guide", "--pdf", file).status == 0
    assert file.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("words", [[], ["0001", "--guide"]])
def test_it_wants_a_customer_or_the_guide(imported: Run, words: list[str]) -> None:
    done = imported("allocation", *words, "--json")
    assert done.status == 2
    assert done.json["error"]["code"] == "one_of_two"
