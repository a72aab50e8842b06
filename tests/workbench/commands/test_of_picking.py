"""Picking customers from the command line: by condition, as saved lists, and out of the book as a masked sheet."""

import json
from pathlib import Path

import openpyxl
import pytest

import workbench.commands.of_picking  # noqa: F401  (adds its commands)
from db import book_key
from db.engine import Book
from tests.workbench.commands.conftest import Ran, Run
from workbench import cli
from workbench.base.settings import set_book_setting
from workbench.rules.user_rules import rules_file
from workbench.sample import SampleBranch

WHERE = "tier>=L4 and days_since_touch>60 and not tag('拒绝营销')"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, branch: SampleBranch) -> Path:
    """A book with the branch's last two months, for tests that leave no lists behind."""
    path = tmp_path_factory.mktemp("filled") / "filled.book"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book_key, "COST", 16)
        patch.setenv("WORKBENCH_PASSPHRASE", "春风化雨 2026")
        patch.setenv("WORKBENCH_TODAY", "2026-11-22")
        words = ["workbench", "import", *map(str, branch.files[-2:]), "--book", str(path)]
        patch.setattr("sys.argv", words)
        assert cli.main() == 0
    return path


def test_a_condition_prints_count_words_and_customers(run: Run, filled: Path) -> None:
    body = run("customers", "--where", "tier >= L4 取前 3 按 资产月日均", "--json", "--book", filled).json
    assert body["count"] == len(body["customers"]) == 3
    assert body["where"] == "tier >= L4 top 3 by 资产月日均"
    assert body["words"] == "资产层级不低于财富,取资产月日均最高的 3 位"
    assert (body["as_of"], body["cannot_tell"]) == ("2026-10-31", 0)
    assert sum(body["towers"].values()) == 3
    averages = [one["values"]["average"] for one in body["customers"]]
    assert averages == sorted(averages, reverse=True)
    assert {"customer_no", "name", "tier", "aum_balance", "risk", "light", "branch"} <= set(
        body["customers"][0]
    )


def test_the_condition_of_the_handbook_can_be_run(run: Run, filled: Path) -> None:
    done = run("customers", "--where", WHERE, "--json", "--book", filled)
    assert done.status == 0
    assert done.json["words"] == "资产层级不低于财富,且距上次联系天数超过60天,且没有标签“拒绝营销”"
    assert done.json["count"] + done.json["cannot_tell"] <= done.json["everyone"]
    shown = run("customers", "--where", "tier >= L4", "--limit", "2", "--book", filled)
    assert "数据日期 2026-10-31" in shown.out
    assert shown.out.count("**") + shown.out.count("*") >= 2


def test_a_fault_in_the_condition_points_at_the_character_and_ends_with_2(run: Run, filled: Path) -> None:
    done = run("customers", "--where", "tier >= L4 and days_since_tuch > 60", "--book", filled)
    assert done.status == 2
    assert "第 16 个字处:不认识“days_since_tuch”" in done.err
    line, caret = done.err.splitlines()[1:3]
    assert line[caret.index("^") :].startswith("days_since_tuch")
    body = run("customers", "--where", "tier >= L4 and (", "--json", "--book", filled)
    assert (body.status, body.json["error"]["code"]) == (2, "bad_expression")
    both = run("customers", "张", "--where", "tier >= L4", "--json", "--book", filled)
    assert (both.status, both.json["error"]["code"]) == (2, "two_ways")


def saved(run: Run, book: Path, *more: str) -> Ran:
    return run("list-save", "十月回访", "--where", "tier >= L5", *more, "--json", "--book", book)


def test_a_list_is_saved_shown_and_deleted(run: Run, filled: Path) -> None:
    kept = saved(run, filled, "--frozen", "--purpose", "服务关怀").json
    assert (kept["number"][:10], kept["kind"], kept["purpose"]) == ("L20261122-", "frozen", "care")
    assert kept["count"] == kept["matching"] - sum(kept["excluded"].values())
    assert [one["name"] for one in run("lists", "--json", "--book", filled).json["lists"]] == ["十月回访"]
    assert "固定名单" in run("lists", "--book", filled).out
    shown = run("list-show", "十月回访", "--json", "--book", filled).json
    assert shown["count"] == kept["count"]
    text = run("list-show", kept["number"], "--limit", "1", "--book", filled).out
    assert "资产层级不低于贵宾" in text
    assert run("list-delete", "十月回访", "--book", filled).status == 0
    assert run("lists", "--json", "--book", filled).json["lists"] == []
    assert "还没有保存的名单" in run("lists", "--book", filled).out
    assert run("list-show", "十月回访", "--book", filled).status == 2


