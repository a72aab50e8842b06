"""The command line keeps its contract: exit statuses, JSON documents with their field names, one sentence each."""

from pathlib import Path

import openpyxl
import pytest

from tests.workbench.commands.conftest import Run
from workbench.sample import SampleBranch

SHEET_KEYS = {
    "file", "sheet", "header_row", "as_of", "unit", "rows", "new", "changed", "unchanged", "vanished", "refused",
    "problems", "totals", "mapping", "batch", "committed",
}  # fmt: skip


def test_import_prints_every_key_for_every_sheet(run: Run, newest: Path) -> None:
    done = run("import", newest, "--json")
    assert done.status == 0
    sheets = done.json["files"]
    assert [s["sheet"] for s in sheets] == ["客户清单", "持有明细", "产品清单", "到期明细"]
    for sheet in sheets:
        assert set(sheet) >= SHEET_KEYS
        assert sheet["committed"]
        assert sheet["rows"] == sheet["new"] + sheet["changed"] + sheet["unchanged"] + sheet["refused"]
    assert all(total["matches"] for total in sheets[0]["totals"])
    assert {m["field"] for m in sheets[0]["mapping"]} >= {"customer_no", "aum_balance", "aum_daily_average"}


def test_a_dry_run_writes_nothing(run: Run, newest: Path) -> None:
    assert run("import", newest, "--dry-run", "--json").json["files"][0]["committed"] is False
    assert run("verify", "--json").json["rows"]["customers"] == 0


def test_the_second_import_of_a_file_changes_nothing(run: Run, newest: Path, imported: Path) -> None:
    before = run("verify", "--json").json["fingerprint"]
    again = run("import", newest, "--json")
    assert again.status == 0
    assert all(s["new"] == s["changed"] == 0 and s["batch"] is None for s in again.json["files"])
    assert run("verify", "--json").json["fingerprint"] == before


def test_undo_and_redo_from_the_command_line(run: Run, branch: SampleBranch) -> None:
    run("import", branch.files[0])
    first = run("verify", "--json").json["fingerprint"]
    run("import", branch.files[1])
    second = run("verify", "--json").json["fingerprint"]
    assert run("undo").status == 0
    assert run("verify", "--json").json["fingerprint"] == first
    assert run("redo").status == 0
    assert run("verify", "--json").json["fingerprint"] == second
    states = [row["state"] for row in run("imports", "--json").json["imports"]]
    assert set(states) == {"done"}


def test_check_all_lists_everybody_with_the_reasons(run: Run, all_imported: Path) -> None:
    body = run("check", "--all", "--json").json
    assert body["as_of"] == "2026-10-31"
    assert set(body["lights"]) == {"red", "orange", "yellow"}
    assert len(body["results"]) == body["customers"]
    for row in body["results"]:
        assert set(row) >= {"customer_no", "name", "risk", "light", "signals", "cannot_tell", "profiles"}
        assert all(set(s) >= {"code", "severity", "reason", "evidence"} for s in row["signals"])
    risks = [row["risk"] for row in body["results"]]
    assert risks == sorted(risks, reverse=True)
    document = run("check", "--json").json
    lit = document["results"]
    assert 0 < len(lit) < len(body["results"])
    assert all(row["light"] for row in lit)
    assert all(row["state"] and row["state_reason"] and row["since"] for row in lit)
    places = [row["working_order"] for row in lit if row["state"] != "gone"]
    assert places == list(range(1, len(places) + 1))
    assert document["queue"]["working"] == min(15, len(places) - document["queue"]["resting"])
    assert all(row["working_order"] is None for row in body["results"] if not row["light"])


def test_check_tells_light_and_state_apart(run: Run, all_imported: Path) -> None:
    rows = run("check", "--json").json["results"]
    (explained, reached) = [row["customer_no"] for row in rows if row["state"] == "new"][:2]
    run("log", explained, "--channel", "call", "--result", "explained")
    run("log", reached, "--channel", "call", "--result", "reached")
    after = {row["customer_no"]: row for row in run("check", "--json").json["results"]}
    assert after[explained]["state"] == "explained"
    assert after[reached]["state"] == "handling"
    assert after[reached]["light"]


