"""Every way out of the book is one door: never over a book, over another file only with --force, always registered."""

import json
import os
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db import book_key
from db.engine import Book
from tests.books import empty_file, new_workbench
from tests.workbench.commands.conftest import Run
from workbench.insight.genes.disc import BlockAnswer
from workbench.outreach.family_goals.room import NewFamilyGoal
from workbench.outreach.gifts.gift import NewGift
from workbench.outreach.meetings.meeting import NewMeeting
from workbench.outreach.needs.need import NewNeed
from workbench.outreach.salons.salon import NewSalon
from workbench.outreach.winback.win_back import NewWinBack
from workbench.people.prospects.prospect import NewProspect
from workbench.sample import SampleBranch
from workbench.sample.product_sheets import sample_sheets

SECRET = "春风化雨 2026"
#: named by customers of the book, and no customer
RELATIVE, PHONE = "欧阳小满", "13912345678"
#: beside the bad list: one of head office's to be filled in
LIST = "总行名单.xlsx"
#: two customers of two hundred: the import asks about it
AGREED = ("--confirm", "data_guard=只有两户", "--confirm", "lost_columns=只有三列")
#: every command that writes a file, `{}` standing for its place
FILES = [
    ["plan", "--pdf", "{}"],
    ["plan", "--xlsx", "{}"],
    ["today", "--pdf", "{}"],
    ["calendar", "1950", "--pdf", "{}"],
    ["calendar", "1950", "--xlsx", "{}"],
    ["calendar", "1950", "--ics", "{}"],
    ["benefits", "--pdf", "{}"],
    ["referrals", "--pdf", "{}"],
    ["referrals", "--xlsx", "{}"],
    ["benefits", "--template", "{}"],
    ["win-backs", "NO", "--pdf", "{}"],
    ["pack", "--pdf", "{}"],
    ["pack", "--xlsx", "{}"],
    ["portrait", "NO", "--pdf", "{}"],
    ["meeting", "NO", "--pdf", "{}"],
    ["person", "NO", "--pdf", "{}"],
    ["journey", "NO", "--pdf", "{}"],
    ["journey", "--pdf", "{}"],
    ["canvas", "老年", "--pdf", "{}"],
    ["allocation", "NO", "--pdf", "{}"],
    ["service-file", "NO", "--pdf", "{}"],
    ["allocation", "--guide", "--pdf", "{}"],
    ["pivot", "资产层级", "主客群", "--pdf", "{}"],
    ["hooks", "--pdf", "{}"],
    ["products", "--pdf", "{}"],
    ["products", "--template", "{}"],
    ["style", "--pdf", "{}"],
    ["list-export", "外出", "{}"],
    ["contacts", "--xlsx", "{}", "--purpose", "复盘"],
    ["contacts", "--csv", "{}", "--purpose", "复盘"],
    ["office-return", "--list", "LIST", "--purpose", "回报", "--output", "{}"],
    ["dialects", "--export", "{}"],
    ["register", "--pdf", "{}"],
    ["register", "--xlsx", "{}"],
    ["scripts", "--template", "{}"],
    ["import", "BAD", *AGREED, "--dry-run", "--refused", "{}"],
    ["backup", "{}"],
]
#: every command whose JSON tells of customers, and what the register calls it
DOCUMENTS = [
    (["plan"], "plan_json"),
    (["person", "NO"], "person_json"),
    (["today", "--date", "2026-11-27"], "today_json"),
    (["promises"], "promises_json"),
    (["scripts"], "scripts_json"),
    (["scripts", "--customer", "NO"], "scripts_json"),
    (["calendar", "2026"], "calendar_json"),
    (["losing"], "losing_json"),
    (["gifts"], "gifts_json"),
    (["salons"], "salons_json"),
    (["benefits"], "benefits_json"),
    (["benefits", "--customer", "NO"], "benefits_json"),
    (["losses"], "losses_json"),
    (["referrals"], "referrals_json"),
    (["complaints"], "complaints_json"),
    (["win-backs"], "winback_json"),
    (["win-backs", "NO"], "winback_json"),
    (["portrait", "NO"], "portrait_json"),
    (["needs"], "needs_json"),
    (["meeting", "NO"], "meeting_json"),
    (["customers", "--where", "average > 0"], "customers_json"),
    (["customers", "NO"], "customers_json"),
    (["check"], "check_json"),
    (["light", "NO"], "light_json"),
    (["outcomes"], "outcomes_json"),
    (["contacts"], "contacts_json"),
    (["office-return", "--list", "LIST"], "office_return_json"),
    (["prospects"], "prospects_json"),
    (["towers"], "towers_json"),
    (["journey"], "journey_json"),
    (["journey", "--stage", "J3"], "journey_json"),
    (["journey", "NO"], "journey_json"),
    (["genes"], "genes_json"),
    (["canvas", "老年"], "canvas_json"),
    (["matrix"], "matrix_json"),
    (["matrix", "--product", "定期"], "matrix_json"),
    (["allocation", "NO"], "allocation_json"),
    (["service-file", "NO"], "service_file_json"),
    (["service-file"], "service_file_json"),
    (["pivot", "资产层级", "主客群"], "pivot_json"),
    (["hooks"], "hooks_json"),
    (["products"], "products_json"),
    (["style"], "style_json"),
    (["lists"], "lists_json"),
    (["register"], "register_json"),
    (["list-show", "外出"], "customers_json"),
    (["identity"], "identity_json"),
    (["imports"], "imports_json"),
    (["imports", "1"], "imports_json"),
    (["import", "BAD", *AGREED, "--dry-run"], "import_json"),
]

