"""Checks of persons (domain 16.5-7, 16.5-19 to 16.5-22): contradicting identities, joint and test accounts."""

from collections import Counter

from workbench.base.i18n import _, commas
from workbench.intake.cells.idcard import birthday, sex
from workbench.intake.cells.parsed import as_texts, texts_of
from workbench.intake.cells.shown import shown
from workbench.intake.checking.fixes import LEAVE_OUT
from workbench.intake.checking.work import Work, any_of, rows_of
from workbench.intake.reading.frames import Cell


def look_at_people(work: Work) -> None:
    """Report contradictions and accounts of no real customer; rows stay unless a person leaves them out."""
    _identities(work)
    _phones(work)
    _names(work)
    _ages(work)
    _levels(work)
    _special_accounts(work)


def _identities(work: Work) -> None:
    ids, header = texts_of(work.columns, "id_no"), work.header("id_no")
    if ids is None:
        return
    distinct = {value for value in ids if value is not None}
    if any(len(value) == 15 and value.isdigit() for value in distinct):
        rows = [row for row, value in enumerate(ids) if value and len(value) == 15 and value.isdigit()]
        work.problems.column(header, "old_id", work.shown(rows))
    _contradictions(work, ids)
    if len(distinct) < len(ids) - ids.count(None):
        _shared_identities(work, ids, header)


def _contradictions(work: Work, ids: list[str | None]) -> None:
    for key, encoded_in, label in (
        ("birth_date", birthday, _("出生日期")), ("gender", sex, _("性别")),
    ):  # fmt: skip
        column, header = work.columns.get(key), work.header(key)
        if column is None:
            continue
        table = {value: encoded_in(value) for value in set(ids) if value is not None}
        for row, (value, own) in enumerate(zip(ids, column, strict=True)):
            encoded = table[value] if value is not None else None
            if encoded is not None and own is not None and encoded != own:
                work.warn(row, header, "id_contradiction", own, other=label)


def _shared_identities(work: Work, ids: list[str | None], header: str | None) -> None:
    """One full identity number under several customer numbers."""
    keys = work.columns[work.plan.key]
    often = {value for value, count in Counter(ids).items() if value and count > 1 and "*" not in value}
    rows: dict[str, list[int]] = {}
    for row, value in enumerate(ids):
        if value in often:
            rows.setdefault(value or "", []).append(row)
    for value, sharing in rows.items():
        if len({keys[row] for row in sharing if keys[row]}) > 1:
            named = commas(map(str, work.shown(sharing)))
            for row in sharing:
                work.warn(row, header, "same_id_two_numbers", value, other=named)


def _phones(work: Work) -> None:
    phones, header = texts_of(work.columns, "phone"), work.header("phone")
    if phones is None:
        return
    distinct = set(phones)
    fake = distinct.intersection(work.rules.words("intake.placeholder_phones"))
    if fake:
        for row, value in enumerate(phones):
            if value in fake:
                work.warn(row, header, "placeholder_phone", value)
    if work.plan.kind == "customers" and len(distinct) < len(phones):
        most = work.rules.whole("intake.phone_customers")
        shared = sum(
            1 for value, count in Counter(phones).items()
            if count >= most and value and "*" not in value and value not in fake
        )  # fmt: skip
        if shared:
            work.problems.column(header, "shared_phone", count=shared, other=str(most))


def _names(work: Work) -> None:
    names, header = texts_of(work.columns, "name"), work.header("name")
    if names is None or work.plan.kind != "customers":
        return
    for row in work.rows_of("name", any_of(work.rules.words("intake.joint_patterns"))):
        work.warn(row, header, "joint_account", names[row])
    if len(set(names)) < len(names):
        keys = as_texts(work.columns[work.plan.key])
        if len(set(keys)) < len(keys):
            names = [name for name, _key in set(zip(names, keys, strict=True))]
        same = sum(1 for name, count in Counter(names).items() if count > 1 and name and "*" not in name)
        if same:
            work.problems.column(header, "same_name", count=same)


def _ages(work: Work) -> None:
    parsed, header = work.parsed.get("age"), work.header("age")
    if parsed is None or parsed.numbers is None or "age" not in work.columns:
        return
    import numpy as np

    low, high = work.rules.numbers("intake.age_range")
    numbers = parsed.numbers
    for row in np.flatnonzero((numbers < low) | (numbers > high)).tolist():
        work.warn(row, header, "bad_age", parsed.values[row])


def _levels(work: Work) -> None:
    """Trap 22: moved this year by the flag, but the level equals the previous one."""
    now, before = work.columns.get("bank_level"), work.columns.get("previous_bank_level")
    flags = [
        work.columns[key] for key in ("upgraded_this_year", "downgraded_this_year") if key in work.columns
    ]
    if now is None or before is None or not flags:
        return
    rows = [
        row for row, level in enumerate(now)
        if level is not None and level == before[row] and any(flag[row] == 1 for flag in flags)
    ]  # fmt: skip
    if rows:
        work.problems.column(work.header("bank_level"), "level_lag", work.shown(rows))


# -- accounts of no customer --------------------------------------------------------------------------------


def _special_accounts(work: Work) -> None:
    """Traps 20 and 21: test, staff and deceased accounts by the words of names, types, states and notes."""
    if work.plan.kind != "customers":
        return
    tests = _rows(work, ("name",), "intake.test_patterns")
    tests |= _rows(work, ("lifecycle",), "intake.staff_patterns", "intake.type_headings")
    if tests:
        words = _("不导入测试和员工账户({n} 行)").format(n=len(tests))
        key = work.offers.offer(LEAVE_OUT, words, len(tests))
        for row, (header, value) in sorted(tests.items()):
            if work.offers.has(LEAVE_OUT):
                work.refuse(row, header, "left_out", value)
            else:
                work.warn(row, header, "test_account", value, fix=key)
    gone = _rows(work, ("name", "lifecycle", "note"), "intake.deceased_patterns", "intake.state_headings")
    for row, (header, value) in sorted(gone.items()):
        work.warn(row, header, "deceased", value)


def _rows(
    work: Work, fields: tuple[str, ...], patterns: str, headings: str | None = None
) -> dict[int, tuple[str | None, Cell]]:
    """Data rows with a pattern in one of the fields or of the kept columns with such a heading: row -> (heading,
    cell)."""
    pattern = any_of(work.rules.words(patterns))
    hits: dict[int, tuple[str | None, Cell]] = {}
    for key in fields:
        column = work.columns.get(key)
        if column is not None:
            hits |= {row: (work.header(key), column[row]) for row in work.rows_of(key, pattern)}
    for match in work.headed(headings) if headings else ():
        cells = work.cells(match.index)
        hits |= {row: (match.header, shown(cells[row])) for row in rows_of(cells, pattern)}
    return hits
