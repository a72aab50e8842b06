"""What `workbench import` tells when a file cannot be written, and how rows without a number are led to a customer."""

from tests.workbench.commands.conftest import Run
from tests.workbench.intake.conftest import Make, customers
from tests.workbench.intake.conftest import xlsx as xlsx

PAYROLL = ["姓名", "手机号", "代发单位", "代发日期", "代发金额"]


def _people(xlsx: Make) -> object:
    rows = [["0000000001", "林芳英", "13812341001", 1.0], ["0000000002", "孙兰超", "13812341002", 2.0]]
    return xlsx(customers(rows, header=["客户号", "姓名", "手机号", "AUM余额"]), "名单.xlsx")


def _wages(xlsx: Make) -> object:
    rows = [
        ["林芳英", "13812341001", "某厂", "2026-10-10", 8000],
        ["孙兰超", "138****1002", "某厂", "2026-10-10", 1],
    ]
    return xlsx([PAYROLL, *rows], "代发.xlsx", "代发明细")


def test_a_refused_commit_still_tells_what_was_found_of_the_file(run: Run, xlsx: Make) -> None:
    rows = customers(total=["合计", "", "", 1.0, 1.0])
    done = run("import", xlsx(rows), "--json")
    assert done.status == 2
    sheet = done.json["files"][0]
    assert (sheet["code"], sheet["rows"], sheet["new"], sheet["committed"]) == ("total_mismatch", 3, 3, False)
    assert [question["code"] for question in sheet["questions"]] == ["total_mismatch"]
    assert "合计" in run("import", xlsx(rows)).out
    assert run("verify", "--json").json["rows"]["customers"] == 0


def test_the_gravest_fault_is_told_first_and_the_same_fault_once(run: Run, xlsx: Make) -> None:
    rows = [[f"00000001{n:02d}", "客户", "金卡", "多" if n < 9 else 1.0, 1.0] for n in range(18)]
    told = run("import", xlsx(customers([*rows, ["", "无号", "", 1.0, 1.0]])), "--dry-run").out.splitlines()
    faults = [line.strip() for line in told if line.strip().startswith(("refuse", "warning", "info"))]
    assert faults[0].startswith("refuse: 第 22 行")
    assert faults[1].startswith("warning: 第 4、5、6、7、8 行 等 9 行")


def test_rows_without_a_number_are_led_to_customers_by_option(run: Run, xlsx: Make) -> None:
    run("import", _people(xlsx))
    told = run("import", _wages(xlsx), "--dry-run")
    assert "--identify 2=0000000001" in told.out
    done = run("import", _wages(xlsx), "--identify", "sure", "--json").json["files"][0]
    assert (done["new"], done["refused"]) == (2, 0)


def test_one_row_is_led_to_the_customer_whom_a_person_names(run: Run, xlsx: Make) -> None:
    run("import", _people(xlsx))
    done = run("import", _wages(xlsx), "--identify", "3=0000000001", "--json").json["files"][0]
    assert (done["new"], done["refused"]) == (1, 1)
    assert run("import", _wages(xlsx), "--identify", "99=0000000001").status == 2


def test_a_sheet_that_nothing_tells_is_read_by_header_map_and_kind(run: Run, xlsx: Make) -> None:
    path = xlsx([["x"], ["甲", "乙", "丙"], ["0000000001", "林", 5], ["0000000002", "孙", 6]])
    words = (
        "--header",
        2,
        "--map",
        "甲=customer_no",
        "--map",
        "乙=name",
        "--map",
        "丙=aum_balance",
        "--as-of",
        "2026-10",
    )
    done = run("import", path, *words, "--json")
    assert (done.status, done.json["files"][0]["kind"], done.json["files"][0]["new"]) == (0, "customers", 2)
    later = run(
        "import", xlsx([["x"], ["甲", "乙", "丙"], ["0000000001", "林", 7]]), "--as-of", "2026-11", "--json"
    )
    assert later.json["files"][0]["changed"] == 1, "the pointed header and the columns are remembered"
    told = run("import", path, "--kind", "没有", "--json")
    assert (told.status, told.json["files"][0]["code"]) == (2, "no_kind")


def test_more_header_rows_than_there_are_is_said(run: Run, xlsx: Make) -> None:
    done = run("import", xlsx(customers()), "--header", 3, "--header-rows", 9, "--json")
    assert (done.status, done.json["files"][0]["code"]) == (2, "no_row")
    assert "9 行表头" in done.json["files"][0]["error"]


def test_a_column_is_mapped_by_the_name_of_the_field_that_the_question_shows(run: Run, xlsx: Make) -> None:
    rows = [["客户号", "姓名", "存单"], *[[f"000000000{n}", "林", n * 1000.5] for n in range(1, 5)]]
    path = xlsx(rows, "名单_20261031.xlsx")
    asked_first = run("import", path, "--json")
    assert (asked_first.status, asked_first.json["files"][0]["questions"][0]["code"]) == (2, "idle_columns")
    wrong = run("import", path, "--map", "存单=没有的字段", "--json")
    assert (wrong.status, wrong.json["files"][0]["code"]) == (2, "no_field")
    assert "写它的中文名" in wrong.json["files"][0]["error"]
    for word in ("大额存单时点余额", "大额存单余额", "large_cd_balance"):
        told = run("import", path, "--map", f"存单={word}", "--dry-run", "--json")
        (field,) = (one["field"] for one in told.json["files"][0]["mapping"] if one["column"] == "存单")
        assert (told.status, field) == (0, "large_cd_balance")
