"""matrix and pivot on the command line: JSON with its keys, tables that are not cut short, a PDF, one sentence on refusal."""

from pathlib import Path

import pytest

import workbench.commands.of_matrix  # noqa: F401  (adds its commands)
from tests.workbench.commands.conftest import Run


@pytest.fixture
def imported(run: Run, imported: Path) -> Run:
    return run


def test_matrix_prints_rows_families_and_the_conditions_behind_each_figure(imported: Run) -> None:
    found = imported("matrix", "--rows", "tower", "--json")
    assert found.status == 0
    grid = found.json
    assert {"rows_by", "label", "month", "as_of", "families", "rows", "whole", "mark"} <= set(grid)
    cell = grid["whole"]["cells"][1]
    assert {
        "family",
        "held",
        "told",
        "penetration",
        "index",
        "need",
        "suitable",
        "whitespace",
        "where",
    } <= set(cell)
    picked = imported("customers", "--where", cell["where"]["held"], "--json")
    assert picked.json["count"] == cell["held"]


def test_a_products_target_list_carries_reasons_and_exclusions(imported: Run) -> None:
    found = imported("matrix", "--product", "现金管理", "--limit", "3", "--json").json
    assert {"family", "where", "count", "cannot_tell", "excluded", "customers"} <= set(found)
    assert len(found["customers"]) <= 3
    assert all(one["reason"] for one in found["customers"])


def test_the_table_on_the_terminal_is_not_cut_short(imported: Run) -> None:
    told = imported("matrix", "--rows", "tier").out
    assert "…" not in told
    assert "手机银行权益" in told


def test_pivot_prints_cells_with_totals_and_writes_a_pdf(imported: Run, tmp_path: Path) -> None:
    done = imported("pivot", "tower", "gender", "--measure", "aum", "--json")
    cells = done.json["cells"]
    assert len(cells) == len(done.json["rows"]["groups"]) + 1
    assert cells[-1][-1]["value"] == pytest.approx(
        sum(line[-1]["value"] or 0 for line in cells[:-1]), abs=0.02
    )
    file = tmp_path / "pivot.pdf"
    assert imported("pivot", "tower", "gender", "--pdf", file).status == 0
    assert file.read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize(
    "words",
    [
        ("pivot", "没有这个", "gender"),
        ("matrix", "--product", "飞船"),
        ("pivot", "tower", "gender", "--measure", "x"),
    ],
)
def test_what_does_not_exist_is_refused_with_one_sentence(imported: Run, words: tuple[str, ...]) -> None:
    done = imported(*words)
    assert done.status == 2
    assert "没有" in done.err
