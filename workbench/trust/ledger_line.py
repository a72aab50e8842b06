"""A row of the register in words: what was done, and a sentence of its facts. No value of a customer is ever in it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from db.values import Json
from workbench.base.i18n import _, commas
from workbench.people.change_words import KINDS
from workbench.rules.parameters import Rules

#: what leaves the book: these rows are the papers and files that are to be destroyed some day
OUT = ("export", "print")
#: group of the register -> its actions; every other one is under 'other'
GROUPS: Mapping[str, tuple[str, ...]] = {
    "doors": ("login", "failed_login", "lock", "created", "passphrase_changed", "recovery_renewed", "statement"),
    "out": (*OUT, "print_failed", "copied_rows"),
    "seen": ("unmask",),
    "imports": ("import",),
    "lists": ("list",),
    "rules": ("setting", "tag", "red_words", "script", "benefit", "cadence", "dialect"),
    "safe": ("backup", "restore", "salvage", "changed_behind", "sealed_anew"),
    "person": ("person_extract", "person_deleted", "person_may_return", "retention", "destroyed"),
    "other": (),
}  # fmt: skip
#: endings of the kinds of documents and files, and how they are called
_FORMS: Mapping[str, str] = {
    "_pdf": "PDF", "_xlsx": "Excel", "_csv": "CSV", "_json": "JSON", "_ics": "ICS", "_template": "Excel",
}  # fmt: skip
#: fields that are named; of more their number is told
_MOST_FIELDS = 8
#: how a paper is destroyed
WAYS = ("shredded", "deleted", "handed_in")


@dataclass(frozen=True, slots=True)
class Ticked:
    """A paper that was destroyed: when (ISO), how, a note."""

    day: str
    how: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One row of the register. `code` is the action of the audit, `kind` the kind of document; `rows` None where nothing was
    counted; `ticked`: destroyed; `due`: old enough to be destroyed, and not ticked off."""

    number: int
    at: str
    actor: str
    code: str
    action: str
    words: str
    kind: str = ""
    rows: int | None = None
    purpose: str = ""
    path: str = ""
    paper: bool = False
    ticked: Ticked | None = None
    due: bool = False

    def as_json(self) -> dict[str, object]:
        """The row for a script."""
        return {
            "number": self.number, "at": self.at, "actor": self.actor, "action": self.code, "action_words": self.action,
            "words": self.words, "document": self.kind, "rows": self.rows, "purpose": self.purpose, "path": self.path,
            "paper": self.paper, "destroyed": self.ticked.day if self.ticked else None, "due": self.due,
        }  # fmt: skip


def ways() -> tuple[tuple[str, str], ...]:
    """How papers and files are destroyed: code and words."""
    return tuple((code, way_words(code)) for code in WAYS)


def way_words(code: str) -> str:
    """One way of destroying, in words."""
    return {
        "shredded": _("纸已粉碎"), "deleted": _("文件已删除"), "handed_in": _("已交回存档"),
    }.get(code, code)  # fmt: skip


def group_of(code: str) -> str:
    """The group of an action."""
    return next((group for group, codes in GROUPS.items() if code in codes), "other")


def action_words(code: str, summary: str, rules: Rules) -> str:
    """What was done: an action of the register, else the words of its kind of change."""
    if rules.has_text(f"register.action.{code}"):
        return rules.text(f"register.action.{code}")
    named = KINDS.get(f"{code}.{summary}") or KINDS.get(code)
    words = named() if named is not None else _("其他改动")
    return words[:1].upper() + words[1:]  # they are made to stand within a sentence


def document_words(kind: str, rules: Rules) -> str:
    """A kind of document or file: its name, its form in brackets."""
    for ending, form in _FORMS.items():
        base = kind.removesuffix(ending)
        if base != kind and rules.has_text(f"register.doc.{base}"):
            return _("{what}({form})").format(what=rules.text(f"register.doc.{base}"), form=form)
    return rules.text(f"register.doc.{kind}") if rules.has_text(f"register.doc.{kind}") else _("文件")


def field_words(fields: object, rules: Rules) -> str:
    """The fields of customers that a document shows, by name, each once; '' for none."""
    names = list(
        dict.fromkeys(
            rules.text(f"register.field.{one}") if rules.has_text(f"register.field.{one}") else _("其他栏目")
            for one in (fields if isinstance(fields, list) else [])
        )
    )
    shown = commas(names[:_MOST_FIELDS])
    return _("{names}等 {n} 项").format(names=shown, n=len(names)) if len(names) > _MOST_FIELDS else shown


