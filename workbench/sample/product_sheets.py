"""What the sample branch says of its products: resources/sample/product_sheets.toml, stored as a manager would."""

from workbench.app import Workbench
from workbench.insight.selling.kinds import PLAIN
from workbench.insight.selling.sheet import NewSheet
from workbench.sample.material import material


def sample_sheets() -> tuple[NewSheet, ...]:
    """The sheets of the branch, in the order of the file."""
    return tuple(
        NewSheet(
            one["code"], one.get("name", ""), one.get("template", PLAIN), one["role"], one["model"], one["margin"],
            one.get("regime", ""), dict(one["texts"]),
        )
        for one in material("product_sheets")["sheet"]
    )  # fmt: skip


def put_product_sheets(workbench: Workbench) -> None:
    """Store the sheets in the book of the branch. Raises the fault of the first that is refused."""
    taken = workbench.insight.selling.take_in(sample_sheets())
    for fault in taken.faults.values():
        raise fault
