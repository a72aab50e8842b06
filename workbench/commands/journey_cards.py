"""The journey cards as PDF, for the command `journey`: of one customer, or of those who stand first on the list of the week."""

from pathlib import Path

from workbench.app import Workbench
from workbench.commands.edge import complain


def write_cards(workbench: Workbench, customer_no: str | None, pdf: Path, *, replace: bool = False) -> Path:
    """Write and register the card of a customer, None: the cards of the week's first customers (`sheet.cards`); the path
    written. What the paper cannot show is said on standard error.

    Raises WorkbenchError no_such_customer, no_data, and as `Register.check_free`.
    """
    workbench.register.check_free(pdf, replace=replace)
    sheets = workbench.sheets
    person = None if customer_no is None else workbench.insight.portrait(customer_no)
    printed = sheets.journey_cards() if person is None else sheets.journey_card(person)
    written = sheets.save(printed, pdf, replace=replace)
    for sentence in printed.notices:
        complain(sentence)
    return written