def facts_words(code: str, subject: str, facts: Mapping[str, Json], rules: Rules) -> str:
    """One line of the facts of a row; free text of a person comes in as it is and has to be covered by the caller."""
    say = _SAYINGS.get(code)
    parts = say(subject, facts, rules) if say is not None else _plain(facts)
    return " · ".join(part for part in parts if part)


def _out(subject: str, facts: Mapping[str, Json], rules: Rules) -> list[str]:
    fields = field_words(facts.get("fields"), rules)
    pages, copies = facts.get("pages"), facts.get("copies")
    columns = facts.get("columns")
    return [
        document_words(subject, rules),
        _rows(facts.get("lines", facts.get("rows"))),
        _("栏目:{fields}").format(fields=fields) if fields else "",
        _("列:{columns}").format(columns=commas(map(str, columns))) if isinstance(columns, list) else "",
        _("{pages} 页 {copies} 份").format(pages=pages, copies=copies) if pages else "",
        _("没有遮盖") if facts.get("full") else "",
        _("加了口令") if facts.get("locked") else "",
        *_texts(facts),
    ]


def _rows(rows: Json) -> str:
    return _("{n} 行").format(n=f"{rows:,}") if isinstance(rows, int) else _("行数没有记")


def _failed_print(subject: str, facts: Mapping[str, Json], rules: Rules) -> list[str]:
    number, pages = facts.get("print"), facts.get("pages")
    if number is None:  # of an older version
        return [document_words(subject, rules), _("打印机没有响应,前一行的打印没有出纸")]
    words = _("#{n} 的打印中断,可能已出 {pages} 页,照样要销毁") if pages else _("#{n} 的打印没有出纸")
    return [document_words(subject, rules), words.format(n=number, pages=pages)]


def _destroyed(_subject: str, facts: Mapping[str, Json], _rules: Rules) -> list[str]:
    papers = facts.get("papers")
    named = commas(f"#{one}" for one in papers) if isinstance(papers, list) else ""
    return [
        _("登记簿 {papers}").format(papers=named) if named else "",
        way_words(str(facts.get("how") or "")),
    ]


def _deleted(subject: str, facts: Mapping[str, Json], _rules: Rules) -> list[str]:
    """Of a person who was deleted: the number of the receipt, nothing of him."""
    return [_("回执 {number}").format(number=subject) if subject else "", *_plain(facts)]


def _texts(facts: Mapping[str, Json]) -> list[str]:
    """What a person wrote, and where the file went."""
    named = (
        (_("用途:{text}"), "purpose"), (_("理由:{text}"), "reason"), (_("主管:{text}"), "approved_by"),
        (_("主管确认的理由:{text}"), "approval_reason"), (_("位置:{text}"), "path"), (_("来自:{text}"), "source"),
    )  # fmt: skip
    return [words.format(text=facts[key]) for words, key in named if facts.get(key)]


def _login(_subject: str, facts: Mapping[str, Json], rules: Rules) -> list[str]:
    way, face = f"register.way.{facts.get('way')}", facts.get("face")
    return [
        _("用{way}").format(way=rules.text(way)) if rules.has_text(way) else "",
        _("在窗口里") if face == "window" else _("命令 {name}").format(name=face) if face else "",
        *_texts({"path": facts.get("path")}),
    ]


def _failed(_subject: str, facts: Mapping[str, Json], _rules: Rules) -> list[str]:
    words = _("输错 {n} 次,{first} 至 {last}")
    return [words.format(n=facts.get("times", 1), first=facts.get("first", ""), last=facts.get("last", ""))]


def _seen(subject: str, facts: Mapping[str, Json], _rules: Rules) -> list[str]:
    return [_("客户号尾号 {tail}").format(tail=subject[-4:]) if subject else "", *_texts(facts)]


def _plain(facts: Mapping[str, Json]) -> list[str]:
    counts = facts.get("counts")
    rows = sum(n for n in counts.values() if isinstance(n, int)) if isinstance(counts, dict) else 0
    return [
        _("由程序自己备份") if facts.get("by_itself") or facts.get("auto") else "",
        _("写了 {n} 行").format(n=f"{rows:,}") if rows else "",
        *_texts(facts),
    ]


_Saying = Callable[[str, Mapping[str, Json], Rules], list[str]]
_SAYINGS: Mapping[str, _Saying] = {
    "export": _out, "print": _out, "print_failed": _failed_print, "copied_rows": _out, "destroyed": _destroyed,
    "login": _login, "failed_login": _failed, "unmask": _seen, "person_extract": _seen,
    "person_deleted": _deleted, "person_may_return": _deleted,
}  # fmt: skip
