"""What a change was, in words: "登记联系 1 次(王* 1234)", said of what is undone or done again."""

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection, RowMapping, select

from db.record import changes, journal
from db.tables import customers, metadata
from workbench.base.i18n import _
from workbench.people.privacy import mask_name, tail

#: A kind of change, or a kind and what its summary says more exactly; new kinds are a line here.
KINDS: Mapping[str, Callable[[], str]] = {
    "apart": lambda: _("认定不是同一人"),
    "assign": lambda: _("改管户经理"),
    "benefit": lambda: _("改权益规则"),
    "benefit.drop": lambda: _("作废权益"),
    "benefit.import": lambda: _("导入权益规则"),
    "benefit.issue": lambda: _("发放权益"),
    "benefit.use": lambda: _("登记权益使用"),
    "birthday": lambda: _("改生日过法"),
    "cadence": lambda: _("改联系间隔"),
    "canvas": lambda: _("改作战画布"),
    "complaint": lambda: _("改投诉档案"),
    "complaint.close": lambda: _("办结投诉"),
    "complaint.extend": lambda: _("延长投诉时限"),
    "complaint.open": lambda: _("登记投诉"),
    "complaint.step": lambda: _("记投诉的一步"),
    "complaint.turn": lambda: _("记投诉转机"),
    "correction": lambda: _("更正客户资料"),
    "correction.end": lambda: _("取消更正"),
    "day": lambda: _("改日历里的日子"),
    "dialect": lambda: _("改识别过的表式"),
    "draft": lambda: _("存话术草稿"),
    "destroyed": lambda: _("登记销毁纸和文件"),
    "event": lambda: _("登记声誉事件"),
    "event.remove": lambda: _("删除声誉事件"),
    "family_goal": lambda: _("改客户的目标"),
    "family_goal.end": lambda: _("了结客户的目标"),
    "family_goal.record": lambda: _("记客户的目标"),
    "expert": lambda: _("改专家名册"),
    "expert_booking": lambda: _("取消专家预约"),
    "expert_booking.book": lambda: _("预约专家"),
    "expert_booking.hold": lambda: _("登记专家服务"),
    "gift": lambda: _("登记礼品"),
    "goal": lambda: _("定目标"),
    "import": lambda: _("导入名单"),
    "journey": lambda: _("改旅程阶段"),
    "light": lambda: _("处理预警"),
    "list": lambda: _("改客户名单"),
    "loss": lambda: _("记亏损急救"),
    "loss.agree": lambda: _("写亏损书面约定"),
    "loss.close": lambda: _("结束亏损急救"),
    "loss.escalate": lambda: _("亏损转投诉"),
    "loss.follow": lambda: _("登记亏损回访"),
    "loss.redeem": lambda: _("登记亏损产品赎回"),
    "meeting": lambda: _("记面谈"),
    "merge": lambda: _("合并客户号"),
    "need": lambda: _("改需求"),
    "need.confirm": lambda: _("确认一条需求线索"),
    "need.dismiss": lambda: _("不采用一条需求线索"),
    "need.end": lambda: _("了结需求"),
    "need.evidence": lambda: _("记需求的证据"),
    "need.record": lambda: _("记需求"),
    "observation": lambda: _("记观察"),
    "office_template": lambda: _("记住总行的表"),
    "office_template.forget": lambda: _("不再记总行的表"),
    "pin": lambda: _("改置顶提醒"),
    "plan": lambda: _("改本周计划"),
    "product_sheet": lambda: _("写产品卡片"),
    "product_sheet.import": lambda: _("导入产品卡片"),
    "product_sheet.remove": lambda: _("删除产品卡片"),
    "promise": lambda: _("改答应的事"),
    "promise.make": lambda: _("记答应的事"),
    "prospect": lambda: _("改潜客"),
    "prospect.add": lambda: _("登记潜客"),
    "red_words": lambda: _("改禁用词"),
    "red_words.add": lambda: _("添加禁用词"),
    "red_words.leave_out": lambda: _("停用禁用词"),
    "red_words.restore": lambda: _("恢复禁用词"),
    "referral": lambda: _("改转介单"),
    "referral.close": lambda: _("关闭转介单"),
    "referral.contact": lambda: _("登记转介首触"),
    "referral.decline": lambda: _("登记转介本人不同意"),
    "referral.enter": lambda: _("登记转介"),
    "referral.feedback": lambda: _("登记反馈转介人"),
    "referral.meeting": lambda: _("登记转介见面"),
    "referral.opened": lambda: _("关联转介开户"),
    "referral.thanks": lambda: _("登记感谢转介人"),
    "referral_ask": lambda: _("记一次开口"),
    "referral_ask.answer": lambda: _("登记开口的回话"),
    "relation": lambda: _("登记关系"),
    "relation.remove": lambda: _("删除关系"),
    "results": lambda: _("录入结果"),
    "review": lambda: _("存当天复盘"),
    "salon": lambda: _("改沙龙"),
    "script": lambda: _("改话术"),
    "script.office": lambda: _("导入总行话术"),
    "service": lambda: _("登记服务"),
    "service_file": lambda: _("改服务档案"),
    "setting": lambda: _("改设置"),
    "sheet": lambda: _("发出单子"),
    "statement": lambda: _("填写本行授权"),
    "style": lambda: _("存风格诊断"),
    "tag": lambda: _("改标签定义"),
    "tag_mark": lambda: _("手工打标签"),
    "tag_review": lambda: _("标签准确率抽样"),
    "touch": lambda: _("登记联系"),
    "touch.correct": lambda: _("更正联系"),
    "touch.take_back": lambda: _("删除联系"),
    "touch_choice": lambda: _("改触点安排"),
    "win_back": lambda: _("改赢回档案"),
    "win_back.apologise": lambda: _("记赢回的道歉"),
    "win_back.end": lambda: _("结束赢回"),
    "win_back.open": lambda: _("开始赢回"),
}
#: whose summary is a name that a person gave: of a file, a tag
_NAMED = frozenset({"import", "tag", "tag_mark"})
#: entries of the journal up to which customers are looked for: an import says its file instead
_FEW = 200


