"""A year's notice is imported from a file, refused with one sentence when malformed, and undone."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import SHARED_DATA
from tests.workbench.base.notices import WORKED_2027, notice, written
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.base.holiday_files import notice_of, read_notice, shipped_years
from workbench.base.workdays import shipped


def test_a_notice_is_read_in_the_form_that_is_published(tmp_path: Path) -> None:
    found = read_notice(written(tmp_path, notice()))
    assert found.year == 2027
    assert [one.day.isoformat()[5:] for one in found.days if not one.off] == WORKED_2027
    assert notice_of(found.as_json()) == found


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_files_shipped_say_what_the_notices_said(year: int) -> None:
    file = SHARED_DATA / "holidays" / f"{year}.json"
    if not file.exists():
        pytest.skip("shared/data/holidays is not here")
    told = {(one.day, one.off) for one in read_notice(file).days}
    assert {(one.day, one.off) for one in shipped_years()[year].days} == told


def test_the_years_2004_to_2026_are_shipped_each_fit_to_be_imported() -> None:
    assert list(shipped_years()) == list(range(2004, 2027))


def changed(**more: object) -> dict[str, Any]:
    body = notice()
    body["days"][0] = body["days"][0] | more
    return body


EVERY_DAY = notice() | {
    "days": [
        {"name": "休假", "date": (dt.date(2027, 1, 1) + dt.timedelta(n)).isoformat(), "isOffDay": True}
        for n in range(365)
    ]
}


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("", "不是 JSON"), ("<html>", "不是 JSON"), ("[" * 100_000, "不是 JSON"), ([], "应当是一个对象"),
        ({}, "year 应当是"), ({"year": "2027", "days": []}, "year 应当是"), ({"year": True, "days": []}, "year 应当是"),
        ({"year": 2027}, "days 应当是列表"), ({"year": 2027, "days": []}, "days 应当是列表"),
        ({"year": 2027, "days": ["01-01"]}, "第 1 项"), (changed(name=""), "name 应当是"),
        (changed(date="20270101"), "date 应当是"), (changed(date="2027-02-30"), "date 应当是"),
        (changed(date=20270101), "date 应当是"), (changed(date="2028-01-01"), "不在 2027 年里"),
        (changed(isOffDay="true"), "isOffDay 应当是"), (changed(isOffDay=False), "本来就是工作日"),
        (changed(date="2027-01-02"), "同一个日期出现了两次"), (notice() | {"days": notice()["days"][3:]}, "元旦"),
        (notice() | {"days": notice()["days"][:11]}, "清明节、劳动节、端午节、中秋节、国庆节"), (EVERY_DAY, "休假有 365 天"),
    ],
)  # fmt: skip
def test_a_malformed_file_is_refused_with_what_is_wrong(tmp_path: Path, body: object, said: str) -> None:
    with pytest.raises(WorkbenchError) as refused:
        read_notice(written(tmp_path, body))
    assert refused.value.code == "bad_holidays"
    assert said in refused.value.message


def test_an_imported_notice_counts_and_undo_brings_the_old_state_back(
    tmp_path: Path, workbench: Workbench
) -> None:
    before = workbench.workdays
    assert (before.announced(2027), before.imported) == (False, frozenset())
    assert "2027 年放假安排未官宣" in before.notice(2027)
    change = workbench.import_holidays(written(tmp_path, notice()))
    after = workbench.workdays
    assert (after.announced(2027), after.imported, after.notice(2027)) == (True, frozenset({2027}), "")
    assert after.is_workday(read_notice(written(tmp_path, notice())).days[-1].day)
    assert workbench.import_holidays(written(tmp_path, notice())).undo_id is None
    assert change.undo_id is not None
    workbench.undo(change.undo_id)
    assert workbench.workdays == before == shipped()
    workbench.redo(change.undo_id)
    assert workbench.workdays == after


def test_an_imported_notice_overrules_the_one_shipped(tmp_path: Path, workbench: Workbench) -> None:
    body = shipped_years()[2026].as_json()
    days = [*body["days"], {"name": "台风", "date": "2026-11-20", "isOffDay": True}]  # type: ignore[misc]
    file = written(tmp_path, {**body, "days": days})
    workbench.import_holidays(file)
    typhoon = read_notice(file).days[-1].day
    assert (workbench.workdays.is_workday(typhoon), shipped().is_workday(typhoon)) == (False, True)