def test_plan_prints_five_three_and_one_and_writes_both_files(
    run: Run, all_imported: Path, tmp_path: Path
) -> None:
    pdf, xlsx = tmp_path / "week.pdf", tmp_path / "week.xlsx"
    done = run("plan", "--week", "2026-W47", "--json", "--pdf", pdf, "--xlsx", xlsx)
    body = done.json
    assert (body["week"], body["draft"]) == ("2026-W47", True)
    assert set(body["capacity"]) >= {"calls", "visits"}
    assert [len(body[block]) for block in ("quick_wins", "needs_resources", "this_week")] == [5, 3, 1]
    base = {"method", "customers", "basis", "action", "script", "done_when", "due"}
    assert all(set(item) >= base for item in body["quick_wins"])
    assert all(set(item) >= base | {"resource", "fallback"} for item in body["needs_resources"])
    assert all(set(item) >= base | {"milestones"} for item in body["this_week"])
    assert pdf.read_bytes().startswith(b"%PDF")
    assert openpyxl.load_workbook(xlsx).sheetnames


def test_critical_prints_the_queue_and_writes_both_files(run: Run, imported: Path, tmp_path: Path) -> None:
    pdf, xlsx = tmp_path / "c.pdf", tmp_path / "c.xlsx"
    queue = run("critical", "--json", "--pdf", pdf, "--xlsx", xlsx).json
    assert pdf.read_bytes()[:4] == b"%PDF"
    assert xlsx.stat().st_size > 0
    assert [one["code"] for one in queue["classes"]] == ["C1", "C2", "C3", "C4", "C5", "C6", "C7"]
    dates = [one["due"] for one in queue["customers"]]
    assert dates
    assert dates == sorted(dates)
    assert {"customer_no", "name", "due", "classes", "do_not"} <= queue["customers"][0].keys()
    assert any("证件到期日" in line for line in queue["cannot_tell"])
    printed = run("critical")
    assert "七类临界客户" in printed.out
    assert run("critical", "--pdf", pdf).status == 2


def test_portrait_and_customers_answer_in_json(run: Run, newest: Path, imported: Path) -> None:
    found = run("customers", "--json").json
    assert found["count"] == len(found["customers"]) > 0
    number = found["customers"][0]["customer_no"]
    face = run("portrait", number, "--json").json
    assert face["customer"]["customer_no"] == number
    assert set(face) >= {
        "customer",
        "as_of",
        "tier",
        "snapshots",
        "holdings",
        "signals",
        "touches",
        "provenance",
        "needs",
        "goals",
    }
    assert face["source"]["row"] > 3
    figure = next(one for one in face["provenance"] if one["field"] == "aum_balance")
    assert set(figure) >= {
        "table", "month", "value", "file", "sheet", "row", "column", "cell", "as_of", "batch", "imported_at", "earlier",
    }  # fmt: skip
    assert (figure["file"], figure["sheet"]) == (newest.name, "客户清单")
    assert figure["value"] == face["snapshots"][0]["aum_balance"]


def test_tables_mask_names_and_full_lists_are_put_on_record(run: Run, newest: Path, tmp_path: Path) -> None:
    from workbench.app import Workbench

    book = tmp_path / "a.book"
    run("import", newest, "--book", book)
    everybody = run("customers", "--json", "--full", "--purpose", "核对脱敏", "--book", book)
    name = everybody.json["customers"][0]["name"]
    shown = run("customers", "--book", book, "--limit", 500).out
    assert name not in shown
    assert name[0] + "*" in shown
    with Workbench.open(book, "春风化雨 2026") as workbench, workbench.book.read() as conn:
        rows = conn.exec_driver_sql("SELECT subject FROM audit WHERE action = 'export'").all()
    assert rows == [("customers_json",)]


def test_a_contact_is_logged_and_shown(run: Run, imported: Path) -> None:
    number = run("customers", "--json").json["customers"][0]["customer_no"]
    assert run("log", number, "--channel", "call", "--result", "reached", "--next", "2026-12-01").status == 0
    touches = run("portrait", number, "--json").json["touches"]
    assert [(t["channel"], t["result"], t["next_date"]) for t in touches] == [
        ("call", "reached", "2026-12-01")
    ]


