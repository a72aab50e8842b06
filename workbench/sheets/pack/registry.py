"""The parts that a pack of the week may have, in the order in which they are bound."""

from workbench.sheets.pack.calls import calls
from workbench.sheets.pack.part import PartKind
from workbench.sheets.pack.plan import plan_part

PARTS = (
    PartKind("plan", "531 行动计划", plan_part),
    PartKind("calls", "电访单", calls),
)
