"""service-file on the command line: one customer, the experts, a sentence on refusal (domain 1)."""

from pathlib import Path

import workbench.commands.of_archive  # noqa: F401  (adds its command)
from tests.workbench.commands.conftest import Run


def test_a_file_and_the_experts_are_told_and_a_pdf_of_nobody_is_refused(
    run: Run, imported: Path, tmp_path: Path
) -> None:
    number = run("customers", "--where", "tower = 'top'", "--json").json["customers"][0]["customer_no"]
    made = run("service-file", number, "--json").json
    assert {"customer_no", "as_of", "tower", "way", "parts", "next", "plan", "channel", "bookings"} <= set(
        made
    )
    assert [one["code"] for one in made["parts"]] == ["plan", "review", "expert", "channel"]
    shown = run("service-file", number).out
    assert made["parts"][0]["part"] in shown
    assert "专属通道" in shown
    assert run("service-file", "--json").json == {"experts": [], "bookings": []}
    assert "名册还是空的" in run("service-file").out
    done = run("service-file", "--pdf", tmp_path / "档案.pdf", "--json")
    assert (done.status, done.json["error"]["code"]) == (2, "no_customer")
