"""The command `outcomes`: one document with a fixed shape, honest on a book of one month."""

from pathlib import Path

from tests.workbench.commands.conftest import Run


def test_a_book_of_one_month_is_too_early_and_no_failure(run: Run, imported: Path) -> None:
    result = run("outcomes", "--json")
    assert result.status == 0, result.err
    body = result.json
    assert body["as_of"] == "2026-10-31"
    assert [month["month"] for month in body["months"]] == ["2026-10"]
    total = body["total"]
    assert total["n"] == total["too_early"] == len(body["people"]) > 0
    assert total["touched"]["n"] + total["untouched"]["n"] == total["n"]
    assert total["stayed"] == {"n": 0, "share": None, "low": None, "high": None}
    assert {one["outcome"] for one in body["people"]} == {"too_early"}
    assert all("*" in one["name"] and "*" not in one["customer_no"] for one in body["people"])
    assert "3 个月的名单" in body["sentence"]
    row = body["lights"][0]
    assert row["month"] == "2026-10"
    assert {"light", "n", "kept", "won_back", "won_back_yuan", "lost", "too_early", "censored"} <= row.keys()
    assert {"code", "name", "n", "lost", "precision", "low", "high"} <= body["signals"][0].keys()
    assert all(signal["precision"] is None for signal in body["signals"])
    assert body["contacts"]["comparison"]["difference"] is None
    assert body["causes"] == []
    assert (body["methods"], body["scripts"]) == ([], [])


def test_in_words_it_begins_with_the_sentence(run: Run, imported: Path) -> None:
    result = run("outcomes")
    assert result.status == 0, result.err
    assert result.out.startswith("只看了 2026-10 的灯")
    assert "样本不足" in result.out
