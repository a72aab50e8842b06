"""The command `scripts`: the library, for a scene, by words, for a customer; head office's set out and in."""

from pathlib import Path

import openpyxl

import workbench.commands.of_scripts  # noqa: F401  (adds its command)
from tests.workbench.commands.conftest import Run
from workbench.outreach.playbook.library import library
from workbench.outreach.playbook.script import ScriptJson


def test_every_variant_is_an_entry(run: Run, imported: Path) -> None:
    done = run("scripts", "--json")
    assert done.status == 0
    listed = done.json["scripts"]
    assert [one["id"] for one in listed] == list(library().scripts)
    assert set(listed[0]) == ScriptJson.__required_keys__
    scene = run("scripts", "--scene", "开场", "--json").json["scripts"]
    assert {one["scene"] for one in scene} == {"open"}
    assert scene == run("scripts", "--scene", "open", "--json").json["scripts"]


def test_words_find_texts_scenes_and_initials(run: Run, imported: Path) -> None:
    for typed in ("poling", "pobing", "破冰"):
        scenes = {one["scene"] for one in run("scripts", "--search", typed, "--json").json["scripts"]}
        assert ("ice" in scenes) == (typed != "poling")
    birthday = run("scripts", "--search", "sr", "--scene", "birthday", "--json").json["scripts"]
    assert birthday
    text = run("scripts", "--search", "拜年", "--library", "节日、生日与年度触点").out
    assert "拜年" in text
    assert "{" not in text


def test_unknown_scene_and_book_name_those_that_there_are(run: Run, imported: Path) -> None:
    done = run("scripts", "--scene", "没有")
    assert done.status == 2
    assert "邀约" in done.err
    assert "到期" in done.err
    assert run("scripts", "--library", "没有").status == 2
    assert run("scripts", "--customer", "没有").status == 2


def test_customer_gets_filled_texts_the_best_first_and_nobodys_style(run: Run, imported: Path) -> None:
    number = run("customers", "--where", "average > 100000", "--json").json["customers"][0]["customer_no"]
    body = run("scripts", "--customer", number, "--json").json
    assert body["customer_no"] == number
    assert body["scripts"]
    for one in body["scripts"]:
        assert "{" not in one["text"]
        assert one["style"] == []
        assert {"why", "product", "cautions"} <= set(one)
        assert one["to"] == "customer"
    assert not [one for one in body["scripts"] if "女士,您好" in one["text"] or "先生,您好" in one["text"]]
    assert all(set(one) == {"sentence", "n"} for one in body["withheld"])
    opening = run("scripts", "--customer", number, "--scene", "开场").out
    assert "共" in opening


def test_first_script_of_a_customer_is_what_the_day_list_says(run: Run, imported: Path) -> None:
    line = next(one for one in run("today", "--json").json["customers"] if one["script"])
    first = run("scripts", "--customer", line["customer_no"], "--json").json["scripts"][0]
    assert (first["id"], first["text"]) == (line["script"], line["say"])


def test_set_of_head_office_goes_out_as_a_form_and_comes_back(
    run: Run, imported: Path, tmp_path: Path
) -> None:
    form = tmp_path / "话术.xlsx"
    assert run("scripts", "--template", form).status == 0
    assert run("scripts", "--template", form).status == 2
    assert run("scripts", "--import", form).status == 2
    book = openpyxl.load_workbook(form)
    sheet = book.worksheets[0]
    for column, value in ((1, "8"), (2, "开场"), (9, "您好,总行让我问问您,网点哪里还能做得更好?")):
        sheet.cell(5, column, value)
    for column, value in ((1, "9"), (2, "开场"), (9, "您好,这款产品稳赚不赔,今天就办吧。")):
        sheet.cell(6, column, value)
    book.save(form)
    done = run("scripts", "--import", form)
    assert done.status == 0
    assert "第 6 行" in done.err
    assert "稳赚" in done.err
    (one,) = run("scripts", "--library", "office", "--json").json["scripts"]
    assert (one["id"], one["source"]) == ("HQ-8", "总行话术")
