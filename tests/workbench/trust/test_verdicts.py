"""Everything that a check may find has its sentence, with the place where it is."""

import re
from pathlib import Path

import pytest

from db import audit
from db.audit import Anchor, Finding
from workbench.base.errors import WorkbenchError
from workbench.trust import verdicts


def test_every_code_that_the_audit_may_find_has_its_sentence() -> None:
    named = set(re.findall(r'Finding\(\s*"(\w+)"', Path(audit.__file__).read_text("utf-8")))
    named |= {"audit_moved", "audit_changed", "content", "integrity", "foreign_keys", "tables", "sequences"}
    for code in named:
        words = verdicts.sentence(Finding(code, table="journal", row=7))
        assert "{" not in words
        assert words.endswith("。")


def test_a_finding_tells_where_and_what_to_do() -> None:
    found = [Finding("content", table="snapshots"), Finding("audit_cut", row=12)]
    assert [verdicts.sentence(one) for one in found] == [
        "“每月余额和指标”和封存的内容不符:有记录被绕过本程序改过、加过或者删过。",
        "审计第 12 条之后的记录被删掉了。",
    ]
    assert verdicts.kinds(found) == ["content", "audit"]
    assert "不要再往里写" in verdicts.what_to_do(found)
    assert "抄错" in verdicts.what_to_do([Finding("anchor_differs", row=1)])


def test_an_anchor_is_typed_as_it_is_printed_and_refused_with_an_example() -> None:
    assert verdicts.anchor_of("#12 a1b2c3d4") == Anchor(12, "a1b2c3d4")
    assert verdicts.anchor_words("#12 a1b2c3d4") == "审计 #12 a1b2c3d4"
    with pytest.raises(WorkbenchError, match="不是审计编号"):
        verdicts.anchor_of("昨天那张")
