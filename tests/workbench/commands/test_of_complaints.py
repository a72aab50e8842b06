"""The command `complaints`: levels, both clocks, steps and metrics; masked; the file on paper."""

from pathlib import Path

import pytest

from tests.books import new_workbench
from tests.workbench.commands.conftest import PASSPHRASE, Run
from tests.workbench.outreach.made import put_customers
from workbench.outreach.complaints.new_complaint import NewComplaint

NUMBER, OTHER = "900000000001", "900000000002"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    place = tmp_path / "投诉.book"
    with new_workbench(place, PASSPHRASE) as workbench:
        put_customers(workbench.book, [1, 2])
        room = workbench.outreach.complaints
        what = NewComplaint(
            "赵建国甲说没人理他", "服务态度", received="2026-11-13 10:00", owner="王芳", against="李经理"
        )
        room.open(NUMBER, what)
        room.take_step(1, "stop", "回了电话", "2026-11-13 10:10")
    return place


def test_levels_clocks_and_steps_are_told_masked(run: Run, path: Path, tmp_path: Path) -> None:
    body = run("complaints", "--json", "--book", path).json
    (one,) = body["complaints"]
    assert (one["customer_no"], one["no"], one["level"], one["state"], one["next"]) == (
        NUMBER, "TS00001", "four", "open", "listen",
    )  # fmt: skip
    clocks = one["clocks"]
    assert [clocks[name]["due"] for name in ("first", "solution", "legal")] == [
        "2026-11-13 10:30", "2026-11-18", "2026-11-28",
    ]  # fmt: skip
    assert clocks["first"]["state"] == "met"
    assert [step["step"] for step in one["complaint_steps"]] == ["stop"]
    assert one["name"] != "赵建国甲"
    assert "建国" not in str(one["content"])
    assert (body["counts"]["open"], body["metrics"]["settled"], body["metrics"]["few"]) == (1, 0, True)
    assert run("complaints", "--closed", "--json", "--book", path).json["complaints"] == []
    assert run("complaints", OTHER, "--json", "--book", path).json["complaints"] == []
    assert run("complaints", "x", "--json", "--book", path).json["error"]["code"] == "no_such_complaint"
    words = run("complaints", "TS00001", "--book", path).out
    assert "法定答复(15 个自然日):2026-11-28" in words
    paper = tmp_path / "档案.pdf"
    assert run("complaints", "TS00001", "--pdf", paper, "--book", path).status == 0
    assert paper.read_bytes().startswith(b"%PDF")
    assert run("complaints", "--pdf", paper, "--json", "--book", path).json["error"]["code"] == "usage"