def change_words(conn: Connection, change_id: int) -> str:
    """The words of a change that is in force; who is said while few rows were written, masked as on the screen."""
    row = conn.execute(
        select(changes.c.kind, changes.c.summary).where(changes.c.id == change_id)
    ).one_or_none()
    if row is None:
        return _("一次改动")
    kind, summary = str(row.kind), str(row.summary)
    named = KINDS.get(f"{kind}.{summary}") or KINDS.get(kind)
    words = named() if named is not None else _("一次改动")
    if kind in _NAMED and summary:
        return _("{what}“{name}”").format(what=words, name=summary)
    whom = _customers(conn, change_id)
    if not whom:
        return words
    if len(whom) > 1:
        return _("{what}({n} 位客户)").format(what=words, n=len(whom))
    one = whom[0]
    return _("{what}({who})").format(
        what=words, who=f"{mask_name(one['name'])} {tail(one['customer_no'])}".strip()
    )


def _customers(conn: Connection, change_id: int) -> Sequence[RowMapping]:
    """Name and number of those whose rows the change wrote; nobody when it wrote more than a few."""
    entries = conn.execute(
        select(journal.c.table_name, journal.c.row_id, journal.c.last_id)
        .where(journal.c.change_id == change_id)
        .order_by(journal.c.id)
        .limit(_FEW + 1)
    ).all()
    if sum(entry.last_id - entry.row_id + 1 for entry in entries) > _FEW:
        return ()
    ids: set[int] = set()
    for entry in entries:
        table = metadata.tables[entry.table_name]
        if "customer_id" not in table.c:
            continue
        ids.update(
            conn.execute(
                select(table.c.customer_id).where(table.c.id.between(entry.row_id, entry.last_id))
            ).scalars()
        )
    statement = select(customers.c.name, customers.c.customer_no).where(customers.c.id.in_(ids - {None}))
    return conn.execute(statement.order_by(customers.c.id)).mappings().all() if ids else ()
