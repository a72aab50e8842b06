"""The facade: settings live in the book and can be undone; failures of the book come in words."""

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from sqlalchemy import event, select

from db.engine import Book
from workbench.app import Workbench
from workbench.base.errors import WorkbenchError
from workbench.base.pc import PcSettings
from workbench.insight.churn import churn_check
from workbench.insight.churn.assessing import STANDING
from workbench.insight.churn.churn_check import ChurnCheck


def test_a_setting_is_kept_in_the_book_and_undone(workbench: Workbench) -> None:
    change = workbench.set("preset", "rural")
    assert workbench.rules.preset == "rural"
    assert change.undo_id is not None
    workbench.undo(change.undo_id)
    assert workbench.rules.preset == "general"
    workbench.redo(change.undo_id)
    assert workbench.rules.preset == "rural"


def test_a_short_passphrase_is_refused_before_any_file_is_made(tmp_path: Path) -> None:
    with pytest.raises(WorkbenchError) as caught:
        Workbench.create(tmp_path / "a.book", "12345")
    assert caught.value.code == "weak_passphrase"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", ["wrong_passphrase", "missing", "locked"])
def test_failures_of_the_book_say_what_happened_and_what_to_do(
    workbench: Workbench, tmp_path: Path, passphrase: str, code: str
) -> None:
    path = workbench.book.path
    if code != "locked":
        workbench.close()
    words = {
        "wrong_passphrase": (path, "别的口令"),
        "missing": (tmp_path / "x.book", ""),
        "locked": (path, passphrase),
    }
    with pytest.raises(WorkbenchError) as caught:
        Workbench.open(*words[code])
    assert caught.value.code == code
    assert caught.value.message.endswith("。")
    assert caught.value.hint.endswith("。")


def test_settings_of_this_pc_survive_a_damaged_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WORKBENCH_HOME", str(tmp_path))
    settings = PcSettings.load()
    settings.language = "en"
    settings.save()
    assert PcSettings.load().language == "en"
    (tmp_path / "settings.json").write_text("{", "utf-8")
    assert PcSettings.load().language == "zh"


@contextmanager
def _full_disk(_book: Book) -> Iterator[None]:
    """No file grows any more, which is a full disk to SQLite."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def _read_only(book: Book) -> Iterator[None]:
    """The medium takes no writing any more."""

    def shut(connection: Any, *_of: object) -> None:
        connection.execute("PRAGMA query_only=1")

    def free(connection: Any, *_of: object) -> None:
        connection.execute("PRAGMA query_only=0")

    event.listen(book._store.engine, "checkout", shut)
    try:
        yield
    finally:
        event.remove(book._store.engine, "checkout", shut)
        event.listen(book._store.engine, "checkout", free)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a limit of file sizes")
@pytest.mark.parametrize("forward", [False, True])
@pytest.mark.parametrize(
    ("refusing", "code", "why"),
    [(_full_disk, "disk_full", "磁盘空间不足"), (_read_only, "read_only", "不能写入")],
)
def test_an_undo_that_the_disk_refuses_is_one_sentence_and_costs_nothing(
    workbench: Workbench,
    forward: bool,
    refusing: Callable[[Book], AbstractContextManager[None]],
    code: str,
    why: str,
) -> None:
    change = workbench.set("manager", "李经理").undo_id
    assert change is not None
    if forward:
        workbench.undo(change)
    before = workbench.book.fingerprint(), workbench.settings().get("manager")
    again = workbench.redo if forward else workbench.undo
    with refusing(workbench.book), pytest.raises(WorkbenchError) as refused:
        again(change)
    assert refused.value.code == code
    sentence = refused.value.sentence()
    assert sentence.startswith("没有重做:" if forward else "没有撤销:")
    assert why in sentence
    assert sentence.count("账本保持操作之前的状态。") == 1
    assert (workbench.book.fingerprint(), workbench.settings().get("manager")) == before
    assert workbench.book.verify() == []
    again(change)
    assert workbench.settings().get("manager") == ("李经理" if forward else None)


def _list_of(path: Path, numbers: range) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["个人客户资产月报(2026年10月31日)"])
    sheet.append(["客户号", "客户姓名", "手机号", "金融资产余额", "金融资产月日均"])
    for n in numbers:
        sheet.append(
            [f"00001000{n:02}", "周敏", f"138123400{n:02}", 48_000 + n, 47_000 + n]
        )  # a little below a line: leads
    book.save(path)
    return path


@pytest.mark.parametrize("way", ["workbench", "intake"])
def test_a_plan_that_the_program_drafted_by_itself_holds_no_import_back(
    workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    session = workbench.intake.read(_list_of(tmp_path / "名单_202610.xlsx", range(1, 13)))
    session.confirm_similar()
    session.commit()
    change = workbench.intake.history()[0].change
    assert any(item.customers for item in workbench.outreach.plan().quick_wins)
    if way == "workbench":
        workbench.undo(change)
    else:
        assert workbench.intake.undo().kept == ()
    assert workbench.insight.summary().customers == 0


def test_a_plan_that_somebody_confirmed_holds_the_import_back(
    workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WORKBENCH_TODAY", "2026-11-16")
    session = workbench.intake.read(_list_of(tmp_path / "名单_202610.xlsx", range(1, 13)))
    session.confirm_similar()
    session.commit()
    change = workbench.intake.history()[0].change
    plan = workbench.outreach.plan()
    workbench.outreach.confirm(plan.week)
    with pytest.raises(WorkbenchError) as caught:
        workbench.undo(change)
    assert caught.value.code == "needed_later"
    assert workbench.outreach.plan().quick_wins == plan.quick_wins


def test_an_import_brings_forward_what_the_check_looks_at(
    workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(churn_check, "WORTH", 0)
    session = workbench.intake.read(_list_of(tmp_path / "名单_202610.xlsx", range(1, 13)))
    session.confirm_similar()
    session.commit()
    with workbench.book.read() as conn:
        run = STANDING.run(conn)
        assert run is not None
        assert (run.month, run.revision) == ("2026-10", workbench.book.revision())
        assert conn.execute(select(STANDING.source(run))).all()


def test_an_import_stands_although_nothing_can_be_brought_forward(
    workbench: Workbench, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_self: ChurnCheck) -> None:
        raise WorkbenchError("disk_full", "x", "y")

    monkeypatch.setattr(ChurnCheck, "bring_forward", full)
    session = workbench.intake.read(_list_of(tmp_path / "名单_202610.xlsx", range(1, 13)))
    session.confirm_similar()
    assert session.commit().committed
    assert workbench.insight.check().customers == 12
