"""`journey --pdf`: one card to fold, or the cards of the week's first customers two an A4; nothing that does not go together."""

from pathlib import Path

import pypdfium2

from tests.workbench.commands.conftest import Run


def test_cards_are_written_of_one_and_of_the_week(run: Run, imported: Path, tmp_path: Path) -> None:
    person = run("customers", "--json", "--full", "--purpose", "核对脱敏").json["customers"][0]
    one, week = tmp_path / "一位.pdf", tmp_path / "本周.pdf"
    done = run("journey", person["customer_no"], "--pdf", one)
    assert (done.status, str(one) in done.out) == (0, True)
    assert run("journey", "--pdf", week, "--json").json == {"pdf": str(week)}
    document = pypdfium2.PdfDocument(one)
    said = document[0].get_textpage().get_text_range()
    assert len(document) == 1
    document.close()
    assert person["name"] not in said
    assert person["customer_no"][-4:] in said
    document = pypdfium2.PdfDocument(week)
    assert len(document) % 2 == 0
    document.close()
    refused = run("journey", "--stage", "J3", "--pdf", tmp_path / "c.pdf", "--json")
    assert (refused.status, refused.json["error"]["code"]) == (2, "two_ways")
    assert (
        run("journey", "0", "--pdf", tmp_path / "d.pdf", "--json").json["error"]["code"] == "no_such_customer"
    )
    assert not (tmp_path / "d.pdf").exists()
