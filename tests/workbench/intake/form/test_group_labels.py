"""Labels that stand once a group hold for the blanks below where the form shows it; where it only seems so, a guess."""

from typing import Any

from tests.workbench.intake.form.test_carried import entered, seen

HEADER = ["归属支行", "管户经理", "客户号", "客户姓名", "AUM月日均"]


def _people(*labels: tuple[str, str]) -> list[list[Any]]:
    return [
        [branch, manager, f"00100000{n:02d}", f"张{'甲乙丙丁戊己庚辛'[n]}", 100.0 + 10 * n * n]
        for n, (branch, manager) in enumerate(labels)
    ]


def test_totals_that_name_the_label_show_that_it_holds_for_the_rows_above_them() -> None:
    people = _people(("城东支行", "王芳"), ("", ""), ("", "李雷"), ("", ""))
    rows = [HEADER, *people[:2], ["", "王芳 汇总", "", "", 1.0], *people[2:], ["", "李雷 汇总", "", "", 1.0],
            ["城东支行 汇总", "", "", "", 1.0], ["总计", "", "", "", 1.0]]  # fmt: skip
    state = seen(rows)
    keys, columns, refused = entered(state)
    assert (len(keys), refused) == (4, [])
    assert columns["branch"] == ["城东支行"] * 4
    assert columns["manager_name"] == ["王芳", "王芳", "李雷", "李雷"]
    assert state.sheet.guessed == frozenset()


def test_a_total_that_closes_each_group_shows_it_too() -> None:
    people = _people(("", "王芳"), ("", ""), ("", "李雷"), ("", ""))
    rows = [HEADER, *people[:2], ["", "", "小计", "", 1.0], *people[2:], ["", "", "小计", "", 1.0]]
    state = seen(rows)
    assert entered(state)[1]["manager_name"] == ["王芳", "王芳", "李雷", "李雷"]
    assert state.sheet.guessed == frozenset()


def test_a_pivot_carries_the_number_of_the_customer_over_his_lines() -> None:
    rows: list[list[Any]] = [
        ["客户号", "客户姓名", "产品名称", "到期日", "求和项:到期金额"],
        ["0010000001", "张甲", "定期一", "2026-11-01", 10.0],
        ["", "", "定期二", "2026-11-02", 30.0],
        ["0010000002", "张乙", "定期一", "2026-11-03", 50.0],
        ["总计", "", "", "", 90.0],
    ]
    keys, columns, refused = entered(seen(rows))
    assert keys == ["0010000001", "0010000001", "0010000002"]
    assert (columns["name"], refused) == (["张甲", "张甲", "张乙"], [])


def test_labels_that_stand_once_without_any_total_are_a_guess() -> None:
    people = _people(("", "王芳"), ("", ""), ("", ""), ("", "李雷"), ("", ""), ("", ""))
    state = seen([HEADER, *people])
    assert entered(state)[1]["manager_name"] == ["王芳"] * 3 + ["李雷"] * 3
    assert state.sheet.guessed == {1}


def test_a_list_that_lacks_some_managers_is_left_as_it_is() -> None:
    people = _people(("", "王芳"), ("", ""), ("", "王芳"), ("", "李雷"), ("", ""), ("", "王芳"))
    state = seen([HEADER, *people])
    assert state.sheet.carried == {}
    late = _people(("", ""), ("", "王芳"), ("", ""), ("", "李雷"), ("", ""))
    assert seen([HEADER, *late]).sheet.carried == {}


def test_rows_of_nameless_people_take_over_no_number() -> None:
    rows: list[list[Any]] = [
        ["客户号", "客户姓名", "AUM月日均"],
        ["0010000001", "张甲", 1.0], ["", "张乙", 5.0], ["0010000003", "张丙", 9.0], ["", "张丁", 20.0],
    ]  # fmt: skip
    state = seen(rows)
    assert state.sheet.carried == {}
    assert entered(state)[2] == [2, 4]


def test_lines_of_a_customer_below_his_number_are_his_and_never_a_part_of_him() -> None:
    rows: list[list[Any]] = [
        ["客户号", "客户姓名", "账号", "活期余额"],
        ["0010000001", "张甲", "6222001", 1.0], ["", "", "6222002", 2.0], ["0010000002", "张乙", "6222003", 3.0],
        ["", "", "6222004", 4.0], ["0010000003", "张丙", "6222005", 5.0],
    ]  # fmt: skip
    state = seen(rows)
    assert state.sheet.guessed == {0, 1}
    assert entered(state)[0] == ["0010000003"]
    assert entered(state)[2] == [1, 2, 3, 4]
