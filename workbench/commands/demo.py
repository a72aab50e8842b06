"""`workbench demo`: write a sample branch, import, check, plan and print it, then compare with the planted stories."""

import datetime as dt
import os
import sys
from pathlib import Path

from rich.table import Table

from workbench.app import Workbench
from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.base.pc import SAMPLE_PASSPHRASE, sample_book, sample_folder
from workbench.commands.edge import out, print_json, progress, say
from workbench.commands.of_insight import show_lights
from workbench.commands.of_outreach import show_plan
from workbench.commands.window_wanted import WindowWanted
from workbench.insight.churn.verdict import CheckSummary
from workbench.intake.report import FileReport
from workbench.outreach.documents import PlanJson
from workbench.outreach.draft import WeekPlan
from workbench.people.disclosure import disclosed
from workbench.sample import read_truth
from workbench.sample.making import make_sample
from workbench.sample.score import StoryScore, score, weeks_of
from workbench.sheets.printed import Printed

#: days before a year in which it is the one that is looked forward to
_AHEAD = 92


def run_demo(folder: Path | None, customers: int, months: int, *, window: bool, as_json: bool) -> int:
    """Run the main job end to end in a folder of its own; an earlier demonstration there is replaced.

    The exit status: 0, or 1 if a planted story was not found well enough. Raises WorkbenchError not_a_demo, and WindowWanted
    with `window`.
    """
    place, book = sample_folder(folder), sample_book(folder)
    with progress(quiet=as_json) as report:
        report(0.0, _("写样本支行的名单"))
        made = make_sample(folder, customers, months, lambda share, words: report(0.9 * share, words))
        branch, files = made.branch, made.files
        with made.workbench as workbench:
            # nobody's data: no supervisor has to be asked
            workbench.register.approve(_("样本支行"), _("虚构数据"), once=False)
            report(0.9, _("检查流失信号"))
            summary = workbench.insight.check()
            week = workbench.workdays.planning_week(today())
            # the plan of the year stands before that of the week, which takes its touches from it
            paper = _write_year(workbench, place)
            plan = workbench.outreach.plan(week)
            ranks = workbench.outreach.weeks.of(week).ranks
            sheets = workbench.sheets
            pdf = sheets.save(sheets.plan_pdf(plan), place / f"531-{week}.pdf", replace=True)
            xlsx = sheets.save(sheets.plan_xlsx(plan), place / f"531-{week}.xlsx", replace=True)
            name = _("晨会材料")
            packs = (
                sheets.save(sheets.pack(week=week), place / f"{name}-{week}.pdf", replace=True),
                sheets.save(sheets.pack_xlsx(week=week), place / f"{name}-{week}.xlsx", replace=True),
            )
            cards = sheets.save(sheets.journey_cards(week), place / f"{_('旅程卡')}-{week}.pdf", replace=True)
            paper |= _write_cases(workbench, place, week)
            ranking = workbench.insight.ranking(summary.month)
            # the stories were planted around the data date, whatever day the demonstration is run on
            weeks = weeks_of(branch.last_date)
            lights = workbench.outreach.leads.lights_of(weeks[0])
            # no story is scored by a lead of a light, so that the lights need not be read for each week
            leads = [lead for each in weeks for lead in workbench.outreach.leads.of(each, lights)]
            places = workbench.rules.whole("queue.places")
            scores = score(read_truth(branch.truth), ranking, leads, lights, places)
            report(1.0, "")
    if as_json:
        document = _as_json(place, book, files, summary, plan.as_json(ranks), scores) | {
            "pdf": str(pdf), "xlsx": str(xlsx), "pack_pdf": str(packs[0]), "pack_xlsx": str(packs[1]),
            "cards_pdf": str(cards), **{kind: str(path) for kind, path in paper.items()},
        }  # fmt: skip
        print_json(disclosed(document))
    else:
        _show(book, files, summary, plan, scores, (pdf, xlsx, *packs, cards, *paper.values()))
    if window and _has_display():
        raise WindowWanted(book, SAMPLE_PASSPHRASE)
    return 0 if all(one.passes for one in scores) else 1