def test_backup_and_restore_give_the_same_book(run: Run, branch: SampleBranch, tmp_path: Path) -> None:
    run("import", branch.files[0])
    before = run("verify", "--json").json["fingerprint"]
    run("backup", tmp_path / "copy.book")
    run("import", branch.files[1])
    restored = run("restore", tmp_path / "copy.book", "--json").json
    assert run("verify", "--json").json["fingerprint"] == before
    assert Path(restored["kept"]).exists()


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["import", "没有这个文件.xlsx"], "file_missing"),
        (["check"], "no_data"),
        (["portrait", "404"], "no_such_customer"),
        (["undo"], "nothing_to_undo"),
        (["undo", "77"], "no_such_batch"),
        (["plan", "--week", "2026-W60"], "bad_week"),
        (["nonsense"], "usage"),
        (["import"], "usage"),
        (["log", "404", "--channel", "call", "--result", "reached"], "no_such_customer"),
    ],
)
def test_what_is_refused_leaves_one_sentence_and_status_2(
    run: Run, tmp_path: Path, words: list[str], code: str
) -> None:
    run("import", _one_customer(tmp_path / "empty.csv", rows=0))  # makes the book
    before = _content(run)
    done = run(*words, "--json")
    assert done.status == 2
    body = done.json
    if "error" in body:
        assert body["error"]["code"] == code
    else:
        assert [one["code"] for one in body["files"]] == [code]
    assert "Traceback" not in done.err
    assert _content(run) == before


def test_two_rows_for_one_customer_are_refused_unless_left_out(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "名单_20261031.csv"
    lines = ["客户编号,客户名称,金融资产余额", "00000001,张三,100", "00000001,张三,900", "00000002,李四,5"]
    file.write_text("\n".join(lines), encoding="utf-8")
    done = run("import", file, "--json")
    assert (done.status, done.json["files"][0]["code"]) == (2, "duplicate_customer")
    assert run("verify", "--json").json["rows"]["customers"] == 0
    assert run("import", file, "--leave-out-conflicts").status == 0
    assert run("verify", "--json").json["rows"]["customers"] == 1


def test_a_wrong_passphrase_and_a_second_window_are_told(
    run: Run, newest: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from workbench.app import Workbench

    book = tmp_path / "a.book"
    run("import", newest, "--book", book)
    with Workbench.open(book, "春风化雨 2026"):
        locked = run("imports", "--book", book, "--json")
    assert (locked.status, locked.json["error"]["code"]) == (2, "locked")
    monkeypatch.setenv("WORKBENCH_PASSPHRASE", "别的口令")
    wrong = run("--book", book, "imports", "--json")
    assert (wrong.status, wrong.json["error"]["code"]) == (2, "wrong_passphrase")


def test_without_a_passphrase_and_a_terminal_it_says_what_to_do(
    run: Run, newest: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("WORKBENCH_PASSPHRASE")
    monkeypatch.setattr("sys.stdin", open("/dev/null"))  # noqa: PTH123, SIM115
    done = run("import", newest, "--json")
    assert (done.status, done.json["error"]["code"]) == (2, "no_passphrase")


@pytest.mark.parametrize(
    "words", [["--lang", "en", "imports"], ["imports", "--lang", "en"], ["imports", "--lang=en"]]
)
def test_english_from_anywhere_on_the_line(run: Run, words: list[str]) -> None:
    assert "No book" in run(*words).err or "not found" in run(*words).err.lower()


def test_an_unknown_language_is_told(run: Run) -> None:
    done = run("--lang", "xx", "imports")
    assert done.status == 2
    assert "xx" in done.err


def _one_customer(path: Path, rows: int) -> Path:
    lines = ["客户编号,客户名称,金融资产余额", *(f"{n:08d},客户{n},100" for n in range(rows))]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def _content(run: Run) -> tuple[bool, dict[str, int], str]:
    """What a book holds: its audit may have a row more, of who opened it."""
    body = run("verify", "--json").json
    return body["sound"], body["rows"], body["fingerprint"]


def test_verify_holds_the_book_against_an_anchor_from_paper(run: Run, tmp_path: Path) -> None:
    run("import", _one_customer(tmp_path / "名单_20261031.csv", rows=1))
    backup = run("backup", tmp_path / "a.book", "--json").json["audit"]
    body = run("verify", "--json").json
    assert (body["sound"], body["failed"], body["findings"]) == (True, [], [])
    assert run("verify", "--anchor", body["anchor"]).status == 0
    assert run("verify", "--anchor", backup).status == 0
    assert run("verify", "--anchor", body["audit"]).status == 0
    differs = run("verify", "--anchor", f"{body['audit'].split()[0][1:]}:00000000", "--json")
    assert (differs.status, differs.json["failed"]) == (2, ["anchor"])
    assert [one["code"] for one in differs.json["findings"]] == ["anchor_differs"]
    beyond = run("verify", "--anchor", "99999:a1b2c3d4")
    assert beyond.status == 2
    assert "换成了旧的" in beyond.err
    refused = run("verify", "--anchor", "昨天", "--json")
    assert (refused.status, refused.json["error"]["code"]) == (2, "bad_anchor")
