"""The commands `hooks` and `products`: the guide, the sheets, the form that goes out and comes back (domain 3, 13.4)."""

from pathlib import Path

import openpyxl

from tests.books import empty_file
from tests.workbench.commands.conftest import PASSPHRASE, Run

WORDS = (
    "本人来办",
    "工资打到这张卡上",
    "不用也没有费用",
    "随时可以换",
    "在本地上班的",
    "单位指定的",
    "两个月没进账",
)


def fill(path: Path, *rows: dict[str, str]) -> None:
    """Write rows into a form by its headings."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    heads = [str(cell.value or "").rstrip(" *") for cell in sheet[4]]
    for number, row in enumerate(rows, 5):
        for heading, value in row.items():
            sheet.cell(number, heads.index(heading) + 1, value)
    book.save(path)


def payroll(code: str, first: str = WORDS[1]) -> dict[str, str]:
    lines = (
        "销售条件",
        "第一句:它是什么",
        "第二句:最坏会怎样",
        "第三句:什么时候拿得回来",
        "适合谁",
        "不适合谁",
        "什么时候退出",
    )
    words = (WORDS[0], first, *WORDS[2:])
    return {
        "产品代码": code, "产品名称": "代发工资", "产品角色": "粘性", "产品模型": "服务导向型", "利润水平": "低",
        "产品种类": "服务", **dict(zip(lines, words, strict=True)),
    }  # fmt: skip


def test_the_form_goes_out_comes_back_and_says_which_rows_stayed_out(run: Run, tmp_path: Path) -> None:
    path = empty_file(tmp_path / "空.book", PASSPHRASE)
    form = tmp_path / "产品包.xlsx"
    assert run("products", "--template", form, "--book", path).status == 0
    assert run("products", "--json", "--book", path).json == {"products": []}
    fill(form, payroll("DF1"), payroll("DF2", "稳赚不赔"))
    taken = run("products", "--import", form, "--json", "--book", path)
    assert taken.status == 2
    assert taken.json["stored"] == 1
    (stayed,) = taken.json["refused"]
    assert (stayed["row"], stayed["code"]) == (6, "red_line")
    assert "可以说" in stayed["message"]
    (one,) = run("products", "--json", "--book", path).json["products"]
    assert (one["code"], one["role"], one["regime"], one["listed"]) == ("DF1", "sticky", "service", None)
    assert "代发工资" in run("products", "--book", path).out
    pdf = tmp_path / "卡片.pdf"
    assert run("products", "--pdf", pdf, "--several", "--book", path).status == 0
    assert pdf.read_bytes().startswith(b"%PDF")


def test_without_sheets_or_of_an_unknown_one_nothing_is_printed(run: Run, tmp_path: Path) -> None:
    path = empty_file(tmp_path / "空.book", PASSPHRASE)
    assert "还没有产品卡片" in run("products", "--book", path).out
    assert run("products", "--pdf", tmp_path / "a.pdf", "--book", path).status == 2
    refused = run("products", "--code", "X", "--json", "--book", path)
    assert (refused.status, refused.json["error"]["code"]) == (2, "no_such_sheet")


def test_the_guide_counts_customers_and_is_printed(run: Run, imported: Path, tmp_path: Path) -> None:
    body = run("hooks", "--json", "--book", imported).json
    assert body["customers_as_of"] == body["as_of"] == "2026-10-31"
    hooks = body["hooks"]
    assert [one["on_request"] for one in hooks] == sorted(one["on_request"] for one in hooks)
    for asks in (False, True):
        scores = [one["score"] for one in hooks if one["score"] is not None and one["on_request"] is asks]
        assert scores == sorted(scores, reverse=True)
    wealth = next(one for one in hooks if one["code"] == "WM8182")
    assert wealth["suitable"]["C1"] == 0
    assert wealth["suitable"]["C2"] > 0
    assert "不是承诺" in wealth["benchmark_words"]
    assert wealth["check_first"]
    assert "先核对" in run("hooks", "--book", imported).out
    pdf = tmp_path / "指南.pdf"
    assert run("hooks", "--pdf", pdf, "--book", imported).status == 0
    assert pdf.read_bytes().startswith(b"%PDF")
    assert run("hooks", "--pdf", pdf, "--json", "--book", imported).status == 2