def _write_year(workbench: Workbench, place: Path) -> dict[str, Path]:
    """Plans this year and the one that the next months lead into; of the latter the year on a page, its next month and the
    calendar file."""
    day, sheets, agenda = today(), workbench.sheets, workbench.outreach.agenda
    made = agenda.year(day.year)
    ahead = day + dt.timedelta(days=_AHEAD)
    month = 1 if ahead.year > day.year else day.month
    if ahead.year > day.year:
        made = agenda.year(ahead.year)
    year = made.year
    return {
        "year_pdf": sheets.save(sheets.year_wheel(made), place / f"{_('年轮')}-{year}.pdf", replace=True),
        "month_pdf": sheets.save(
            sheets.month_plan(made, month), place / f"{_('触点规划表')}-{year}-{month:02d}.pdf", replace=True
        ),
        "ics": sheets.save(sheets.year_ics(made), place / f"{_('触点日历')}-{year}.ics", replace=True),
    }


def _write_cases(workbench: Workbench, place: Path, week: str) -> dict[str, Path]:
    """The task sheets of the open referrals, the file of the complaint that comes first, the sheet of the first loss, the service
    file of whom an expert is booked for; without such a case its paper is left out."""
    sheets, outreach = workbench.sheets, workbench.outreach
    tasks = [one for one in outreach.referrals.all() if one.state == "open"]
    filed = [one for one in outreach.complaints.list().open if one.filed]
    losses = [one for one in outreach.losses.board().cases if one.state in ("open", "agreed")]
    booked = outreach.archives.bookings()
    made: dict[str, tuple[Printed, str]] = {}
    if tasks:
        made["referrals_pdf"] = (sheets.referrals_pdf(tasks), f"{_('转介单')}-{week}.pdf")
        made["referrals_xlsx"] = (sheets.referrals_xlsx(tasks), f"{_('转介单')}-{week}.xlsx")
    if filed:
        made["complaint_pdf"] = (sheets.complaint_file(filed[0].id), f"{_('投诉档案')}-{week}.pdf")
    if losses:
        one = losses[0]
        made["loss_pdf"] = (
            sheets.loss_sheets(one.person.customer_no, one.held.name),
            f"{_('亏损急救引导单')}-{week}.pdf",
        )
    if booked:
        file = outreach.archives.of(booked[0].customer_no)
        made["service_file_pdf"] = (sheets.service_archive(file), f"{_('服务档案')}-{week}.pdf")
    return {kind: sheets.save(printed, place / name, replace=True) for kind, (printed, name) in made.items()}


def _has_display() -> bool:
    if os.environ.get("QT_QPA_PLATFORM") in {"offscreen", "minimal"}:
        return False
    return sys.platform in {"win32", "darwin"} or any(
        os.environ.get(n) for n in ("DISPLAY", "WAYLAND_DISPLAY")
    )


def _as_json(
    place: Path,
    book: Path,
    files: tuple[FileReport, ...],
    summary: CheckSummary,
    plan: PlanJson,
    scores: tuple[StoryScore, ...],
) -> dict[str, object]:
    return {
        "dir": str(place),
        "book": str(book),
        "passphrase": SAMPLE_PASSPHRASE,
        "imported": [
            sheet.as_json() | {"mapping": None, "problems": len(sheet.problems)}
            for f in files
            for sheet in f.sheets
        ],
        "as_of": summary.as_of,
        "customers": summary.customers,
        "lights": summary.lights,
        "stories": [one.as_json() for one in scores],
        "plan": plan,
    }


def _show(
    book: Path, files: tuple[FileReport, ...], summary: CheckSummary, plan: WeekPlan,
    scores: tuple[StoryScore, ...], written: tuple[Path, ...],
) -> None:  # fmt: skip
    sheets = [sheet for file in files for sheet in file.sheets if sheet.committed]
    rows, refused = sum(sheet.rows for sheet in sheets), sum(sheet.refused for sheet in sheets)
    totals = [total for sheet in sheets for total in sheet.totals]
    words = _("导入 {files} 个文件、{sheets} 张表、{rows:,} 行,退回 {refused} 行;合计核对 {right}/{all} 相符")
    right = sum(total.matches for total in totals)
    say(
        words.format(
            files=len(files), sheets=len(sheets), rows=rows, refused=refused, right=right, all=len(totals)
        ),
    )
    show_lights(summary)
    table = Table(_("预设情形"), _("人数"), _("找到"), _("召回率"), _("准确率"))
    for one in scores:
        table.add_row(
            one.title, str(one.planted), str(one.right), f"{one.recall:.0%}", f"{one.precision:.0%}"
        )
    out().print(table)
    show_plan(plan, written)
    words = _("再看一遍:workbench --book {book}(口令 {passphrase})")
    say(words.format(book=book, passphrase=SAMPLE_PASSPHRASE))
