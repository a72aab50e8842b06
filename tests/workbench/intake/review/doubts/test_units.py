"""A unit that the title gives to columns which are not there is asked about."""

from tests.workbench.intake.conftest import ROWS, Make
from workbench.intake.room import Intake

HEADER = ["客户编号", "客户名称", "客户层级", "金融资产余额", "贷款余额"]


def test_an_exception_that_fits_a_column_asks_nothing_and_sets_its_unit(intake: Intake, xlsx: Make) -> None:
    title = ["名单 2026年10月末(除贷款余额为元外,其余单位:万元)"]
    sheet = intake.read(xlsx([title, HEADER, *ROWS])).report().sheets[0]
    assert {match.header: match.unit for match in sheet.mapping}["贷款余额"] == "元"
    assert (sheet.unit, sheet.questions) == ("万元", ())


def test_an_exception_that_fits_no_column_is_asked(intake: Intake, xlsx: Make) -> None:
    title = ["名单 2026年10月末(除信用卡余额为元外,其余单位:万元)"]
    sheet = intake.read(xlsx([title, HEADER, *ROWS])).report().sheets[0]
    assert [question.code for question in sheet.questions] == ["unit_exception"]
    assert "信用卡余额" in sheet.questions[0].words
