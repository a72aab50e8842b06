"""One colleague's dialects reach another's book in one file, and a wrong file is refused by what is wrong."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.engine import Book
from tests.books import new_book
from tests.workbench.intake.monthly import LAW, MONTHLY, OWN, knowing, the
from workbench.base.errors import WorkbenchError
from workbench.intake.catalogue.fields import catalogue
from workbench.intake.columns import custom
from workbench.intake.columns.dialect_files import (
    SUFFIX,
    from_file,
    read_text,
    to_file,
    what_it_replaces,
    written,
)
from workbench.intake.columns.dialects import Dialect, HeadingChoice, as_plain, from_plain, learn
from workbench.intake.columns.heading_keys import keys


@pytest.fixture
def kept(book: Book) -> Book:
    return knowing(book)


@pytest.fixture
def second(tmp_path: Path) -> Iterator[Book]:
    with new_book(tmp_path / "同事.book", "春风化雨 2026") as opened:
        yield opened


def test_a_colleague_gets_the_dialects_and_their_custom_fields(
    kept: Book, second: Book, tmp_path: Path
) -> None:
    path = tmp_path / f"支行{SUFFIX}"
    assert to_file(kept, path) == 1
    first = from_file(second, path, catalogue())
    assert the(second) == the(kept)
    with second.read() as conn:
        assert custom.read_all(conn) == (OWN,)
    again = from_file(second, path, catalogue())
    assert (first.count, again.count, again.undo_id) == (1, 0, None)


def test_a_dialect_of_the_same_name_is_replaced_and_comes_back_by_undo(
    kept: Book, second: Book, tmp_path: Path
) -> None:
    path = tmp_path / f"支行{SUFFIX}"
    to_file(kept, path, [MONTHLY.name])
    with second.write("dialect", "x") as writer:
        learn(writer, replace(MONTHLY, unit="万元"))
    before = second.fingerprint()
    assert what_it_replaces(second, path, catalogue()) == (MONTHLY.name,)
    change = from_file(second, path, catalogue())
    assert the(second) == (MONTHLY,)
    assert what_it_replaces(second, path, catalogue()) == ()
    assert change.undo_id is not None
    second.reverse(change.undo_id)
    assert second.fingerprint() == before


def _spoilt(**changes: Any) -> str:
    body = json.loads(written([MONTHLY], [OWN]))
    body["dialects"][0] |= changes
    return json.dumps(body, ensure_ascii=False)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{\n", "第 2 行不是完整的 JSON"), ("[]", "这不是表式文件"), ("[" * 100_000, "嵌套太深"),
        ('{"dialects": [], "version": 2}', "更新版本"), ('{"dialects": []}', "缺少版本号"),
        ('{"dialects": {}, "version": 1}', "dialects 应当是一个列表"),
        ('{"dialects": [{}], "version": 1}', "第 1 个表式的 name 缺少"),
        ('{"dialects": [], "version": 1, "x": 1}', "不认识“x”这一项"),
        (_spoilt(name=" "), "name 是空的"), (_spoilt(kind="other"), "kind 不认识“other”"),
        (_spoilt(unit="两"), "表式“个人客户资产月报”的 unit 不认识“两”"), (_spoilt(totals=1), "totals 不认识“1”"),
        (_spoilt(header_row=0), "header_row 不是行号"), (_spoilt(header_depth=True), "header_depth 不是行数"),
        (_spoilt(headings=[1]), "headings 应当都是文字"), (_spoilt(headings=["13812345678"]), "“13812345678”不能用"),
        (_spoilt(columns=[]), "columns 应当是一组列名"),
        (_spoilt(columns={"甲": {"field": "没有"}}), "列“甲”,这种表没有“没有”这个字段"),
        (_spoilt(columns={"甲": {"field": ["x"]}}), "这个字段"),
        (_spoilt(columns={"甲": {"custom": "custom.甲"}}), "没有自定义字段“custom.甲”"),
        (_spoilt(columns={"甲": {"fields": "name"}}), "不认识“fields”这一项"),
        (_spoilt(columns={"甲": {"field": "name"}, "乙": {"field": "name"}}), "name 已由列“甲”对应"),
    ],
)  # fmt: skip
def test_a_file_that_is_wrong_is_refused_by_what_is_wrong(text: str, words: str) -> None:
    with pytest.raises(WorkbenchError) as caught:
        read_text(text, "支行.dialects.json", catalogue())
    assert caught.value.code == "bad_dialects"
    assert words in caught.value.message


def test_two_of_one_name_in_a_file_are_refused() -> None:
    with pytest.raises(WorkbenchError, match="出现了两次"):
        read_text(written([MONTHLY, MONTHLY], [OWN]), "x", catalogue())


def test_a_wrong_file_changes_nothing(kept: Book, tmp_path: Path) -> None:
    before = kept.fingerprint()
    (tmp_path / "gbk.json").write_bytes("口径".encode("gbk"))
    (tmp_path / "half.json").write_text(written([replace(MONTHLY, unit="万元")], []), "utf-8")
    for name, code in (
        ("gbk.json", "bad_dialects"),
        ("half.json", "bad_dialects"),
        ("none.json", "file_missing"),
    ):
        with pytest.raises(WorkbenchError) as caught:
            from_file(kept, tmp_path / name, catalogue())
        assert caught.value.code == code
    with pytest.raises(WorkbenchError) as caught:
        to_file(kept, tmp_path / "no" / "folder.json")
    assert caught.value.code == "no_folder"
    assert kept.fingerprint() == before


choices = st.one_of(
    st.builds(HeadingChoice, st.none(), st.just(""), st.booleans()),
    st.builds(
        HeadingChoice, st.sampled_from(["aum_balance", "name", "phone"]), st.sampled_from(["", "元", "万元"])
    ),
)
headings = (
    st.text("客户资产余额日均AB9", min_size=1, max_size=6).map(lambda text: keys([text])[0]).filter(bool)
)


@st.composite
def dialects(draw: st.DrawFn) -> Dialect:
    columns: dict[str, HeadingChoice] = draw(st.dictionaries(headings, choices, max_size=6))
    fields: set[str] = set()
    for key, choice in list(columns.items()):
        if choice.field in fields:
            del columns[key]
        elif choice.field:
            fields.add(choice.field)
    return Dialect(
        draw(st.text("甲乙丙(2)", min_size=1, max_size=8)), "customers",
        frozenset(columns) | draw(st.frozensets(headings, max_size=4)), columns,
        draw(st.sampled_from(["", "元", "亿元"])), draw(st.one_of(st.none(), st.integers(1, 60))),
        draw(st.integers(1, 3)), tuple(sorted(draw(st.frozensets(headings, max_size=3)))),
        draw(st.sampled_from(["", "title", "file", "asked"])), draw(st.booleans()), draw(st.booleans()),
    )  # fmt: skip


@LAW
@given(st.lists(dialects(), max_size=3, unique_by=lambda dialect: dialect.name))
def test_what_is_exported_is_what_is_imported(made: list[Dialect]) -> None:
    read, own = read_text(written(made, []), "x", catalogue())
    assert read == made
    assert own == []
    assert [from_plain(as_plain(dialect)) for dialect in made] == made
