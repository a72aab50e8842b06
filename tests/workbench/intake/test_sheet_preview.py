"""What a window shows of a sheet on its way in: refused rows are marked, left-out sheets said, secrets never shown."""

from tests.workbench.intake.conftest import HEADER, ROWS, Make, customers
from workbench.intake.room import Intake

SHEET = "客户清单"


def _with_notes(*notes: str) -> list[list[object]]:
    rows = [[*row, note] for row, note in zip(ROWS, notes, strict=True)]
    return customers(rows, header=[*HEADER, "备注"])


def test_a_sheet_that_was_left_out_says_so(intake: Intake, xlsx: Make) -> None:
    session = intake.read(xlsx(customers()))
    assert not session.report().sheets[0].skipped
    session.skip(SHEET)
    assert session.report().sheets[0].skipped
    assert session.report().sheets[0].as_json()["skipped"] is True


def test_the_preview_tells_every_refused_row_as_excel_shows_it(intake: Intake, xlsx: Make) -> None:
    session = intake.read(xlsx(customers([*ROWS, ["", "无号", "金卡", 1.0, 1.0]]), at=(2, 0)))
    session.report()
    assert session.preview(SHEET).refused == {9}


def test_lines_of_customers_whom_the_book_does_not_know_are_refused_rows_of_the_preview(
    intake: Intake, xlsx: Make
) -> None:
    intake.read(xlsx(customers(), "名单.xlsx")).commit()
    header = ["客户号", "联系日期", "联系方式", "联系结果"]
    rows = [
        header,
        ["0000000001", "2026-10-08", "电话", "已接通"],
        ["0000000077", "2026-10-08", "电话", "已接通"],
    ]
    session = intake.read(xlsx(rows, sheet="联系"))
    session.report()
    assert session.preview("联系").refused == {3}


def test_no_secret_is_shown_in_the_preview_or_in_the_samples(intake: Intake, xlsx: Make) -> None:
    session = intake.read(xlsx(_with_notes("密码:123456", "爱喝茶", "")))
    for looked in range(2):  # before the checks ran and after them
        preview = session.preview(SHEET)
        assert "123456" not in str(preview.rows), looked
        assert "爱喝茶" in str(preview.rows)
        samples = session.report().sheets[0].mapping[-1].samples
        assert "123456" not in str(samples)
        assert "爱喝茶" in samples


def test_a_secret_is_not_shown_while_the_sheet_cannot_be_checked(intake: Intake, xlsx: Make) -> None:
    session = intake.read(xlsx([[*HEADER, "备注"], [*ROWS[0], "密码:123456"]]))
    assert session.report().code == "no_as_of"
    assert "123456" not in str(session.preview(SHEET).rows)
    assert "123456" not in str(session.report().sheets[0].mapping)


def test_a_dropped_column_shows_its_heading_only(intake: Intake, xlsx: Make) -> None:
    header = [*HEADER, "交易密码"]
    session = intake.read(xlsx(customers([[*ROWS[0], "884412"]], header=header)))
    match = session.report().sheets[0].mapping[-1]
    assert (match.how, match.samples) == ("refused", ())
    preview = session.preview(SHEET)
    assert preview.rows[2][-1] == "交易密码"
    assert preview.rows[3][-1] == ""
