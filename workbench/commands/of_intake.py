"""The command `import`: what its options decide of a file, and what it prints."""

import glob
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from workbench.base.change import Progress
from workbench.base.errors import RowProblem, WorkbenchError
from workbench.base.i18n import _, commas
from workbench.commands.app import chosen, command
from workbench.commands.edge import (
    AsJson,
    Book,
    Force,
    Full,
    FullPurpose,
    complain,
    in_full,
    opened,
    print_json,
    progress,
    say,
)
from workbench.commands.import_order import in_order
from workbench.commands.question_options import options
from workbench.commands.total_line import total_line
from workbench.intake.documents import SheetJson
from workbench.intake.reading.doors import readable
from workbench.intake.report import FileReport, Kind, SheetReport
from workbench.intake.review.session import ImportSession
from workbench.trust.register import Outgoing

if TYPE_CHECKING:
    from workbench.commands.of_results import ReturnedFile

_LEVELS = ("refuse", "warning", "info")
#: Most lines of problems and of candidates, and most rows named in one line.
_SHOWN, _ROWS = 8, 5


@command("import")
def import_files(
    files: Annotated[list[Path], typer.Argument(help=_("Excel 或 CSV 文件"))],
    as_of: Annotated[str | None, typer.Option("--as-of", help=_("数据日期,YYYY-MM 或 YYYY-MM-DD"))] = None,
    sheet: Annotated[str | None, typer.Option("--sheet", help=_("只导入这张工作表"))] = None,
    unit: Annotated[str | None, typer.Option("--unit", help=_("金额单位:元、千元、万元"))] = None,
    header: Annotated[
        int | None, typer.Option("--header", help=_("表头是哪一行(Excel 里的行号;几行表头时是最后一行)"))
    ] = None,
    header_rows: Annotated[int, typer.Option("--header-rows", help=_("表头有几行"))] = 1,
    kind: Annotated[
        str | None, typer.Option("--kind", help=_("这是哪种清单,例如 customers;认不出时用"))
    ] = None,
    columns: Annotated[
        list[str] | None,
        typer.Option("--map", help=_("指定列的对应:列名=字段,例如 编号=客户号;不采用写 列名=-;可重复")),
    ] = None,
    accept_similar: Annotated[bool, typer.Option("--accept-similar", help=_("接受按相似度匹配的列"))] = False,
    fixes: Annotated[
        list[str] | None, typer.Option("--fix", help=_("采用一项修正,例如 zeros;可重复"))
    ] = None,
    confirm: Annotated[
        list[str] | None, typer.Option("--confirm", help=_("确认一个问题并写明原因:代码=原因;可重复"))
    ] = None,
    identify: Annotated[
        list[str] | None,
        typer.Option(
            "--identify", help=_("没有客户号的行是哪位客户:行号=客户号,或 sure(把握大的全部接受);可重复")
        ),
    ] = None,
    append: Annotated[bool, typer.Option("--append", help=_("同月重发时与前一份合并,而不是替换"))] = False,
    leave_out_conflicts: Annotated[
        bool,
        typer.Option("--leave-out-conflicts", help=_("同一客户有几行且内容不同时,不导入这几位,其余照常")),
    ] = False,
    refused: Annotated[
        Path | None, typer.Option("--refused", help=_("把退回的行连同原因写到这个 xlsx,改好后可再导入"))
    ] = None,
    force: Force = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=_("只看会发生什么,不写入"))] = False,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> int:
    """Import files one by one, customers first and months in order; exit status 2 if one is refused or waits for an answer."""
    why = in_full(full, purpose, json)
    choices = _Choices(
        header, header_rows, kind, tuple(columns or ()), accept_similar, unit, tuple(fixes or ()), tuple(confirm or ()),
        tuple(identify or ()), append, leave_out_conflicts,
    )  # fmt: skip
    reports: list[FileReport] = []
    returned: list[ReturnedFile] = []
    left = _Left(refused, force, quiet=json)
    with opened(chosen(book), may_create=True) as workbench, progress(quiet=json) as report:
        workbench.register.check_free(refused, replace=force)
        read = partial(workbench.intake.read, as_of=as_of, sheet=sheet, progress=report)
        before: list[ImportSession] = []
        for path, known in in_order(_expanded(files), read, workbench.rules.whole("intake.cells_kept")):
            try:
                session = known or read(path)
                session.behind = tuple(before)
                session.renew()
                _decide(session, choices)
                file_report = session.report(report)
                if not dry_run and not file_report.error:
                    file_report = _committed(session, report)
                before += _to_be_written(session, file_report, dry_run)
                reports.append(file_report)
                if not file_report.error:
                    left.save(session)
            except WorkbenchError as error:
                if error.code == "own_sheet":
                    try:
                        from workbench.commands.of_results import take_back

                        returned.append(take_back(workbench, path, report, dry_run=dry_run))
                        continue
                    except WorkbenchError as refusal:
                        error = refusal
                reports.append(FileReport(str(readable(path)), error=error.sentence(), code=error.code))
        bodies = [body for one in reports for body in _file_json(one)]
        if json:
            problems = sum(len(body["problems"]) for body in bodies)
            what = Outgoing("import_json", problems, in_full=why)
            body: dict[str, object] = {"files": bodies}
            if returned:
                body["results"] = [one.handed_over(workbench) for one in returned]
            document = workbench.register.hand_over(what, body)
    if json:
        print_json(document)
    else:
        for one in reports:
            _show_file(one)
        for came_back in returned:
            came_back.show()
    wrong = [one for one in reports if one.error]
    if wrong and json:
        for one in wrong:
            complain(one.error or "")
    return 2 if wrong or any(map(_open_question, reports)) else 0


