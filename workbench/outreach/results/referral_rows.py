"""The rows of a sheet of referrals that came back: persons, not customers; what was filled in moves their task sheets."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection

from db.journal import Writer
from db.tables import referrals
from workbench.base.dates import today
from workbench.base.errors import RowProblem, WorkbenchError
from workbench.base.i18n import _, semicolons
from workbench.base.money import exact_yuan
from workbench.outreach.referrals.entered import filled_in, label_of
from workbench.outreach.referrals.reading import bare_tasks
from workbench.outreach.referrals.task import ReferralTask
from workbench.outreach.referrals.writing import read_task, update_task, without_person
from workbench.outreach.results.entry import ResultRow
from workbench.outreach.results.examining import Examined, numbered_from
from workbench.outreach.results.filled import FilledSheet, ReturnedRow
from workbench.outreach.results.forms import form_of
from workbench.outreach.results.handed_sheet import HandedSheet
from workbench.outreach.results.marks import Mark, plain, read_mark
from workbench.outreach.results.since import referrals_written_since
from workbench.people.privacy import Cover, masking
from workbench.rules.parameters import Rules

_YES = frozenset({"是", "yes", "y", "1", "同意", "✓", "√"})
_NO = frozenset({"否", "no", "n", "0", "不同意", "×"})


def is_referrals(sheet: HandedSheet) -> bool:
    """Whether the rows of a sheet are referrals; `item_id` of a row is the id of the referral then."""
    return form_of(sheet.kind).code == "referrals"


def referral_faces(conn: Connection, sheet: HandedSheet) -> Iterator[tuple[int, str, bool]]:
    """(row, who stands there as on paper, whether the first contact is in the book) of a sheet; '' for who is gone."""
    known = _tasks(conn, sheet)
    for one in sheet.rows:
        task = known.get(one.item_id)
        yield one.row, _who(task) if task else "", task is not None and task.contacted is not None


def persons_of(conn: Connection, sheet: HandedSheet) -> dict[int, tuple[str, ...]]:
    """Row -> what a sheet may call its person: as on paper with and without the telephone, and in full."""
    known = _tasks(conn, sheet)
    return {
        one.row: (_who(task), masking("referred_name", task.name, "paper"), task.name)
        for one in sheet.rows
        if (task := known.get(one.item_id)) is not None and task.name
    }


def examine_referrals(conn: Connection, rules: Rules, sheet: HandedSheet, filled: FilledSheet) -> Examined:
    """Look at the rows of a sheet of referrals: what each would set on its task sheet, what is wrong, what the book has already
    otherwise."""
    known = _tasks(conn, sheet)
    meanwhile = referrals_written_since(conn, sheet.change, [one for one in known if one is not None])
    problems = list(filled.problems)
    made: list[ResultRow] = []
    unchanged, seen = 0, dict[int, ReturnedRow]()
    empty = sum(row.empty for row in filled.rows)
    for row in filled.rows:
        if row.empty or (replace(row, at="") == replace(seen.get(row.row, row), at="") and row.row in seen):
            continue
        try:
            if row.row in seen:
                raise WorkbenchError(
                    "twice", _("第 {row} 号写了两次,内容不一样,没有录入。").format(row=row.row)
                )
            seen[row.row] = row
            one = _row(sheet, row, known, meanwhile, rules)
        except WorkbenchError as error:
            words = _("第 {row} 号:{fault}").format(row=row.row, fault=error.message)
            words = _("{at}:{words}").format(at=row.at, words=words) if row.at else words
            problems.append(
                RowProblem(
                    sheet.number, row.row, None, error.code, words, row.result or None, proposal=error.hint
                )
            )
        else:
            if one is None:
                unchanged += 1
            else:
                made.append(one)
    return Examined(tuple(made), tuple(problems), unchanged, empty)


def record_referrals(writer: Writer, rows: Iterable[ResultRow], rules: Rules) -> None:
    """Write what the rows set on their task sheets."""
    for row in rows:
        if row.referral and row.item_id is not None:
            before = read_task(writer.conn, rules, row.item_id)
            update_task(writer, before, _after(before, dict(row.referral), rules), rules)


def declined(conn: Connection, rows: Sequence[ResultRow], rules: Rules) -> dict[int, ReferralTask]:
    """The referrals (ids of their lines) of persons who say on a sheet that they do not want to be contacted, as they are now."""
    return {
        row.item_id: read_task(conn, rules, row.item_id)
        for row in rows
        if row.item_id is not None and dict(row.referral).get("agreed") == "no"
    }


def _row(
    sheet: HandedSheet,
    row: ReturnedRow,
    known: dict[int | None, ReferralTask],
    meanwhile: Collection[int],
    rules: Rules,
) -> ResultRow | None:
    """What a row sets; None where the book has all of it. It moves on what was known when the sheet was made; what was written of
    the referral `meanwhile` is not written over unasked. Raises WorkbenchError as `filled_in`, row_not_on_sheet,
    referral_gone, no_such_result, no_such_answer."""
    place = sheet.row(row.row)
    if place is None:
        raise WorkbenchError("row_not_on_sheet", _("这张单子上没有这一号。"), numbered_from(sheet))
    task = known.get(place.item_id)
    if task is None:
        raise WorkbenchError("referral_gone", _("这张转介单已经不在账本里,没有录入。"))
    given = _given(row, task, rules)
    after = _after(task, given, rules)
    changed = [name for name in _named(given) if getattr(task, name) != getattr(after, name)]
    if not changed:
        return None
    written = changed if task.id in meanwhile else []
    there = [_value(task, name) for name in written if getattr(task, name) not in (None, "")]
    words = semicolons(_value(after, name) for name in changed)
    return ResultRow(
        sheet.number, row.row, place.label, _who(task), task.giver_no, task.id, None,
        Mark("referral", text=words), None, _("账本里:{what}").format(what=semicolons(there)) if there else "",
        tuple(given.items()),
    )  # fmt: skip


def _given(row: ReturnedRow, task: ReferralTask, rules: Rules) -> dict[str, str]:
    """Field of the task sheet -> what was filled in."""
    given = dict(row.own)
    if "agreed" in given:
        given["agreed"] = _answer(given["agreed"])
    if given.get("agreed") == "yes" and "agreed_way" not in given and not task.agreed_way:
        raise WorkbenchError(
            "no_evidence",
            _("没有写本人是怎样同意的。"),
            _("请在“同意方式”里写一句,例如:本人微信回复可以联系。"),
        )
    if row.date and not (task.contacted or "").startswith(row.date):  # the book may know the hour
        given["contacted"] = row.date
    if not row.result:
        return given
    mark = read_mark(row.result, of_plan=False)
    if (mark is None and row.result.strip().isdecimal()) or (mark is not None and mark.of_plan):
        raise WorkbenchError(
            "no_such_result",
            _("首触结果“{text}”不认得。").format(text=row.result),
            _("请从列表里选,或者写几个字。"),
        )
    given["result"] = mark.word if mark is not None else row.result
    code = mark.code if mark is not None else ""
    if code in rules.words("referrals.refused"):
        given["agreed"] = "no"
    elif code not in rules.words("referrals.not_reached") and task.contacted is None:
        given.setdefault("contacted", today().isoformat())
    return given


def _after(task: ReferralTask, given: dict[str, str], rules: Rules) -> ReferralTask:
    """The task sheet with what was filled in. Who does not want to be contacted ends it."""
    if given.get("agreed") != "no":
        return filled_in(task, given, rules)
    kept = {
        name: text for name, text in given.items() if name in ("result", "thanked", "status", "close_reason")
    }
    after = filled_in(task, kept, rules)
    reason = after.close_reason or _("本人不同意联系")
    return without_person(replace(after, agreed=False, agreed_at=None, close_reason=reason))


def _named(given: dict[str, str]) -> tuple[str, ...]:
    return (
        (*given, "close_reason")
        if given.get("agreed") == "no" and "close_reason" not in given
        else tuple(given)
    )


def _answer(text: str) -> str:
    word = plain(text)
    if word in _YES or word in _NO:
        return "yes" if word in _YES else "no"
    raise WorkbenchError(
        "no_such_answer", _("“本人同意”写成“{text}”,看不懂。").format(text=text), _("请写是或否。")
    )


def _value(task: ReferralTask, name: str) -> str:
    """A field with its value, in words."""
    value: Any = getattr(task, name)
    if isinstance(value, bool):
        value = _("是") if value else _("否")
    elif name == "amount_fen" and value is not None:
        value = _("{yuan} 元").format(yuan=exact_yuan(value))
    elif name in ("product", "close_reason", "agreed_way") and value:
        value = masking("referral_product", value, "file")
    if isinstance(value, str):
        value = Cover([(task.name, "")])(value)
    return f"{label_of(name)} {value}"


def _who(task: ReferralTask) -> str:
    name = masking("referred_name", task.name, "paper") if task.name else ""
    phone = masking("referred_phone", task.phone, "paper") if task.phone else ""
    return " ".join(filter(None, [name, phone])) or task.number


def _tasks(conn: Connection, sheet: HandedSheet) -> dict[int | None, ReferralTask]:
    ids = [one.item_id for one in sheet.rows if one.item_id is not None]
    return {one.id: one for one in bare_tasks(conn, [referrals.c.id.in_(ids)])}
