"""The command `benefits`: rules with their counts, unused ones, one thing done at a time, the form there and back."""

import io
from pathlib import Path

import openpyxl
import pytest

from tests.books import new_workbench
from tests.workbench.commands.conftest import PASSPHRASE, Run
from tests.workbench.outreach.made import put_customers

NUMBER = "900000000001"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    place = tmp_path / "权益.book"
    with new_workbench(place, PASSPHRASE) as workbench:
        put_customers(workbench.book, [1, 2])
    return place


def test_a_benefit_is_given_and_used_and_its_counts_follow(run: Run, path: Path) -> None:
    told = run("benefits", "--json", "--book", path)
    assert told.status == 0, told.err
    by_code = {one["code"]: one for one in told.json["benefits"]}
    assert told.json["as_of"] == "2026-10-31"
    assert told.json["unused"] == []
    vip = by_code["vip_airport"]
    assert (vip["name"], vip["trigger"], vip["levels"], str(vip["budget"])) == (
        "贵宾出行", "level", ["L5", "L6", "L7", "L8"], "60000",
    )  # fmt: skip
    assert (vip["eligible"], vip["cannot_tell"], vip["issued"]) == (2, 0, 0)
    poor = run("benefits", "--issue", NUMBER, "new_welcome", "--json", "--book", path)
    assert (poor.status, poor.json["error"]["code"]) == (2, "not_eligible")
    given = run("benefits", "--issue", NUMBER, "vip_airport", "--json", "--book", path)
    assert (given.status, given.json["count"]) == (0, 1)
    (one,) = run("benefits", "--unused", "--json", "--book", path).json["unused"]
    assert (one["customer_no"], one["benefit"], one["valid_until"], one["days"]) == (
        NUMBER, "贵宾出行", "2027-02-14", 90,
    )  # fmt: skip
    assert one["name"] != "赵建国甲"
    assert run("benefits", "--use", NUMBER, "贵宾出行", "--book", path).status == 0
    his = run("benefits", "--customer", NUMBER, "--json", "--book", path).json["grants"]
    assert [one["state"] for one in his if one["code"] == "vip_airport"] == ["used"]
    assert run("benefits", "--use", NUMBER, "vip_airport", "--json", "--book", path).status == 2
    words = run("benefits", "--book", path).out
    assert "没有未用的权益" in words


def test_the_form_goes_out_and_comes_back(run: Run, path: Path, tmp_path: Path) -> None:
    form = tmp_path / "模板.xlsx"
    assert run("benefits", "--template", form, "--book", path).status == 0
    book = openpyxl.load_workbook(io.BytesIO(form.read_bytes()))
    sheet = book.worksheets[0]
    heads = {str(cell.value).rstrip(" *"): cell.column for cell in sheet[4]}
    for row, name in ((5, "本行茶歇"), (6, "存款送米")):
        told = {
            "权益名称": name,
            "触发条件": "在级",
            "客户得到什么": "茶歇",
            "发放次数": "每月",
            "合规说明": "不与存款挂钩",
        }
        for head, value in told.items():
            sheet.cell(row, heads[head], value)
    book.save(form)
    back = run("benefits", "--import", form, "--json", "--book", path)
    assert (back.status, back.json["kept"]) == (2, 1)
    assert [(one["row"], one["level"]) for one in back.json["problems"]] == [(6, "refuse")]
    names = {one["name"] for one in run("benefits", "--json", "--book", path).json["benefits"]}
    assert ("本行茶歇" in names, "存款送米" in names) == (True, False)


def test_one_thing_at_a_time(run: Run, path: Path) -> None:
    both = run("benefits", "--unused", "--use", NUMBER, "vip_airport", "--json", "--book", path)
    assert (both.status, both.json["error"]["code"]) == (2, "usage")