#: commands whose documents name nobody, so that none is told in full
NAMELESS = ("canvas", "pivot", "lists", "hooks", "products", "style", "register")


@pytest.fixture(scope="module")
def filled(branch: SampleBranch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A book with the newest two months and one list."""
    path = tmp_path_factory.mktemp("ways") / "支行.book"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(book_key, "COST", 16)
        patch.setenv("WORKBENCH_TODAY", "2026-11-22")
        with new_workbench(path, SECRET) as workbench:
            for file in branch.files[-2:]:
                session = workbench.intake.read(file)
                session.confirm_similar()
                session.commit()
            workbench.insight.check()
            workbench.insight.picking.save("外出", "average > 0")
            workbench.outreach.plan()
            number, *_others = _of(workbench.book, "customer_no")
            workbench.insight.links.add(number, "spouse", other_name=RELATIVE, note=f"电话{PHONE}")
            workbench.outreach.promises.make(number, f"给{RELATIVE}回电话,{PHONE}", "2026-11-27")
            workbench.outreach.lights.hand_over(number, f"{RELATIVE}的经理", note=PHONE)
            workbench.outreach.log_touch(
                number, channel="call", result="reached", note=f"儿子{RELATIVE}接的,{PHONE}"
            )
            workbench.outreach.needs.record(number, NewNeed(f"{RELATIVE}留学,{PHONE}", note=RELATIVE))
            workbench.outreach.family_goals.record(number, NewFamilyGoal("own", f"{RELATIVE}学费"))
            workbench.outreach.meetings.record(number, NewMeeting(None, [f"{RELATIVE}的打算,{PHONE}"]))
            gift = NewGift(number, "书", "2026-12-24", f"{RELATIVE}满月", amount="60", note=PHONE)
            workbench.outreach.gifts.put(gift)
            workbench.outreach.benefits.issue("贵宾出行", [number], f"{RELATIVE}代领,{PHONE}")
            need = NewWinBack(need=f"{RELATIVE}出国换汇,{PHONE}")
            workbench.outreach.win_backs.open(number, need)
            workbench.outreach.salons.put(NewSalon("讲座", "education", "2026-12-18"))
            workbench.outreach.salons.list_guests(1, number)
            workbench.outreach.salons.feedback(1, 1, f"带{RELATIVE}来,{PHONE}")
            workbench.prospects.add(NewProspect(RELATIVE, PHONE, relation=f"{RELATIVE}的同事"))
            workbench.insight.selling.take_in([one for one in sample_sheets() if one.regime])
            workbench.insight.genes.keep_style(1, [BlockAnswer("S", "D", at % 4) for at in range(24)], 300)
            workbench.insight.engine.ensure()  # what is computed here need not be computed in every copy
    return path


def _of(book: Book, column: str) -> list[str]:
    """What the customers have in a column, whole values only."""
    with book.read() as conn:
        told = conn.exec_driver_sql(f"select {column} from customers order by id").scalars()
        return [str(value) for value in told if value is not None and "*" not in value]


def _naming(path: Path) -> set[str]:
    """Every name, phone and identity number of the book, and of those whom its customers name."""
    with Book.open(path, SECRET) as book:
        told = [value for column in ("name", "phone", "id_no") for value in _of(book, column)]
    assert len(told) > 300
    return {RELATIVE, PHONE, "甲一", "乙二", *told}


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A list with one row to be sent back, a phone that is none, and a column that nobody knows."""
    path = tmp_path / "名单_202611.csv"
    rows = (
        "客户编号,客户名称,手机号,家里人,AUM余额",
        f"0000000001,甲一,见{PHONE},{RELATIVE},1",
        "没有号,乙二,,,2",
    )
    path.write_text("\n".join(rows), "utf-8-sig")
    head_office = openpyxl.Workbook()
    for row in (("客户编号", "客户名称", "联系结果", "备注"), ("0000000001", "甲一"), ("0000000002", "乙二")):
        head_office.active.append(row)
    head_office.save(tmp_path / LIST)
    return path


def _words(words: list[str], book: Path, bad: Path, place: object = "") -> list[str]:
    with Book.open(book, SECRET) as opened, opened.read() as conn:
        number = conn.exec_driver_sql("select customer_no from customers order by id limit 1").scalar()
    told = {"NO": str(number), "BAD": str(bad), "LIST": str(bad.with_name(LIST))}
    return [*(told.get(word, word.format(place)) for word in words), "--book", str(book)]


def _registered(book: Path) -> list[tuple[str, str, dict[str, Any]]]:
    with Book.open(book, SECRET) as opened, opened.read() as conn:
        rows = conn.exec_driver_sql(
            "select action, subject, facts from audit where action not in ('login', 'created') order by id"
        ).all()
    return [(row[0], row[1], json.loads(row[2])) for row in rows]


@pytest.mark.parametrize("words", FILES, ids=lambda words: f"{words[0]}{words[-2] if len(words) > 2 else ''}")
def test_no_output_destroys_what_was_there(
    run: Run, filled: Path, bad: Path, tmp_path: Path, words: list[str]
) -> None:
    other = tmp_path / "别人的.book"
    empty_file(other, SECRET)
    for target in (other, filled, Path(f"{filled}.lock")):
        kept = target.read_bytes() if target is other else None
        for force in ([], ["--force"]):
            done = run(*_words(words, filled, bad, target), *force)
            assert done.status == 2, done.out
            assert "账本" in done.err
        assert kept is None or target.read_bytes() == kept
    important = tmp_path / "重要.xlsx"
    important.write_bytes(b"important")
    done = run(*_words(words, filled, bad, important))
    assert done.status == 2
    assert "已经有了" in done.err
    assert important.read_bytes() == b"important"
    assert run(*_words(words, filled, bad, important), "--force").status == 0
    assert important.read_bytes() != b"important"
    # the numbered rows and the layout of what left are kept after it
    kept_after = ("sheet", "office_template")
    *_before, (action, kind, facts) = [one for one in _registered(filled) if one[0] not in kept_after]
    assert (action, kind is None) in (("export", False), ("backup", True))
    assert facts["path"] == str(important)
    with Book.open(filled, SECRET) as book:
        assert book.verify() == []


@pytest.mark.parametrize(
    ("words", "kind"), DOCUMENTS, ids=lambda one: one[0] if isinstance(one, list) else one
)
def test_every_document_about_customers_is_registered(
    run: Run, filled: Path, bad: Path, words: list[str], kind: str
) -> None:
    before = len(_registered(filled))
    done = run(*_words(words, filled, bad), "--json")
    assert done.status == 0, done.err
    assert [word for word in _naming(filled) if word in done.out] == []
    body = done.json
    assert [(action, subject) for action, subject, _facts in _registered(filled)[before:]] == [
        ("export", kind)
    ]
    facts = _registered(filled)[-1][2]
    if "customers" in body and isinstance(body["customers"], list):
        assert facts["rows"] == len(body["customers"])


@pytest.mark.parametrize(
    ("words", "kind"),
    [one for one in DOCUMENTS if one[0][0] in ("portrait", "plan", "today", "check")],
    ids=lambda one: str(one),
)
def test_a_document_in_full_says_for_what_and_names_everybody(
    run: Run, filled: Path, bad: Path, words: list[str], kind: str
) -> None:
    done = run(*_words(words, filled, bad), "--json", "--full", "--purpose", "主管核对")
    assert done.status == 0, done.err
    assert any(word in done.out for word in _naming(filled))
    action, subject, facts = _registered(filled)[-1]
    assert (action, subject, facts["full"], facts["purpose"]) == ("export", kind, True, "主管核对")
    assert "name" in facts["fields"]


def test_masked_json_keeps_its_shape_and_every_customer_number(run: Run, filled: Path, bad: Path) -> None:
    command = _words(["portrait", "NO"], filled, bad)
    masked, whole = run(*command, "--json").json, run(*command, "--json", "--full", "--purpose", "核对").json
    assert _shape(masked) == _shape(whole)
    assert masked["customer"]["customer_no"] == whole["customer"]["customer_no"]
    assert masked["customer"]["name"] == whole["customer"]["name"][0] + "**"
    assert masked["snapshots"] == whole["snapshots"]
    assert masked["household"]["relations"][0]["name"] == "欧**"
    assert masked["touches"][0]["note"] == "儿**"
    facts = _registered(filled)[-2][2]
    assert "name_masked" in facts["fields"]
    assert "purpose" not in facts


def _shape(body: Any) -> Any:
    """The keys of a document and how long its lists are."""
    if isinstance(body, dict):
        return {key: _shape(value) for key, value in body.items()}
    return [_shape(one) for one in body] if isinstance(body, list) else None


@pytest.mark.parametrize("words", [words for words, _kind in DOCUMENTS if words[0] not in NAMELESS])
def test_full_without_a_purpose_is_refused_in_one_sentence(
    run: Run, filled: Path, bad: Path, words: list[str]
) -> None:
    before = len(_registered(filled))
    done = run(*_words(words, filled, bad), "--json", "--full")
    assert done.status == 2
    assert done.json["error"]["code"] == "no_purpose"
    assert "用途" in done.err
    assert run(*_words(words, filled, bad), "--full", "--purpose", "核对").status == 2
    assert len(_registered(filled)) == before


@pytest.mark.skipif(os.name != "posix", reason="devices are files on POSIX")
def test_a_device_is_not_replaced_by_a_file(run: Run, filled: Path) -> None:
    assert run("plan", "--pdf", "/dev/null", "--force", "--book", filled).status == 2
    assert Path("/dev/null").is_char_device()


def test_refused_rows_of_several_files_do_not_overwrite_each_other(
    run: Run, filled: Path, bad: Path, tmp_path: Path
) -> None:
    second = tmp_path / "名单_202612.csv"
    second.write_bytes(bad.read_bytes())
    place = tmp_path / "退回.xlsx"
    done = run("import", bad, second, *AGREED, "--dry-run", "--refused", place, "--book", filled)
    assert done.status == 0, done.err
    assert place.exists()
    assert (tmp_path / "退回-2.xlsx").exists()


def test_a_place_that_is_taken_is_said_before_anything_is_imported(
    run: Run, filled: Path, bad: Path, tmp_path: Path
) -> None:
    with Book.open(filled, SECRET) as book:
        before = book.fingerprint()
    taken = tmp_path / "退回.xlsx"
    taken.write_bytes(b"x")
    assert run("import", bad, "--refused", taken, "--book", filled).status == 2
    with Book.open(filled, SECRET) as book:
        assert book.fingerprint() == before


@pytest.mark.parametrize(
    ("condition", "secret", "shown"),
    [
        ("phone = '13800138000'", "13800138000", "138****8000"),
        ("id_no = '110101199003074514'", "110101199003074514", "4514"),
        ("name = '欧阳修'", "欧阳修", "欧**"),
        ("name in ('欧阳修', '苏轼') or average > 1000000", "苏轼", "苏*"),
        ("not (note contains '13800138000')", "13800138000", "1**"),
        ("branch = '支行13800138000'", "13800138000", "8000"),
    ],
)
def test_a_condition_names_nobody_in_clear(
    run: Run, filled: Path, tmp_path: Path, condition: str, secret: str, shown: str
) -> None:
    assert run("list-save", "点名", "--where", condition, "--book", filled).status == 0
    saved = run("lists", "--json", "--book", filled)
    told = [
        saved.out,
        run("customers", "--where", condition, "--json", "--book", filled).out,
        run("customers", "--where", condition, "--book", filled).out,
        run("list-show", "点名", "--book", filled).out,
        run("list-show", "点名", "--json", "--book", filled).out,
    ]
    run("list-delete", "点名", "--book", filled)
    assert all(secret not in text for text in told)
    assert any(shown in text for text in told)
