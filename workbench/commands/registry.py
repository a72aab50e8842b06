"""`COMMANDS`: the one list of commands, in the order of the work. The module of one is imported when it is called: a command
must not wait for the others."""

from collections.abc import Callable
from dataclasses import dataclass

from workbench.base.i18n import _


@dataclass(frozen=True, slots=True)
class CommandEntry:
    """A command before it is called: its name, the module of this folder that has it, what it is for."""

    name: str
    module: str
    about: Callable[[], str]


# fmt: off
COMMANDS = (
    CommandEntry("import", "of_intake", lambda: _("导入总行下发的客户名单")),
    CommandEntry("imports", "of_imports", lambda: _("看导入历史;给出编号时看那一次的详情")),
    CommandEntry("undo", "of_imports", lambda: _("撤销一次导入(默认最近一次),或用 --change 撤销别的改动;后来的改动保留")),
    CommandEntry("redo", "of_imports", lambda: _("恢复一次撤销了的导入")),
    CommandEntry("dialects", "of_identity", lambda: _("查看识别过的表式;导出给同事,或导入同事的")),
    CommandEntry("identity", "of_identity", lambda: _("看可能是同一个人的客户号")),
    CommandEntry("merge", "of_identity", lambda: _("两个客户号是同一个人:并到前一个号下,可以撤销")),
    CommandEntry("unmerge", "of_identity", lambda: _("撤销一次合并:两个客户号又是两个人")),
    CommandEntry("customers", "of_insight", lambda: _("找客户:姓名、拼音首字母、客户号或手机尾号")),
    CommandEntry("portrait", "of_insight", lambda: _("一位客户的 360° 画像")),
    CommandEntry("check", "of_insight", lambda: _("检查流失信号")),
    CommandEntry("light", "of_lights", lambda: _("对一盏灯作决定:说明去向、静默、转交、确认原因;不带选项时列出现有的决定")),
    CommandEntry("events", "of_events", lambda: _("声誉不利事件:列出、登记或删除(影响预警信号)")),
    CommandEntry("critical", "of_outreach", lambda: _("七类临界客户:按期限先后,写明怎么做、不能做什么")),
    CommandEntry(
        "journey", "of_journey", lambda: _("旅程看板:五个阶段的户数、资产、最久、最新一个月进出;带客户号时是他的旅程卡"),
    ),
    CommandEntry("prospects", "of_prospects", lambda: _("潜客:还没有开户的人;不带子命令时列出")),
    CommandEntry("referrals", "of_referrals", lambda: _("转介:转介单和时限、现在可以请谁转介、漏斗、要核对的;写出转介单")),
    CommandEntry("calendar", "of_year", lambda: _("年度触点日历:日子、要联系谁、每天的工作量,排不下的说清楚")),
    CommandEntry("holidays", "of_calendar", lambda: _("节假日安排:列出已知的年份,或导入一年的放假通知(JSON)")),
    CommandEntry("losing", "of_cadence", lambda: _("快失去联系的客户:超过联系间隔的在前,再是快到期的")),
    CommandEntry("gifts", "of_gifts", lambda: _("礼品账:送谁、送什么、哪天要用、哪天订货,库存缺什么")),
    CommandEntry("salons", "of_gifts", lambda: _("活动:日子、座位、各步在哪天,名单上每位客户的状态")),
    CommandEntry("losses", "of_losses", lambda: _("亏损急救:谁亏了多少、为什么、最迟哪天联系,处理到哪一步;引导单")),
    CommandEntry("win-backs", "of_winback", lambda: _("赢回:谁在赢回、用哪种做法、转回多少;他行对比单")),
    CommandEntry("benefits", "of_benefits", lambda: _("权益:规则、谁可以发、已发已用和临期,未用的名单;导出和导入模板")),
    CommandEntry("complaints", "of_complaints", lambda: _("投诉:级别、内部和法定两个时限、六步,最早的在前;打印一件的档案")),
    CommandEntry("plan", "of_outreach", lambda: _("本周 531 行动计划")),
    CommandEntry("result", "of_outreach", lambda: _("勾选本周计划的一行:完成得怎样")),
    CommandEntry("pack", "of_pack", lambda: _("本周晨会材料:531、电访单、清单、申请单、复盘单订成一份")),
    CommandEntry("today", "of_today", lambda: _("今日清单:今天联系谁、为什么、说什么、不说什么")),
    CommandEntry("scripts", "of_scripts", lambda: _("话术:给一位客户、一个场景,或者按字找;存总行话术的模板,导入填好的")),
    CommandEntry("promises", "of_today", lambda: _("我答应过的事:还没有兑现的,按日期先后")),
    CommandEntry("promise", "of_today", lambda: _("记下答应客户的一件事,到期前排在今日清单最前面")),
    CommandEntry("promise-done", "of_today", lambda: _("答应的事兑现了,或者不再需要")),
    CommandEntry("needs", "of_needs", lambda: _("需求:按刚性、隐性、弹性、伪需求分类,写明理由和下一步;各类的转化")),
    CommandEntry("meeting", "of_needs", lambda: _("面谈:会前提纲(PDF),会后记录,给客户的一份")),
    CommandEntry("log", "of_contacts", lambda: _("记一次联系")),
    CommandEntry("contacts", "of_contacts", lambda: _("联系记录:一周或一个月的联系和统计")),
    CommandEntry("office-return", "of_office_return", lambda: _("回报总行:在总行自己的表里填上名单客户的联系结果")),
    CommandEntry(
        "results", "of_results", lambda: _("录入填好的单子(xlsx,或者照片、扫描件):531、电访单、今日清单、临界清单、转介单"),
    ),
    CommandEntry("keypad", "of_results", lambda: _("按行号和结果代码键入一张单子的结果:行号 代码 行号 代码 …")),
    CommandEntry("outcomes", "of_outcomes", lambda: _("亮过的灯和做过的联系后来怎样:留住、挽回、流失、未到期")),
    CommandEntry("backtest", "of_backtest", lambda: _("回测:用本账本自己的历史看预警准不准")),
    CommandEntry("towers", "of_towers", lambda: _("三塔看板:各塔与各层级的户数和资产、升降、临界名单、经营覆盖")),
    CommandEntry("genes", "of_genes", lambda: _("客户基因:关系四象限和八大客群")),
    CommandEntry("style", "of_style", lambda: _("我的沟通风格诊断报告")),
    CommandEntry("canvas", "of_genes", lambda: _("一个客群的作战画布:一页横排 PDF")),
    CommandEntry("matrix", "of_matrix", lambda: _("画像 × 产品矩阵:各类客户持有什么、有需要而尚未持有什么")),
    CommandEntry("allocation", "of_allocation", lambda: _("四笔钱:客户的占比、区间、建议和八项检查;--guide 是配置包手册")),
    CommandEntry("service-file", "of_archive", lambda: _("服务档案:一位客户的塔层服务、专属通道、专家预约;不给客户号时列专家")),
    CommandEntry("hooks", "of_selling", lambda: _("钩子产品配置指南:现在能买的、得分、适合谁、先核对什么")),
    CommandEntry("products", "of_selling", lambda: _("产品卡片:列出、打印,存空白产品包,导入填好的产品包")),
    CommandEntry("pivot", "of_matrix", lambda: _("透视:任意两个标签交叉")),
    CommandEntry("tags", "of_tags", lambda: _("标签库:全部标签,一个标签的口径与血缘,或者体检")),
    CommandEntry("lists", "of_picking", lambda: _("保存的名单")),
    CommandEntry("list-save", "of_picking", lambda: _("把条件保存成名单")),
    CommandEntry("list-show", "of_picking", lambda: _("一份名单里的客户")),
    CommandEntry("list-export", "of_picking", lambda: _("把名单导出成 xlsx(脱敏、带编号和水印)")),
    CommandEntry("list-delete", "of_picking", lambda: _("删除一份名单(可以撤销)")),
    CommandEntry("handbook", "of_handbook", lambda: _("口径手册:列出小节,或打印一节(如 4.4)")),
    CommandEntry("register", "of_register", lambda: _("登记簿:谁做了什么、什么带出了账本;登记销毁,写成表格或纸给检查人员")),
    CommandEntry("backup", "of_book", lambda: _("把账本完整备份到一个文件")),
    CommandEntry("restore", "of_book", lambda: _("用备份替换账本;原来的账本改名留着")),
    CommandEntry("backups", "of_backups", lambda: _("程序自己做的备份:列出,或现在做一份")),
    CommandEntry("salvage", "of_backups", lambda: _("把损坏的账本里还读得出来的,抢救到一个新账本")),
    CommandEntry("verify", "of_book", lambda: _("检查账本是否完好")),
    CommandEntry("passphrase", "of_vault", lambda: _("换账本口令;忘了口令用 --recovery 和恢复码")),
    CommandEntry("recovery", "of_vault", lambda: _("换一个新的恢复码;--pdf 写成恢复单")),
    CommandEntry("person", "of_person", lambda: _("本人信息:查询、删除(--delete)、恢复收录(--lift)")),
    CommandEntry("retention", "of_person", lambda: _("清理保留期已满的数据;先用 --dry-run 看会删掉什么")),
    CommandEntry("demo", "of_book", lambda: _("生成一个样本支行,把全部流程演示一遍")),
)
# fmt: on

BY_COMMAND = {entry.name: entry for entry in COMMANDS}
