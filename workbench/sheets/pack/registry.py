"""The parts that a pack of the week may have, in the order in which they are bound."""

from workbench.sheets.pack.calls import calls
from workbench.sheets.pack.cards import cards
from workbench.sheets.pack.critical import critical
from workbench.sheets.pack.day import days
from workbench.sheets.pack.evening import evening
from workbench.sheets.pack.history import history
from workbench.sheets.pack.outing import outing
from workbench.sheets.pack.part import PartKind
from workbench.sheets.pack.plan import plan_part
from workbench.sheets.pack.report import report
from workbench.sheets.pack.slips import slips

PARTS = (
    PartKind("plan", "531 行动计划", plan_part),
    PartKind("calls", "电访单", calls),
    PartKind("day", "今日清单", days),
    PartKind("critical", "七类临界客户周清单", critical),
    PartKind("slips", "资源申请单", slips),
    PartKind("evening", "复盘单", evening),
    PartKind("history", "四周回看", history),
    PartKind("report", "周小结", report, usual=False),
    PartKind("outing", "外出路线", outing, usual=False),
    PartKind("journey", "旅程卡", cards, usual=False),
)
