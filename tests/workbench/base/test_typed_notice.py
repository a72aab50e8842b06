"""A year's notice typed in: in the words of the notice, in short, read again as it was written (domain 6.7)."""

import pytest

from tests.workbench.base.notices import notice
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.base.holiday_files import notice_of, shipped_years
from workbench.base.typed_notice import notice_lines, typed_notice

OFFICIAL = """现将2027年放假安排通知如下。
一、元旦:1月1日(周五)至3日(周日)放假,共3天。
二、春节:2月5日至2月12日放假调休,共8天。2月14日(周日)上班。
三、清明节:4月3日至5日放假,共3天。
四、劳动节:5月1日至5日放假调休,共5天。
五、端午节:6月9日(周三)放假。
六、中秋节:9月15日放假。
七、国庆节:10月1日至7日放假调休,共7天。10月9日(周六)上班。"""
SHORT = """元旦 1.1-1.3
春节 2.5-2.12
清明节 4/3-4/5
劳动节 5.1—5.5
端午节 6.9
中秋节 9.15
国庆节 10.1-7
班 2.14、10.9"""


@pytest.mark.parametrize("text", [OFFICIAL, SHORT])
def test_what_is_typed_is_the_notice(text: str) -> None:
    typed, wanted = typed_notice(2027, text), notice_of(notice())
    assert [(one.day, one.off) for one in typed.days] == [(one.day, one.off) for one in wanted.days]
    assert {one.name for one in typed.days if one.off} == {one.name for one in wanted.days if one.off}


def test_a_notice_is_shown_as_lines_that_are_read_again() -> None:
    for year in (2024, 2025, 2026):
        known = shipped_years()[year]
        again = typed_notice(year, notice_lines(known))
        assert [(one.day, one.off) for one in again.days] == [(one.day, one.off) for one in known.days]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (SHORT + "\n元旦 1.32", "第 9 行「1.32」"), (SHORT + "\n加班 10.9\n中秋节 10.9", "又休又班"),
        (SHORT.replace("端午节 6.9\n", ""), "缺少法定节日:端午节"), ("1.1-1.3", "没有写节日名称"),
        (SHORT + "\n班 6.10", "本来就是工作日"), (SHORT + "\n元旦 3", "没有认出日期"), ("", "days"),
    ],
)  # fmt: skip
def test_a_wrong_line_is_refused_in_one_sentence(text: str, said: str) -> None:
    with pytest.raises(WorkbenchError) as caught:
        typed_notice(2027, text)
    assert caught.value.code == "bad_holidays"
    assert said in caught.value.sentence()


def test_a_typed_notice_counts_at_once_and_is_undone(workbench: Workbench) -> None:
    assert not workbench.workdays.announced(2027)
    change = workbench.type_holidays(2027, SHORT)
    assert workbench.workdays.announced(2027)
    assert change.undo_id is not None
    workbench.book.reverse(change.undo_id)
    del workbench.workdays
    assert not workbench.workdays.announced(2027)
