"""`portrait`: what a terminal shows, and the page on paper."""

from pathlib import Path

import pypdfium2

from tests.workbench.commands.conftest import Run


def test_a_portrait_is_written_as_one_page_and_registered(run: Run, imported: Path, tmp_path: Path) -> None:
    person = run("customers", "--json", "--full", "--purpose", "核对脱敏").json["customers"][0]
    paper = tmp_path / "画像.pdf"
    done = run("portrait", person["customer_no"], "--pdf", paper)
    assert done.status == 0
    assert str(paper) in done.out
    document = pypdfium2.PdfDocument(paper)
    text = document[0].get_textpage().get_text_range()
    assert len(document) == 1
    document.close()
    assert person["name"] not in text
    assert person["customer_no"][-4:] in text
    shown = run("portrait", person["customer_no"])
    assert "禁忌" in shown.out
    assert person["name"] not in shown.out


def test_a_date_that_does_not_exist_is_refused_in_words(run: Run, imported: Path) -> None:
    person = run("customers", "--json").json["customers"][0]["customer_no"]
    for word in ("abc", "2026-13", "2026-7", "2026-02-30"):
        done = run("portrait", person, "--as-of", word, "--json")
        assert (done.status, done.json["error"]["code"]) == (2, "no_such_date")
