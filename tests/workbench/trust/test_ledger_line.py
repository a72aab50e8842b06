"""Every kind of document and every field that a paper may show has its Chinese word in the register."""

import pkgutil
from gc import get_objects
from importlib import import_module

import workbench.sheets
from workbench.rules.parameters import Rules
from workbench.sheets.printed import SheetKind
from workbench.trust.ledger_line import GROUPS, action_words, document_words, field_words
from workbench.trust.register import FIELDS


def test_every_document_and_field_has_a_word() -> None:
    for module in pkgutil.walk_packages(workbench.sheets.__path__, "workbench.sheets."):
        import_module(module.name)
    kinds = {one.code: one.fields for one in get_objects() if isinstance(one, SheetKind)}
    rules = Rules.load()
    everything = dict(FIELDS) | kinds
    assert [kind for kind in everything if document_words(kind, rules) == "文件"] == []
    names = {name for fields in everything.values() for name in fields}
    assert [name for name in sorted(names) if field_words([name], rules) == "其他栏目"] == []


def test_every_action_of_the_register_has_a_word_and_changes_keep_theirs() -> None:
    rules = Rules.load()
    assert [
        code for codes in GROUPS.values() for code in codes if action_words(code, "", rules) == "其他改动"
    ] == []
    assert action_words("promise", "make", rules) == "记答应的事"
