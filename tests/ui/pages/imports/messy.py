"""Lists as head offices really send them: titles, two-row merged header, hidden row, lost zeros, a wrong total."""

from pathlib import Path

from openpyxl import Workbook

NAMES = ("林秀英", "赵建国", "周敏", "王晓东", "何芳", "陈伟", "刘洋", "黄丽", "吴强", "徐静", "孙浩", "马超")
HEADER = ("客户编号", "户名", "联系电话", "时点余额", "月日均", "客户经理姓名", "开户日", "兴趣爱好")


def number(at: int) -> str:
    return f"{100001 + at:010d}"


def row(at: int, aum: float) -> list[object]:
    """One customer; every row is whole."""
    phone = f"1381234{at:04d}"
    return [None, number(at), NAMES[at], phone, aum, aum * 0.9, "李经理", "2020-03-05", "钓鱼"]


def september(path: Path) -> Path:
    """The list before: everyone, tidy rows, right totals."""
    return _save(path, "2026年9月30日", [row(at, 100_000.0 + at * 10_000) for at in range(12)])


def october(path: Path) -> Path:
    """The messy one. Rows as Excel shows them: 7 the first customer, 9 hidden and without its zeros, 16 again the first
    customer with other figures, 17 without a number and with a masked phone, 18 without a date that exists."""
    rows = [row(at, 102_000.0 + at * 10_000) for at in range(9)]
    rows[2][1] = int(number(2))
    doubled = row(0, 5.0)
    nameless: list[object] = [
        None,
        None,
        "徐*",
        "138****0009",
        192_000.0,
        170_000.0,
        "李经理",
        "2020-03-05",
        "",
    ]
    undated = [*row(10, 202_000.0)[:7], "2020/13/45", ""]
    return _save(path, "2026年10月31日", [*rows, doubled, nameless, undated], wrong=88_888.0, hidden=9)


def _save(
    path: Path, date: str, rows: list[list[object]], *, wrong: float = 0.0, hidden: int | None = None
) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "客户清单"
    sheet.append([None])
    sheet.append([None])
    sheet.append([None, f"中山支行个人客户资产月报({date})"])
    sheet.append([None, "制表:零售部", None, None, "单位:元"])
    sheet.append([None, "客户信息", None, None, "金融资产", None, "其他信息", None, None])
    sheet.append([None, *HEADER])
    for merged in ("B5:D5", "E5:F5", "G5:I5"):
        sheet.merge_cells(merged)
    for cells in rows:
        sheet.append(cells)
    total = sum(float(str(cells[4])) for cells in rows)
    sheet.append([None, "合计", None, None, total + wrong])
    sheet.append([None, "注:本表不含对公客户"])
    if hidden is not None:
        sheet.row_dimensions[hidden].hidden = True
    notes = book.create_sheet("说明")
    notes.append(["填表说明"])
    notes.append(["每月 5 日前报送"])
    book.save(path)
    return path
