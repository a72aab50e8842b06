"""Head office's set comes as one filled form: template out, file back, rows refused with their number and reason."""

from pathlib import Path

import openpyxl
import pytest

from tests.books import new_workbench
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.sheets.office_scripts import office_form, office_rows, office_template, refused_scripts

HEADS = ["编号", "场景", "客群", "性格", "阶段", "渠道", "产品类别", "风险等级", "话术", "不要说", "来源"]


def taken(workbench: Workbench, path: Path) -> tuple[int, list[str]]:
    """How many rows of a file entered, and why the others did not."""
    read = workbench.filled_form(office_form(workbench.rules), path)
    took = workbench.outreach.playbook.own.replace_office(office_rows(read))
    return took.stored, [one.message for one in refused_scripts(read, took)]


def test_form_has_the_fixed_headings(tmp_path: Path) -> None:
    with new_workbench(tmp_path / "a.book") as workbench:
        assert [one.heading for one in office_form(workbench.rules).columns] == HEADS


def test_filled_template_comes_back_with_the_refused_rows_named(tmp_path: Path) -> None:
    with new_workbench(tmp_path / "a.book") as workbench:
        path = tmp_path / "话术.xlsx"
        workbench.sheets.save(office_template(workbench.rules), path)
        book = openpyxl.load_workbook(path)
        sheet = book.worksheets[0]
        filled = (
            ("1", "邀约", "您好,下周网点讲报税,您哪天有空来听听?"),
            ("2", "产品触发", "您上次问的那一类理财我查清了,合不合适先看测评。"),
            ("3", "开场", "这款产品稳赚不赔,您今天就来办吧。"),
            ("4", "没有的场景", "您好,想听听您对这件事的想法。"),
            ("5", "产品触发", "您要不要看看这只基金,合适再说。"),
        )
        rows = [[code, scene, *[None] * 6, text, None, None] for code, scene, text in filled]
        rows[0][2:6] = ["企业主", "控制、谨慎", None, "企微"]
        rows[0][9:] = ["不催;不提名额", "零售部"]
        rows[1][6:8] = ["理财", "R2"]
        for number, row in enumerate(rows, 5):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column, value)
        book.save(path)
        stored, refused = taken(workbench, path)
        assert stored == 2
        assert [("第 7 行" in refused[0], "稳赚" in refused[0]), "第 8 行" in refused[1], "第 9 行" in refused[2]] == [
            (True, True), True, True,
        ]  # fmt: skip
        scripts = workbench.outreach.playbook.everything().scripts
        one = scripts["HQ-1"]
        assert (one.scene, one.segment, one.style, one.channel) == (
            "invite",
            ("owner",),
            ("D", "C"),
            ("wecom",),
        )
        assert (one.never, one.source, one.whose) == (("不催", "不提名额"), "零售部", "office")
        assert (scripts["HQ-2"].regime, scripts["HQ-2"].risk) == ("wealth", 2)


def test_csv_is_read_too_and_another_file_is_refused(tmp_path: Path) -> None:
    with new_workbench(tmp_path / "a.book") as workbench:
        path = tmp_path / "话术.csv"
        path.write_text("编号,场景,话术\n7,开场,您好，今天打来是想听听您的想法。\n", "gb18030")
        assert taken(workbench, path) == (1, [])
        path.write_text("姓名,金额\n张三,5\n", "utf-8")
        with pytest.raises(WorkbenchError) as caught:
            taken(workbench, path)
        assert caught.value.code == "not_this_form"