def _to_be_written(session: ImportSession, report: FileReport, dry_run: bool) -> list[ImportSession]:
    """The session, where the files after it are shown as if it were written."""
    return [session] if dry_run and not report.error and not _open_question(report) else []


def _open_question(report: FileReport) -> bool:
    """Whether a file was not written because a question about it waits for an answer."""
    return any(not question.reason for sheet in report.sheets for question in sheet.questions)


@dataclass(frozen=True, slots=True)
class _Choices:
    """What the options of `import` decide, for every file."""

    header: int | None
    header_rows: int
    kind: str | None
    columns: tuple[str, ...]
    accept_similar: bool
    unit: str | None
    fixes: tuple[str, ...]
    confirmed: tuple[str, ...]
    identified: tuple[str, ...]
    append: bool
    leave_out_conflicts: bool


def _decide(session: ImportSession, choices: _Choices) -> None:
    header, unit = choices.header, choices.unit
    if header is not None:
        _each(session, lambda name: session.point_header(name, header, choices.header_rows))
    _name_kind(session, choices)
    for option in choices.columns:
        _map(session, option)
    if choices.accept_similar:
        session.confirm_similar()
    if unit:
        _each(session, lambda name: session.set_unit(name, unit))
    for fix in choices.fixes:
        _fix(session, fix)
    for option in choices.identified:
        _identify(session, option)
    for option in choices.confirmed:
        _confirm(session, option)
    if choices.append:
        _each(session, lambda name: session.set_reissue(name, False))
    if choices.leave_out_conflicts:
        session.leave_out_conflicts()


def _each(session: ImportSession, choice: Callable[[str], None]) -> None:
    """Apply a choice to every sheet that has a header."""
    for sheet in session.report().sheets:
        if sheet.mapping:
            choice(sheet.sheet)


def _name_kind(session: ImportSession, choices: _Choices) -> None:
    """Set the kind of the sheets as the option says. Without it, a sheet that is recognised by nothing but has a mapped
    column becomes a list of customers. Raises WorkbenchError no_kind."""
    listed = session.kinds()
    kinds = {word: kind for kind, label in listed for word in (kind, label)}
    if choices.kind is not None and choices.kind not in kinds:
        raise WorkbenchError(
            "no_kind", _("没有“{kind}”这种清单。").format(kind=choices.kind),
            _("可用的清单:{names}。").format(names=commas(kind for kind, _label in listed)),
        )  # fmt: skip
    wanted = choices.kind or ("customers" if choices.columns else None)
    mapped = {_pair(option)[0] for option in choices.columns}
    for sheet in session.report().sheets:
        lost = sheet.kind == "none" and mapped & {match.header for match in sheet.mapping}
        if wanted is not None and sheet.mapping and (choices.kind is not None or lost):
            session.set_kind(sheet.sheet, kinds[wanted])


