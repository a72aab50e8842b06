"""Dialects as one JSON file, so that one colleague can set up a branch; every fault of a file is named when it is read."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NoReturn, TypeGuard, cast, get_args

from sqlalchemy import select

from db.engine import Book
from db.record import dialects as table
from db.values import Json
from workbench.base.change import Change
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.intake.catalogue.fields import UNITS, FieldCatalogue, fits
from workbench.intake.columns import custom
from workbench.intake.columns.custom import CustomField
from workbench.intake.columns.dialect_edits import LONGEST_NAME
from workbench.intake.columns.dialect_json import PlainDialect
from workbench.intake.columns.dialects import (
    Dialect,
    HeadingChoice,
    as_plain,
    from_plain,
    learn,
    read_all,
)
from workbench.intake.columns.heading_keys import keys
from workbench.intake.reading.doors import Unopened, opening_of, refusal_of
from workbench.intake.reading.refusals import refusal
from workbench.intake.report import Kind
from workbench.trust.register import Outgoing, Register

#: What a file of dialects is called by default.
SUFFIX = ".dialects.json"
_VERSION = 1
_PLACES = ("", "title", "column", "sheet", "file", "months", "asked")
_LARGEST = 20_000_000
_DEEPEST = 10


def to_file(book: Book, path: Path, names: Collection[str] | None = None, *, replace: bool = False) -> int:
    """Write all dialects, or those named, with the custom fields that they use; returns how many dialects.

    Headings only, never a customer's value. Raises WorkbenchError no_dialect, and as `Register.save` does.
    """
    with in_words(), book.read() as conn:
        there, fields = read_all(conn), custom.read_all(conn)
    wanted = [dialect for dialect in there if names is None or dialect.name in names]
    missing = sorted(set(names or ()) - {dialect.name for dialect in wanted})
    if missing:
        raise WorkbenchError("no_dialect", _("没有名为“{name}”的表式。").format(name=missing[0]))
    what = Outgoing("dialects", 0, facts={"dialects": len(wanted)})
    Register(book).save(what, written(wanted, fields).encode(), path, replace=replace)
    return len(wanted)


def written(dialects: Sequence[Dialect], fields: Sequence[CustomField]) -> str:
    """The text of a file of dialects, with the custom fields that they use."""
    used = {choice.custom for dialect in dialects for choice in dialect.columns.values()}
    body = {
        "version": _VERSION,
        "custom_fields": [
            {"key": field.key, "label": field.label, "kind": field.kind, "headings": list(field.headings)}
            for field in fields
            if field.key in used
        ],
        "dialects": [as_plain(dialect) for dialect in dialects],
    }
    return json.dumps(body, ensure_ascii=False, indent=2) + "\n"


def from_file(book: Book, path: Path, catalogue: FieldCatalogue) -> Change:
    """Take the dialects of a file into the book in one undoable change; one of the same name is replaced.

    Raises WorkbenchError bad_dialects with what is wrong and where; then nothing is taken.
    """
    dialects, fields = read_text(_text(path), path.name, catalogue)
    with in_words(), book.write("dialect", path.name) as writer:
        for field in fields:
            custom.store(writer, field)
        count = sum(learn(writer, dialect) for dialect in dialects)
        return Change.by(writer, count)


def what_it_replaces(book: Book, path: Path, catalogue: FieldCatalogue) -> tuple[str, ...]:
    """Names of dialects in the book that `from_file` would overwrite with different content."""
    dialects, _fields = read_text(_text(path), path.name, catalogue)
    with in_words(), book.read() as conn:
        names = set(conn.execute(select(table.c.name)).scalars())
        there = read_all(conn)
    return tuple(dialect.name for dialect in dialects if dialect.name in names and dialect not in there)


def _text(path: Path) -> str:
    try:
        _head, size = opening_of(path, 0)
        if size > _LARGEST:
            _bad(path.name, _("文件太大"))
        return path.read_text("utf-8-sig")
    except Unopened as refused:
        raise refusal(path, refused.code, {}) from None
    except OSError as error:
        raise refusal(path, refusal_of(error), {}) from None
    except UnicodeDecodeError:
        _bad(path.name, _("文件不是 UTF-8 文字"))


def _bad(file: str, what: str) -> NoReturn:
    raise WorkbenchError(
        "bad_dialects",
        _("表式文件“{file}”有问题:{what}。").format(file=file, what=what),
        _("请改正,或者请同事重新导出一份;账本没有改动。"),
    )


def read_text(text: str, file: str, catalogue: FieldCatalogue) -> tuple[list[Dialect], list[CustomField]]:
    """The dialects and custom fields in the text of a file. Raises WorkbenchError bad_dialects."""
    return _Reading(file, catalogue).all(text)


class _Reading:
    """Reads one file; the first fault ends it with a sentence that names the dialect, the column and the entry."""

    def __init__(self, file: str, catalogue: FieldCatalogue) -> None:
        self._file = file
        self._catalogue = catalogue
        self._where = ""

    def _fault(self, what: str) -> NoReturn:
        _bad(self._file, f"{self._where}{what}")

    def all(self, text: str) -> tuple[list[Dialect], list[CustomField]]:
        """Read the whole text; the version is checked before anything else."""
        try:
            body = json.loads(text)
        except json.JSONDecodeError as error:
            self._fault(_("第 {row} 行不是完整的 JSON").format(row=error.lineno))
        except RecursionError:
            self._fault(_("嵌套太深"))
        except ValueError:  # of a number of thousands of digits
            self._fault(_("数字太长"))
        if not isinstance(body, dict) or "dialects" not in body:
            self._fault(_("这不是表式文件"))
        version = body.get("version")
        if isinstance(version, int) and version > _VERSION:
            self._fault(_("是用更新版本的程序导出的"))
        self._only(body, {"version", "custom_fields", "dialects"})
        if version != _VERSION:
            self._fault(_("缺少版本号"))
        fields = [self._custom(raw) for raw in self._list(body, "custom_fields")]
        self._where = ""
        self._distinct([field.key for field in fields])
        dialects = list(self._dialects(self._list(body, "dialects"), {field.key for field in fields}))
        self._where = ""
        self._distinct([dialect.name for dialect in dialects])
        return dialects, fields

    def _custom(self, raw: Json) -> CustomField:
        self._where = _("自定义字段里,")
        entry = self._entries(raw, ("key", "label", "kind", "headings"))
        label = self._filled_text(entry, "label")
        self._where = _("自定义字段“{name}”的 ").format(name=label)
        if entry["kind"] not in custom.KINDS:
            self._fault(_("{entry} 不认识“{value}”").format(entry="kind", value=entry["kind"]))
        headings = self._texts(entry, "headings")
        return CustomField(
            self._filled_text(entry, "key"), label, entry["kind"], tuple(sorted(set(headings)))
        )

    def _dialects(self, raws: Sequence[Json], own: Collection[str]) -> Iterator[Dialect]:
        for number, raw in enumerate(raws, 1):
            self._where = _("第 {number} 个表式的 ").format(number=number)
            entry = self._entries(raw, tuple(as_plain(_EMPTY)))
            name = self._filled_text(entry, "name")
            if len(name) > LONGEST_NAME:
                self._fault(_("{entry} 太长").format(entry="name"))
            self._where = _("表式“{name}”的 ").format(name=name)
            self._one_of(entry, "kind", [kind for kind in get_args(Kind) if kind != "none"])
            self._one_of(entry, "unit", ["", *UNITS])
            self._one_of(entry, "date_from", _PLACES)
            for flag in ("totals", "kind_chosen"):
                self._one_of(entry, flag, (True, False))
            row, depth = entry["header_row"], entry["header_depth"]
            if row is not None and not (_whole(row) and row > 0):
                self._fault(_("{entry} 不是行号").format(entry="header_row"))
            if not (_whole(depth) and 0 < depth <= _DEEPEST):
                self._fault(_("{entry} 不是行数").format(entry="header_depth"))
            entry["headings"] = [self._key(text) for text in self._texts(entry, "headings")]
            entry["header_names"] = sorted(self._key(text) for text in self._texts(entry, "header_names"))
            entry["columns"] = self._columns(name, entry, own)
            yield from_plain(cast(PlainDialect, entry))

    def _columns(self, name: str, entry: Mapping[str, Json], own: Collection[str]) -> dict[str, Json]:
        columns = entry["columns"]
        if not isinstance(columns, dict):
            self._fault(_("{entry} 应当是一组列名").format(entry="columns"))
        fed: dict[str, str] = {}
        choices: dict[str, Json] = {}
        for heading, choice in columns.items():
            self._where = _("表式“{name}”的列“{heading}”,").format(name=name, heading=heading)
            if not isinstance(choice, dict):
                self._fault(_("不是一组设置"))
            self._only(choice, {"field", "unit", "ignored", "custom"})
            self._check_choice(choice, cast(Kind, entry["kind"]), own)
            for target in filter(None, (choice.get("field"), choice.get("custom"))):
                if target in fed:
                    text = _("{field} 已由列“{other}”对应")
                    self._fault(text.format(field=target, other=fed[target]))
                fed[target] = heading
            choices[self._key(heading)] = choice
        return dict(sorted(choices.items()))

    def _check_choice(self, choice: Mapping[str, Json], kind: Kind, own: Collection[str]) -> None:
        field = choice.get("field")
        if field is not None:
            entry = self._catalogue.fields.get(field) if isinstance(field, str) else None
            if entry is None or not fits(entry, kind):
                self._fault(_("这种表没有“{field}”这个字段").format(field=field))
        if choice.get("custom") is not None and choice["custom"] not in own:
            self._fault(_("没有自定义字段“{name}”").format(name=choice["custom"]))
        if "unit" in choice:
            self._one_of(choice, "unit", ["", *UNITS])
        if "ignored" in choice:
            self._one_of(choice, "ignored", (True, False))

    def _key(self, text: str) -> str:
        """A heading in the form in which dialects know it; one that already is stays as it is."""
        plain, number, place = text.partition("#")
        key = keys([plain])[0]
        if not key or (number and not place.isdigit()):
            self._fault(_("列名“{heading}”不能用").format(heading=text))
        return key + number + place

    # -- single entries ------------------------------------------------------------------------------------

    def _entries(self, raw: Json, wanted: Sequence[str]) -> dict[str, Json]:
        if not isinstance(raw, dict):
            self._fault(_("内容不是一组设置"))
        self._only(raw, set(wanted))
        for entry in wanted:
            if entry not in raw:
                self._fault(_("{entry} 缺少").format(entry=entry))
        return dict(raw)

    def _only(self, raw: Mapping[str, Json], allowed: Collection[str]) -> None:
        unknown = sorted(set(raw) - set(allowed))
        if unknown:
            self._fault(_("不认识“{entry}”这一项").format(entry=unknown[0]))

    def _list(self, raw: Mapping[str, Json], entry: str) -> Sequence[Json]:
        values = raw.get(entry, [])
        if not isinstance(values, list):
            self._fault(_("{entry} 应当是一个列表").format(entry=entry))
        return values

    def _texts(self, raw: Mapping[str, Json], entry: str) -> list[str]:
        values = self._list(raw, entry)
        texts = [text for text in values if isinstance(text, str)]
        if len(texts) < len(values):
            self._fault(_("{entry} 应当都是文字").format(entry=entry))
        return texts

    def _filled_text(self, raw: Mapping[str, Json], entry: str) -> str:
        value = raw[entry]
        if not isinstance(value, str) or not value.strip():
            self._fault(_("{entry} 是空的").format(entry=entry))
        return " ".join(value.split())

    def _one_of(self, raw: Mapping[str, Json], entry: str, able: Collection[str | bool]) -> None:
        value = raw[entry]
        if not any(value == one and type(value) is type(one) for one in able):
            self._fault(_("{entry} 不认识“{value}”").format(entry=entry, value=value))

    def _distinct(self, names: Sequence[str]) -> None:
        twice = sorted(name for name in set(names) if names.count(name) > 1)
        if twice:
            self._fault(_("“{name}”出现了两次").format(name=twice[0]))


_EMPTY = Dialect("", "none", frozenset(), {"": HeadingChoice()})


def _whole(value: Json) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool)
