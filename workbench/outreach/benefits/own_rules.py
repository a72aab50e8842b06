"""The rules of benefits in force in a book: the shipped examples, and over them those that the branch wrote."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from sqlalchemy import Connection, select

from db.journal import Writer
from db.playbook import benefits
from db.values import Value
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.outreach.benefits.benefit import BenefitRule
from workbench.outreach.benefits.shipped import benefit_words

#: what a row of the table tells beside its body
_BESIDE = frozenset({"code", "name", "off", "shipped", "mark"})
_BODY = tuple(one.name for one in fields(BenefitRule) if one.name not in _BESIDE)
_LISTS = ("levels", "segments")


def rules_in_force(conn: Connection) -> tuple[BenefitRule, ...]:
    """Every rule: those of the file in its order, then the branch's own in the order in which they were written; `off` ones too,
    among them those that this version of the program cannot read."""
    rules = dict(benefit_words().rules)
    for row in conn.execute(select(benefits).order_by(benefits.c.id)):
        shipped = row.code in rules
        rules[row.code] = replace(
            _written(row.code, row.name, row.body),
            shipped=shipped,
            off=bool(row.off) or not _readable(row.body),
        )
    return tuple(rules.values())


def rule_of(conn: Connection, word: str) -> BenefitRule:
    """The rule of a code, or of a name. Raises WorkbenchError no_such_benefit."""
    plain = word.strip()
    rules = rules_in_force(conn)
    for one in rules:
        if plain in (one.code, one.name, one.title):
            return one
    raise WorkbenchError(
        "no_such_benefit",
        _("没有权益“{word}”。").format(word=plain),
        _("请用 workbench benefits 查看有哪些权益,写它的代码或名称。"),
    )


def keep(writer: Writer, rule: BenefitRule, *, off: bool = False) -> None:
    """Write a rule in the place of that of its code."""
    body = {name: getattr(rule, name) for name in _BODY}
    row: dict[str, Value] = {"name": rule.name, "body": json.dumps(body, ensure_ascii=False), "off": int(off)}
    own = kept_id(writer.conn, rule.code)
    if own is None:
        writer.insert(benefits, [{"code": rule.code, "made": today().isoformat(), **row}])
    else:
        writer.update(benefits, own, row)


def kept_id(conn: Connection, code: str) -> int | None:
    """The id of the branch's own row of a code."""
    return conn.execute(select(benefits.c.id).where(benefits.c.code == code)).scalar()


class KnownRules:
    """The rules of a book by their names, while several are written one after the other."""

    def __init__(self, rules: Iterable[BenefitRule]) -> None:
        self._codes: set[str] = set()
        self._by_name: dict[str, str] = {}
        self._number = 0
        for one in rules:
            self.add(one)

    def add(self, rule: BenefitRule) -> None:
        """Know one more, or one by another name too."""
        self._codes.add(rule.code)
        for name in (rule.name, rule.title):
            self._by_name.setdefault(name, rule.code)

    def code_of(self, name: str) -> str:
        """The code of the rule of a name; '' for none."""
        return self._by_name.get(" ".join(name.split()), "")

    def new_code(self) -> str:
        """A code that no rule has, and none had that something was given by."""
        while (code := f"own_{self._number}") in self._codes or not self._number:
            self._number += 1
        return code


def _written(code: str, name: str, text: str) -> BenefitRule:
    known: dict[str, Any] = {key: value for key, value in _body(text).items() if key in _BODY}
    for key in _LISTS:
        known[key] = tuple(known.get(key) or ())
    return BenefitRule(code, name, **{"gives": "", "trigger": "", **known})


def _readable(text: str) -> bool:
    body, words = _body(text), benefit_words()
    return (
        body.get("trigger") in words.triggers
        and body.get("measure") in words.measures
        and body.get("per") in words.periods
        and body.get("stack") in words.stacks
    )


def _body(text: str) -> Mapping[str, object]:
    read = json.loads(text)
    return read if isinstance(read, dict) else {}
