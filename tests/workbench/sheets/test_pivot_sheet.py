"""The printed pivot (domain 11.9): one page that tells no small group, dated, with the same words as the screen."""

from workbench.base.terms import Term
from workbench.insight.products.axis import AxisValue
from workbench.insight.products.pivot import PivotCell, PivotTable
from workbench.sheets.pdf import pages
from workbench.sheets.pivot_sheet import pivot_content, pivot_pdf, shown


def table(counts: list[list[int]], measure: str = "customers", each: float = 1.0) -> PivotTable:
    full = [[*line, sum(line)] for line in counts]
    full.append([sum(column) for column in zip(*full, strict=True)])
    cells = tuple(
        tuple(PivotCell(n, n, n * each if measure != "products" else each, "x = 1") for n in line)
        for line in full
    )
    rows = tuple(AxisValue(n, f"行{n}", "") for n in range(len(counts)))
    columns = tuple(AxisValue(n, f"列{n}", "") for n in range(len(counts[0])))
    return PivotTable(
        measure,
        Term("a", "甲标签", "enum"),
        Term("b", "乙标签", "enum"),
        rows,
        columns,
        cells,
        "2026-10",
        "2026-10-31",
    )


def texts(content: dict[str, object], row: int) -> list[str]:
    rows = content["rows"]
    assert isinstance(rows, list)
    return [cell["text"] for cell in rows[row]["cells"]]


def test_small_cells_and_what_would_tell_them_are_left_out_and_said_so() -> None:
    content = pivot_content(
        table([[3, 20, 30], [40, 50, 60], [70, 80, 90]]), 5, printed_by="周敏", printed_at="2026-11-02"
    )
    assert texts(content, 0) == ["<5", "*", "30", "53"]
    assert texts(content, 1)[0] == "*"
    assert "少于 5 户" in content["notes"][0]
    hidden = [cell for row in content["rows"] for cell in row["cells"] if cell["hidden"]]
    assert len(hidden) == 4
    assert all(cell["share"] == 0 for cell in hidden)


def test_the_amounts_of_small_cells_are_left_out_like_their_counts() -> None:
    content = pivot_content(table([[3, 20], [40, 50]], "aum", 5e6), 5, printed_by="", printed_at="")
    assert texts(content, 0)[0] == "<5"
    assert "'15.0万'" not in str(content)


def test_a_table_without_small_cells_has_no_note() -> None:
    content = pivot_content(table([[10, 20], [40, 50]]), 5, printed_by="", printed_at="")
    assert content["notes"] == []
    assert texts(content, 2) == ["50", "70", "120"]


def test_who_has_no_figure_is_counted_in_a_note() -> None:
    made = table([[10, 20], [40, 50]], "aum", 1.0)
    last = PivotCell(120, 100, 1.0, "")
    cells = (*made.cells[:-1], (*made.cells[-1][:-1], last))
    untold = PivotTable(
        made.measure, made.rows, made.columns, made.row_groups, made.column_groups, cells, "", ""
    )
    assert "20 户" in pivot_content(untold, 5, printed_by="", printed_at="")["notes"][0]


def test_figures_read_as_on_the_screen() -> None:
    money = table([[10]], "aum", 1_234_500)
    assert shown(money, money.cells[0][0]) == "12.3万"
    mean = table([[10]], "products", 3.26)
    assert shown(mean, mean.cells[0][0]) == "3.3"
    assert shown(mean, PivotCell(3, 0, None, "")) == "—"


def test_the_sheet_is_one_landscape_page() -> None:
    counts = [[10 + row * column for column in range(9)] for row in range(12)]
    drawn = pages(pivot_pdf(table(counts), 5, printed_by="周敏", printed_at="2026-11-02").content, dpi=40)
    assert len(drawn) == 1
    assert drawn[0].width > drawn[0].height
