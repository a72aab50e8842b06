"""Refuses parts of a condition that cannot be meant: wrong kinds, units, orders and numbers, with a hint."""

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, commas
from workbench.base.terms import Kind
from workbench.insight.language import tree
from workbench.insight.language.fault import fault
from workbench.insight.language.kinds import SPANS, kind_of, kind_word, unit_of
from workbench.insight.language.tree import Node


class Refusals:
    """The checks over resolved nodes of one text; each passes or raises WorkbenchError bad_expression at the node."""

    def __init__(self, source: str) -> None:
        self._source = source

    def fault(self, node: Node, what: str, hint: str = "") -> WorkbenchError:
        """The error bad_expression that points at this node."""
        return fault(self._source, node.at, what, hint)

    def must_be_condition(self, node: Node | None, kind: Kind) -> None:
        """Refuses a bare value with an example of how to make it a condition; no node at all passes."""
        if node is None or kind == "flag":
            return
        if isinstance(node, tree.Reference):
            what = _("“{name}”是{kind},还不是条件。").format(name=node.term.label, kind=kind_word(kind))
            if kind == "enum":
                labels = commas(label for _code, label in node.term.values)
                raise self.fault(
                    node,
                    what,
                    _("请加上取值,例如 = {value};可选:{all}。").format(
                        value=node.term.values[0][1], all=labels
                    ),
                )
            raise self.fault(node, what, _("请加上比较,例如 {name} > …。").format(name=node.term.label))
        raise self.fault(node, _("这里要写条件,现在是{kind}。").format(kind=kind_word(kind)))

    def must_be(self, kinds: frozenset[str], node: Node, kind: Kind) -> None:
        """Refuses a resolved node of another kind than these, all of them figures or 'date'."""
        if kind in kinds:
            return
        wanted = kind_word("date") if kinds == {"date"} else _("数值")
        hint = _("日期不能直接加减,请用 days_since(日期) 或 days_until(日期)。") if kind == "date" else ""
        raise self.fault(
            node, _("这里要写{wanted},现在是{kind}。").format(wanted=wanted, kind=kind_word(kind)), hint
        )

    def must_have_order(self, node: Node, value: Node) -> None:
        kind = kind_of(value)
        if kind not in ("flag", "enum") or (isinstance(value, tree.Reference) and value.term.ordered):
            return
        named = value.term.label if isinstance(value, tree.Reference) else kind_word(kind)
        raise self.fault(
            node, _("“{name}”的取值没有高低,不能比大小。").format(name=named), _("请用 = 或 属于。")
        )

    def must_rise(self, low: Node, high: Node) -> None:
        """Refuses a range written from high to low, which would silently match nobody."""
        if isinstance(low, tree.Date) and isinstance(high, tree.Date):
            falls = low.value > high.value
        elif isinstance(low, tree.EnumValue) and isinstance(high, tree.EnumValue):
            falls = low.place > high.place
        else:
            falls = (
                isinstance(low, tree.Number)
                and isinstance(high, tree.Number)
                and tree.quantity(low) > tree.quantity(high)
            )
        if falls:
            raise self.fault(low, _("下限比上限大。请把小的写在前面。"))

    def must_fit_units(self, node: Node, other: Node) -> None:
        """Refuses 50万 beside a share, 10% beside an amount, 30天 beside an amount."""
        while isinstance(node, tree.Negative):
            node = node.inner
        if not isinstance(node, tree.Number) or not node.unit:
            return
        own = unit_of(other)
        if own and own != node.unit and SPANS & {own, node.unit}:
            named = other.term.label if isinstance(other, tree.Reference) else kind_word(kind_of(other))
            raise self.fault(
                node, _("“{name}”以“{own}”计,不能用“{unit}”。").format(name=named, own=own, unit=node.unit)
            )
        if not isinstance(other, tree.Reference):
            return
        kind, beside = kind_of(node), other.term.kind
        if kind == beside or beside == "number" or (kind == "count" and beside == "ratio"):
            return
        if kind in ("money", "ratio") or beside == "money":
            raise self.fault(
                node,
                _("“{name}”是{kind},不能用“{unit}”。").format(
                    name=other.term.label, kind=kind_word(beside), unit=node.unit
                ),
            )

    def whole(self, node: Node, units: frozenset[str], most: int) -> int:
        """A whole number as typed; refused in a unit that is not one of `units`, and above `most`."""
        if not isinstance(node, tree.Number) or not node.text.isdecimal():
            raise self.fault(node, _("这里要写一个整数。"))
        if node.unit and node.unit not in units:
            raise self.fault(
                node, _("这里的单位是“{own}”,不能用“{unit}”。").format(own=sorted(units)[0], unit=node.unit)
            )
        # the length first: int() refuses texts of more than 4,300 digits
        if len(node.text.lstrip("0")) > len(str(most)) or int(node.text) > most:
            raise self.fault(node, _("这个数太大,最多 {most}。").format(most=f"{most:,}"))
        return int(node.text)
