"""Rows about persons who had their data deleted: a list does not bring them back (domain 17)."""

from workbench.intake.catalogue.fields import CUSTOMER_NO
from workbench.intake.cells.parsed import as_texts
from workbench.intake.checking.work import Work
from workbench.people.id_hashes import hashed
from workbench.people.tombs import bare, name_phone

#: The fault of such a row.
DELETED = "deleted_person"
#: Fields that name one person each -> the kind of mark.
_NAMING = (("id_no", "id_no"), ("referred_customer_no", "customer_no"), ("referred_phone", "phone"))


def refuse_deleted(work: Work) -> None:
    """Refuse rows about a deleted person, whatever names him there. The reason names the receipt and repeats no value."""
    marks = work.facts.tombstones
    if not marks.marks:
        return
    columns = {key: as_texts(column) for key, column in work.columns.items()}
    for row in range(len(work.keep)):
        receipt = ""
        if work.plan.key == CUSTOMER_NO and (number := columns[CUSTOMER_NO][row]):
            receipt = marks.receipt("customer_no", bare(number))
        for key, kind in _NAMING:
            value = columns[key][row] if key in columns else None
            if value and not receipt:
                receipt = marks.receipt(kind, _as_marked(work, kind, value))
        if not receipt and "name" in columns and "phone" in columns:
            name, phone = columns["name"][row], columns["phone"][row]
            if name and phone:
                receipt = marks.receipt("name_phone", name_phone(name, phone))
        if receipt:
            work.refuse(row, work.header(work.plan.key), DELETED, None, other=receipt)


def _as_marked(work: Work, kind: str, value: str) -> str:
    if kind == "customer_no":
        return bare(value)
    if kind == "id_no" and work.facts.id_key is not None:  # the book knew no more than the hash
        return hashed(work.facts.id_key, value).upper()
    return value.upper()
