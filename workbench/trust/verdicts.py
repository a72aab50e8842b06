"""What is said of the book's audit: its end as it stands on papers and files, and what a check of it found, in words."""

from collections.abc import Callable, Iterable, Mapping
from typing import TypedDict

from db.audit import CHANGED_BEHIND, Anchor, Finding
from db.errors import BookError
from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _


class FindingJson(TypedDict):
    """A finding: its code, the table or the number of the audit row that it is about, and the sentence."""

    code: str
    table: str | None
    row: int | None
    message: str


#: What a finding says; {row}: number of the audit row, {table}: the name of the table in words.
_SENTENCES: Mapping[str, Callable[[], str]] = {
    "integrity": lambda: _("账本文件的校验没有通过:有的地方坏了,或者被改动过。"),
    "foreign_keys": lambda: _("有的记录指向不存在的记录。"),
    "tables": lambda: _("服务器上的表和本程序的不一样。"),
    "sequences": lambda: _("服务器给的下一个编号已经用过。"),
    "content": lambda: _("“{table}”和封存的内容不符:有记录被绕过本程序改过、加过或者删过。"),
    "content_head": lambda: _("全部内容的封存值和最新一条审计记录里写的不一样。"),
    "changed_behind": lambda: _("审计第 {row} 条写下以前,账本内容被绕过本程序改过,封存值也被重做过。"),
    "audit_gone": lambda: _("审计记录全部不见了。"),
    "audit_end_gone": lambda: _("审计末尾的封存不见了。"),
    "audit_missing": lambda: _("审计从第 {row} 条起接不上前面:有记录被删掉、插进来或者调换了次序。"),
    "audit_changed": lambda: _("审计第 {row} 条被改过。"),
    "audit_moved": lambda: _("审计第 {row} 条换过次序。"),
    "audit_cut": lambda: _("审计第 {row} 条之后的记录被删掉了。"),
    "audit_added": lambda: _("审计从第 {row} 条起是绕过本程序加上的。"),
    "audit_end": lambda: _("审计最后一条(第 {row} 条)和末尾的封存不一样。"),
    "audit_before": lambda: _("升级到现在的封存方式以前,审计第 {row} 条就已经接不上;它以前的记录只能参考。"),
    "audit_unwritten": lambda: _("操作 {row} 没有对应的审计记录。"),
    "anchor_beyond": lambda: _(
        "审计只到第 {row} 条,比手上这个编号旧:账本被换成了旧的,或者末尾的记录被删掉了。"
    ),
    "anchor_differs": lambda: _("审计第 {row} 条和手上这个编号不一样:不是同一个账本,或者审计被整个重做过。"),
}
#: What the tables of a book hold, for who reads a finding; the rest are told by what they belong to.
_TABLES: Mapping[str, Callable[[], str]] = {
    "customers": lambda: _("客户资料"),
    "snapshots": lambda: _("每月余额和指标"),
    "holdings": lambda: _("持有的产品"),
    "products": lambda: _("产品清单"),
    "payrolls": lambda: _("代发明细"),
    "flows": lambda: _("每日流水"),
    "touches": lambda: _("联系记录"),
    "complaints": lambda: _("投诉"),
    "referrals": lambda: _("转介"),
    "relations": lambda: _("家庭与企业关系"),
    "corrections": lambda: _("更正的资料"),
    "batches": lambda: _("导入记录"),
    "changes": lambda: _("操作记录"),
    "journal": lambda: _("撤销用的底稿"),
    "tombstones": lambda: _("按本人要求删除的名册"),
    "destroyed_papers": lambda: _("已销毁的纸和文件"),
    "plans": lambda: _("周计划"),
    "plan_items": lambda: _("周计划的行"),
    "plan_customers": lambda: _("周计划里的客户"),
    "prospects": lambda: _("潜客"),
    "lists": lambda: _("客户名单"),
    "list_members": lambda: _("名单里的客户"),
    "settings": lambda: _("账本设置"),
    "handed_out": lambda: _("发出去的纸"),
    "light_decisions": lambda: _("预警的处理"),
    "movements": lambda: _("客户增减"),
    "identities": lambda: _("合并的客户号"),
    "gifts": lambda: _("礼品"),
    "promises": lambda: _("答应的事"),
    "needs": lambda: _("需求"),
    "meetings": lambda: _("面谈"),
}
#: The names by which scripts know the kinds of checks: how a finding's code begins.
_KINDS = ("audit", "content", "anchor")


def anchor_words(anchor: str) -> str:
    """The end of the audit as papers and files show it; `anchor` is `Anchor.shown`, '' for no book behind it."""
    return _("审计 {anchor}").format(anchor=anchor) if anchor else ""


def anchor_of(text: str) -> Anchor:
    """An anchor as somebody typed it from paper: 1234:a1b2c3d4, or #1234 a1b2c3d4. Raises WorkbenchError bad_anchor."""
    try:
        return Anchor.parse(text)
    except BookError:
        raise WorkbenchError(
            "bad_anchor",
            _("“{text}”不是审计编号。").format(text=text[:40]),
            _("请照纸上页脚或文件里“审计”后面写的输入,例如 1234:a1b2c3d4。"),
        ) from None


def sentence(finding: Finding) -> str:
    """What a finding says to a person."""
    words = _SENTENCES[finding.code]()
    return words.format(row=finding.row, table=table_words(finding.table or ""))


def table_words(name: str) -> str:
    """What a table holds, in words."""
    words = _TABLES.get(name)
    return words() if words is not None else _("其他记录({name})").format(name=name)


def finding_json(finding: Finding) -> FindingJson:
    """A finding as documents tell it."""
    return {
        "code": finding.code,
        "table": finding.table,
        "row": finding.row,
        "message": sentence(finding),
    }


def kinds(findings: Iterable[Finding]) -> list[str]:
    """The kinds of checks that failed, each once: those of the database by their names, and audit, content, anchor."""
    return list(
        dict.fromkeys(
            next((kind for kind in _KINDS if _family(one.code).startswith(kind)), one.code)
            for one in findings
        )
    )


def _family(code: str) -> str:
    return "content" if code == CHANGED_BEHIND else code


def what_to_do(findings: Iterable[Finding]) -> str:
    """What a person does about what was found."""
    failed = set(kinds(findings))
    if failed <= {"anchor"}:
        return _(
            "请先核对编号有没有抄错、是不是这个账本;都没有错,请用更新的备份恢复,并告诉管信息安全的同事。"
        )
    if failed & {"audit", "content", "anchor"}:
        return _("请不要再往里写,保留这个文件,用最近一份检查过的备份恢复,并告诉管信息安全的同事。")
    return _("请用最近的备份恢复:workbench restore。")