def _pair(option: str) -> tuple[str, str]:
    left, sign, right = option.partition("=")
    if not sign or not left.strip() or not right.strip():
        raise WorkbenchError("usage", _("“{text}”要写成 名称=内容。").format(text=option))
    return left.strip(), right.strip()


def _map(session: ImportSession, option: str) -> None:
    heading, field = _pair(option)
    matched = [
        (sheet_report.sheet, sheet_report.kind, match.index)
        for sheet_report in session.report().sheets
        for match in sheet_report.mapping
        if match.header == heading
    ]
    if not matched:
        raise WorkbenchError("no_column", _("表里没有名为“{column}”的列。").format(column=heading))
    for sheet, kind, index in matched:
        session.choose(sheet, index, None if field == "-" else _field_of(session, kind, field))


def _field_of(session: ImportSession, kind: Kind, word: str) -> str:
    """The key of the field that a person names by its key, its label or a heading of it. Raises WorkbenchError
    no_field."""
    labels = dict(session.fields(kind))
    if word in labels:
        return word
    named = [key for key, label in labels.items() if label == word]
    sure = session.catalogue.find(word, kind)
    if len(named) == 1:
        return named[0]
    if sure is not None:
        return sure[0].key
    raise WorkbenchError(
        "no_field", _("这种表没有“{field}”这个字段。").format(field=word),
        _("字段写它的中文名,例如 手机号、存款余额;这一列不采用,写 列名=-。"),
    )  # fmt: skip


def _fix(session: ImportSession, key: str) -> None:
    """Apply a fix wherever it is offered, by its key or the part before the colon. Raises WorkbenchError no_fix."""
    offered = [(s.sheet, fix.key) for s in session.report().sheets for fix in s.fixes]
    wanted = [(sheet, name) for sheet, name in offered if key in (name, name.partition(":")[0])]
    if not wanted:
        raise WorkbenchError(
            "no_fix", _("文件“{file}”没有修正“{fix}”。").format(file=session.path.name, fix=key),
            _("可用的修正:{names}。").format(names=commas(sorted({name for _s, name in offered})) or _("没有")),
        )  # fmt: skip
    for sheet, name in wanted:
        session.apply(sheet, name)


def _identify(session: ImportSession, option: str) -> None:
    """Assign a customer to a row without a number, on every sheet that has it; 'sure' accepts all sure candidates.

    Raises WorkbenchError usage, no_row.
    """
    sheets = session.report().sheets
    if option == "sure":
        for sheet_report in sheets:
            session.identify_sure(sheet_report.sheet)
        return
    row, number = _pair(option)
    names = [sheet_report.sheet for sheet_report in sheets if row in _nameless(sheet_report)]
    if not names:
        raise WorkbenchError("no_row", _("第 {row} 行不缺客户号,或表里没有这一行。").format(row=row))
    for sheet in names:
        session.identify(sheet, int(row), number)


def _nameless(sheet: SheetReport) -> set[str]:
    """The rows without a customer number, as Excel shows them."""
    lacking = {problem.row for problem in sheet.problems if problem.code == "missing_customer_number"}
    return {str(row) for row in lacking | {candidate.row for candidate in sheet.candidates}}


def _committed(session: ImportSession, progress: Progress) -> FileReport:
    """The report after the commit; if it is refused, the report before it with the error."""
    try:
        return session.commit(progress=progress)
    except WorkbenchError as error:
        return replace(session.report(), error=error.sentence(), code=error.code)


def _confirm(session: ImportSession, option: str) -> None:
    code, reason = _pair(option)
    for sheet in session.report().sheets:
        if any(question.code == code.removesuffix("_lit") for question in sheet.questions):
            session.confirm(sheet.sheet, code, reason)


class _Left:
    """Writes the refused rows: those of the first file to the named place, those of the others beside it (name-2 …)."""

    def __init__(self, place: Path | None, replace: bool, *, quiet: bool) -> None:
        self._place = place
        self._replace = replace
        self._quiet = quiet
        self._written = 0

    def save(self, session: ImportSession) -> None:
        """Write the refused rows of a file, if a place was named and there are any. Raises as `Register.save`."""
        if self._place is None:
            return
        number = self._written + 1
        name = self._place.name if number == 1 else f"{self._place.stem}-{number}{self._place.suffix}"
        path = self._place.with_name(name)
        count = session.export_refused(path, replace=self._replace)
        self._written += bool(count)
        if self._quiet:
            return
        if count:
            say(_("  退回的 {n} 行已写到 {path},改好后可以再导入。").format(n=count, path=path))
        else:
            say(_("  没有退回的行。"))


