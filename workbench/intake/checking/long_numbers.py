"""Numbers that name somebody where a list has free text: told, covered on request; and the mode without identity numbers, in
which their hashes are kept and what follows from them is read before (domain 17)."""

from collections.abc import Sequence
from typing import Final

from workbench.base.i18n import _
from workbench.base.sensitivity import sensitivity_of
from workbench.intake.cells.idcard import birthday, sex, wrong_check_digits
from workbench.intake.cells.parsed import Read, as_texts
from workbench.intake.checking.work import Work
from workbench.people.id_hashes import hashed
from workbench.people.long_numbers import covered, holds_number, is_id, without_ids

#: The fix that covers them.
COVER: Final = "cover_numbers"


def settle_numbers(work: Work, extra: list[str | None]) -> list[str | None]:
    """Look for such numbers in the sentences and the kept cells of a sheet; the kept cells as they may enter."""
    taken = work.offers.has(COVER)
    count = 0
    for match in work.taken:
        key = match.field or ""
        column = work.columns.get(key)
        if column is None or key == work.plan.key or sensitivity_of(key).screen != "text":
            continue
        table = {
            value: covered(value) for value in set(column) if isinstance(value, str) and holds_number(value)
        }
        rows = [row for row, value in enumerate(column) if value in table and work.keep[row]] if table else []
        if rows:
            count += len(rows)
            work.problems.column(match.header, "number_in_text", work.shown(rows))
        if taken and table:
            work.columns[key] = [
                table.get(value, value) if isinstance(value, str) else value for value in column
            ]
    if count:
        words = _("备注等文字里的手机号和证件号遮住再导入({n} 处)").format(n=count)
        work.offers.offer(COVER, words, count)
    return hash_ids(work, extra) if work.facts.id_key is not None else extra


def hash_ids(work: Work, extra: list[str | None]) -> list[str | None]:
    """Keep no identity number: hashes in their place, nothing in texts and kept cells; the kept cells as they may enter."""
    key = work.facts.id_key or b""
    ids = work.columns.get("id_no")
    if ids is not None:
        numbers = as_texts(ids)
        _derive(work, numbers)
        table = {one: hashed(key, one) if is_id(one) else None for one in set(numbers) if one}
        work.columns["id_no"] = [table[one] if one else None for one in numbers]
    for name, column in work.columns.items():
        if name not in ("id_no", work.plan.key) and name != "phone":
            hidden = {one: without_ids(one) for one in set(column) if isinstance(one, str)}
            if any(one != new for one, new in hidden.items()):
                work.columns[name] = [hidden[one] if isinstance(one, str) else one for one in column]
    return [without_ids(one) if one else one for one in extra]


def _derive(work: Work, numbers: Sequence[str | None]) -> None:
    """Birthday and sex by the numbers, where the sheet does not tell them."""
    wrong = set(wrong_check_digits(list(numbers)))
    for name, by_number in (("birth_date", birthday), ("gender", sex)):
        column: list[Read] = list(work.columns.get(name) or [None] * len(numbers))
        filled = [
            value if value is not None or one is None or row in wrong else by_number(one)
            for row, (value, one) in enumerate(zip(column, numbers, strict=True))
        ]
        if any(value is not None for value in filled):
            work.columns[name] = filled
