"""The commands of customer genes: boards as a table and as JSON, the battle map as text, JSON and PDF."""

from pathlib import Path

import pypdfium2
import pytest

import workbench.commands.of_genes  # noqa: F401  (adds its commands)
from tests.workbench.commands.conftest import Run


@pytest.fixture
def filled(run: Run, imported: Path) -> Run:
    return run


def test_genes_prints_quadrants_and_segments_in_yuan(filled: Run) -> None:
    done = filled("genes", "--json")
    assert done.status == 0
    assert set(done.json) == {"as_of", "quadrants", "segments"}
    assert [cell["code"] for cell in done.json["quadrants"]["cells"]] == [
        "silent_boss", "new_friend", "old_friend", "patron",
    ]  # fmt: skip
    elder = next(row for row in done.json["segments"]["rows"] if row["code"] == "elder")
    assert elder["customers"] > 0
    portrait = filled("portrait", done.json["quadrants"]["bosses"][0]["customer_no"], "--json").json
    assert done.json["quadrants"]["bosses"][0]["aum"] == pytest.approx(
        next(v for v in _figures(portrait, "aum_daily_average"))
    )


def _figures(body: object, name: str) -> list[float]:
    """Every value of this name in a document, the newest month's first."""
    found: list[float] = []
    if isinstance(body, dict):
        found += [body[name]] if isinstance(body.get(name), int | float) else []
        for part in body.values():
            found += _figures(part, name)
    elif isinstance(body, list):
        for part in reversed(body):
            found += _figures(part, name)
    return found


def test_genes_in_words_names_nobody_in_full(filled: Run) -> None:
    done = filled("genes")
    assert done.status == 0
    assert "攻坚清单" in done.out
    assert "*" in done.out


def test_the_battle_map_goes_to_paper_screen_and_json(filled: Run, tmp_path: Path) -> None:
    paper = tmp_path / "canvas.pdf"
    assert filled("canvas", "老年", "--pdf", paper).status == 0
    document = pypdfium2.PdfDocument(paper)
    assert len(document) == 1
    document.close()
    assert len(filled("canvas", "elder", "--json").json["boxes"]) == 12
    assert "话术要点" in filled("canvas", "elder").out


def test_an_unknown_segment_and_two_outputs_are_refused_in_words(filled: Run, tmp_path: Path) -> None:
    done = filled("canvas", "学生")
    assert done.status == 2
    assert "owner(企业主)" in done.err
    assert filled("canvas", "elder", "--json", "--pdf", tmp_path / "x.pdf").status == 2
