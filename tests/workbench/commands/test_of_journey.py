"""`workbench journey`: all five stages always, one customer's card, a move by hand and the way back."""

import shutil
from pathlib import Path

import pytest

from db import book_key
from tests.books import new_workbench
from tests.workbench.commands.conftest import PASSPHRASE, Run

NUMBER = "00000001"
TODAY = "2026-11-23"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book of two customers with its layers computed; tests open copies of it."""
    folder = tmp_path_factory.mktemp("journey")
    file, book = folder / "名单_20261031.csv", folder / "a.book"
    file.write_text(f"客户编号,客户名称,金融资产余额\n{NUMBER},欧阳一,100000\n00000002,钱二,", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book_key, "COST", 16)
        patch.setenv("WORKBENCH_TODAY", TODAY)
        with new_workbench(book, PASSPHRASE) as workbench:
            workbench.intake.read(file).commit()
            workbench.insight.engine.ensure()
    return book


@pytest.fixture
def listed(filled: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("WORKBENCH_TODAY", TODAY)
    return Path(shutil.copyfile(filled, tmp_path / "a.book"))


def test_all_five_stages_stand_there_with_assets_and_who_has_no_card(run: Run, listed: Path) -> None:
    board = run("journey", "--json", "--book", listed).json
    assert list(board["stages"]) == ["J1", "J2", "J3", "J4", "J5"]
    assert {code: one["customers"] for code, one in board["stages"].items()} == {
        "J1": 0, "J2": 0, "J3": 1, "J4": 0, "J5": 0,
    }  # fmt: skip
    settled = board["stages"]["J3"]
    assert (settled["assets"], settled["moved_in"]) == (100_000, None)
    assert settled["longest"] == {"customer_no": NUMBER, "name": "欧**", "since": "2026-10-31", "days": 23}
    assert (board["pool"], board["outside"], board["unknown"], board["prospects"]) == (0, 0, 1, 0)
    assert board["as_of"] == "2026-10-31"
    printed = run("journey", "--stage", "稳定经营期", "--book", listed)
    assert "欧**" in printed.out
    assert "欧阳" not in printed.out
    assert "要有前后两个月的名单" in printed.out
    assert ("10月进" in printed.out, "本月" in printed.out) == (True, False)  # of October, read in November
    listing = run("journey", "--stage", "j3", "--json", "--book", listed).json["stages"]["J3"]["list"]
    assert [one["customer_no"] for one in listing] == [NUMBER]


def test_a_customer_is_moved_by_hand_and_back(run: Run, listed: Path) -> None:
    assert run("journey", NUMBER, "--json", "--book", listed).json["stage"] == "J3"
    moved = run("journey", NUMBER, "--move", "J4", "--reason", "客户说要转走", "--json", "--book", listed)
    assert moved.json["change"]
    card = run("journey", NUMBER, "--json", "--book", listed).json
    assert (card["customer_no"], card["stage"], card["stage_name"]) == (NUMBER, "J4", "防降期")
    assert (card["machine"], card["until"]) == ("J3", "2027-02-21")
    assert [stay["stage"] for stay in card["history"]] == ["J3"]
    assert "系统判断:稳定经营期;理由:客户说要转走" in run("journey", NUMBER, "--book", listed).out
    assert run("journey", NUMBER, "--by-machine", "--book", listed).status == 0
    assert run("journey", NUMBER, "--json", "--book", listed).json["stage"] == "J3"


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ((NUMBER, "--move", "J7", "--reason", "看看"), "bad_stage"),
        ((NUMBER, "--move", "J4"), "no_reason"),
        ((NUMBER, "--by-machine"), "not_moved"),
        ((NUMBER, "--move", "J4", "--by-machine"), "two_moves"),
        (("--move", "J4", "--reason", "看看"), "no_customer"),
        ((NUMBER, "--stage", "J4"), "two_ways"),
        (("--stage", "J8"), "bad_stage"),
        (("00000009",), "no_such_customer"),
    ],
)
def test_what_makes_no_sense_is_refused(run: Run, listed: Path, words: tuple[str, ...], code: str) -> None:
    refused = run("journey", *words, "--json", "--book", listed)
    assert (refused.status, refused.json["error"]["code"]) == (2, code)