def _expanded(files: list[Path]) -> list[Path]:
    """The files, with patterns (*, ?) expanded: Windows shells pass them on as typed."""
    paths: list[Path] = []
    for path in files:
        if not os.path.exists(path) and any(sign in path.name for sign in "*?["):  # noqa: PTH110  (never raises)
            paths.extend(Path(name) for name in sorted(glob.glob(str(path))))  # noqa: PTH207  a whole pattern
        else:
            paths.append(path)
    return paths or files


def _file_json(report: FileReport) -> list[SheetJson]:
    if not report.error:
        return [sheet.as_json() for sheet in report.sheets]
    if report.sheets:
        return [{**sheet.as_json(), "error": report.error, "code": report.code} for sheet in report.sheets]
    problem = RowProblem("", None, None, report.code or "refused", report.error, level="refuse")
    empty = SheetReport(report.file, "", "none", None, None, "", 0, problems=(problem,))
    return [{**empty.as_json(), "sheet": None, "error": report.error, "code": report.code}]


def _show_file(report: FileReport) -> None:
    say(Path(report.file).name, style="bold")
    for sheet in report.sheets:
        _show_sheet(sheet)
    if report.error:
        complain("  " + report.error)


def _show_sheet(sheet: SheetReport) -> None:
    if sheet.kind == "none":
        say(
            _("  {sheet}:{rows} 行,认不出是哪种清单,没有导入").format(sheet=sheet.sheet, rows=sheet.rows),
            style="dim",
        )
        return
    words = _(
        "  {sheet} · 数据日期 {as_of} · {rows} 行:新增 {new},变化 {changed},不变 {unchanged},"
        "不在名单上了 {vanished},退回 {refused}"
    )
    say(
        words.format(
            sheet=sheet.sheet, as_of=sheet.as_of or "—", rows=sheet.rows, new=sheet.new, changed=sheet.changed,
            unchanged=sheet.unchanged, vanished=sheet.vanished, refused=sheet.refused,
        ),
    )  # fmt: skip
    if sheet.quality:
        say(_("    数据质量 {score:.0f} 分").format(score=sheet.quality.score), style="dim")
    for total in sheet.totals:
        say(total_line(total), style="dim")
    for question in sheet.questions:
        if not question.reason:
            say(_("    要确认:{words}({options})").format(words=question.words, options=options(question)))
    for fix in () if sheet.committed else sheet.fixes:
        if fix.applied:
            continue
        say(_("    可修正:{words}(--fix {key})").format(words=fix.words, key=fix.key))
    for candidate in sheet.candidates[:_SHOWN]:
        template = _("    第 {row} 行({said})可能是客户 {number}:{evidence}(--identify {row}={number})")
        line = template.format(
            row=candidate.row,
            said=candidate.wording,
            number=candidate.customer_no,
            evidence=commas(candidate.evidence),
        )
        if not candidate.confirmed:
            say(line)
    _show_problems(sheet.problems)


def _show_problems(problems: Sequence[RowProblem]) -> None:
    """Print problems, the gravest first, the same one of several rows of a column in one line."""
    alike: dict[tuple[str, str | None, str], list[RowProblem]] = {}
    for problem in sorted(problems, key=lambda one: _LEVELS.index(one.level)):
        alike.setdefault((problem.level, problem.column, problem.message), []).append(problem)
    for (level, column, message), several in list(alike.items())[:_SHOWN]:
        rows = [str(problem.row) for problem in several if problem.row]
        more = _(" 等 {n} 行").format(n=len(rows)) if len(rows) > _ROWS else ""
        where = _("第 {row} 行").format(row=commas(rows[:_ROWS])) + more if rows else ""
        say("    " + " ".join(word for word in (f"{level}:", where, column, message) if word))
    if len(alike) > _SHOWN:
        left = sum(map(len, list(alike.values())[_SHOWN:]))
        say(_("    另有 {n} 条问题,用 --json 查看全部").format(n=left))