def test_a_list_shows_whom_its_purpose_leaves_in_as_its_export_does(
    run: Run, filled: Path, tmp_path: Path
) -> None:
    kept = run(
        "list-save", "全部", "--where", "customer_no is told", "--purpose", "marketing", "--json", "--book", filled
    ).json  # fmt: skip
    assert kept["excluded"]["opt_out"]
    shown = run("list-show", kept["number"], "--json", "--book", filled).json
    assert shown["count"] == len(shown["customers"]) == kept["matching"] - sum(kept["excluded"].values())
    assert shown["excluded"] == {code: n for code, n in kept["excluded"].items() if n}
    assert "已排除:" in run("list-show", kept["number"], "--book", filled).out
    assert run("list-delete", kept["number"], "--book", filled).status == 0


def test_an_exported_list_is_numbered_masked_and_registered(run: Run, filled: Path, tmp_path: Path) -> None:
    kept = saved(run, filled).json
    path = tmp_path / "名单.xlsx"
    done = run("list-export", "十月回访", path, "--book", filled)
    assert done.status == 0
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    text = [
        " ".join(str(cell) for cell in row if cell is not None) for row in sheet.iter_rows(values_only=True)
    ]
    assert kept["number"] in text[0]
    assert "营销触达" in text[1]
    assert kept["expires"] in text[1]
    assert "资产层级不低于贵宾" in text[2]
    assert "内部资料" in text[-1]
    assert kept["number"] in text[-1]
    body = run("list-show", "十月回访", "--json", "--full", "--purpose", "核对脱敏", "--book", filled).json
    for one in body["customers"]:
        assert one["name"] not in " ".join(text)
        assert one["customer_no"] not in " ".join(text)
    with Book.open(filled, "春风化雨 2026") as book, book.read() as conn:
        rows = conn.exec_driver_sql("select facts from audit where subject = 'list_xlsx'").all()
    facts = json.loads(rows[-1][0])
    assert facts["number"] == kept["number"]
    assert facts["path"] == str(path)
    assert facts["purpose"] == "marketing"
    assert facts["rows"] == len([line for line in text[6:-1] if line.strip()])
    run("list-delete", "十月回访", "--book", filled)


def test_a_deleted_list_comes_back_by_the_command_that_the_deletion_names(run: Run, filled: Path) -> None:
    run("list-save", "要撤销的", "--where", "tier >= L4", "--book", filled)
    said = run("list-delete", "要撤销的", "--book", filled).out
    words = said[said.index("workbench undo") :].split()[1:]
    assert run(*words, "--book", filled).status == 0
    lists = run("lists", "--json", "--book", filled).json["lists"]
    assert "要撤销的" in [one["name"] for one in lists]
    imports = run("imports", "--json", "--book", filled).out
    assert "undone" not in imports or '"undone": true' not in imports
    run("list-delete", "要撤销的", "--book", filled)
    both = run("undo", "1", "--change", "1", "--book", filled)
    assert (both.status, "不能一起用" in both.err) == (2, True)


def test_headings_of_the_lists_are_words_too(run: Run, filled: Path) -> None:
    by_heading = run("customers", "--where", "姓名 包含 '张'", "--json", "--book", filled).json
    by_field = run("customers", "--where", "客户姓名 包含 '张'", "--json", "--book", filled).json
    assert by_heading["count"] == by_field["count"] > 0


def test_a_fault_of_the_rule_file_is_told_by_every_command_that_uses_rules(run: Run, filled: Path) -> None:
    rules_file().parent.mkdir(parents=True, exist_ok=True)
    rules_file().write_text('\n"tiers.fail_months" = 99\n', "utf-8")
    done = run("customers", "--where", "tier >= L4", "--book", filled)
    assert done.status == 0
    assert "rules.toml 第 2 行" in done.err


def test_a_list_beyond_the_limit_is_not_exported(run: Run, filled: Path, tmp_path: Path) -> None:
    with Book.open(filled, "春风化雨 2026") as book:
        set_book_setting(book, "overrides", {"picking.export_rows": 1})
    saved(run, filled)
    done = run("list-export", "十月回访", tmp_path / "名单.xlsx", "--book", filled)
    assert done.status == 2
    assert "一次最多导出 1 行" in done.err
    assert not (tmp_path / "名单.xlsx").exists()
