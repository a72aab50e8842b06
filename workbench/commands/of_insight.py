"""Commands of insight: customers, portrait, check."""

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _, bracketed, commas
from workbench.base.money import wan
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
    out,
    print_json,
    progress,
    say,
)
from workbench.insight.churn.sentences import dated
from workbench.insight.churn.verdict import CheckSummary
from workbench.insight.portrait.portrait import Portrait
from workbench.people.privacy import mask_name
from workbench.trust.register import Outgoing

AsOf = Annotated[str | None, typer.Option("--as-of", help=_("数据月份,YYYY-MM"))]


def light_word(light: str | None) -> str:
    """A light as shape and word, never by colour alone ('■ 红'); '' for none."""
    return {"red": _("■ 红"), "orange": _("● 橙"), "yellow": _("▲ 黄")}.get(light or "", "")


def show_lights(summary: CheckSummary) -> None:
    """Print the data date and the number of customers with each light."""
    counts = {name: summary.lights.get(name, 0) for name in ("red", "orange", "yellow")}
    words = _("数据日期 {as_of},{n} 位客户:红 {red},橙 {orange},黄 {yellow}")
    say(words.format(as_of=summary.as_of, n=summary.customers, **counts))


@command("customers")
def customers(
    query: Annotated[str, typer.Argument(help=_("要找的字"))] = "",
    where: Annotated[
        str | None, typer.Option("--where", help=_('按条件选人,例如 "tier>=L4 and days_since_touch>60"'))
    ] = None,
    limit: Annotated[int, typer.Option("--limit", help=_("最多几行"))] = 50,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """Find customers by text, or pick them by a condition. Raises WorkbenchError two_ways for both at once."""
    from workbench.people.customer_list import CustomerQuery

    why = in_full(full, purpose, json)
    if where is not None:
        from workbench.commands.of_picking import show_picked

        if query:
            raise WorkbenchError(
                "two_ways",
                _("要找的字和 --where 条件不能一起用。"),
                _("请把要找的字写进条件,例如 姓名 包含 '张'。"),
            )
        with opened(chosen(book)) as workbench:
            show_picked(workbench, where, limit, json=json, why=why)
        return
    with opened(chosen(book)) as workbench:
        wanted = CustomerQuery(text=query)
        count = workbench.insight.count(wanted)
        rows = workbench.insight.customers(wanted, 0, count if json else limit)
        rules = workbench.rules
        if json:
            body = [
                {
                    "customer_no": r.customer_no, "name": r.name, "tier": r.tier, "bank_level": r.bank_level,
                    "aum_balance": None if r.aum_fen is None else r.aum_fen / 100,
                    "aum_daily_average": None if r.daily_average_fen is None else r.daily_average_fen / 100,
                    "risk": r.risk, "light": r.light, "branch": r.branch, "manager_name": r.manager, "month": r.month,
                }
                for r in rows
            ]  # fmt: skip
            what = Outgoing("customers_json", len(rows), in_full=why)
            print_json(workbench.register.hand_over(what, {"count": count, "customers": body}))
            return
    table = Table(_("客户号"), _("姓名"), _("层级"), _("资产"), _("月日均"), _("灯"), _("风险"), _("网点"))
    for r in rows:
        risk = "—" if r.risk is None else f"{r.risk:.0f}"
        table.add_row(
            r.customer_no, mask_name(r.name), rules.text(f"tier.{r.tier}") if r.tier else "—", wan(r.aum_fen),
            wan(r.daily_average_fen), light_word(r.light), risk, r.branch or "—",
        )  # fmt: skip
    out().print(table)
    say(_("共 {count} 位").format(count=count))


@command("portrait")
def portrait(
    customer_no: str,
    as_of: AsOf = None,
    pdf: Annotated[Path | None, typer.Option("--pdf", help=_("写成一页 PDF"))] = None,
    force: Force = False,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """Print the portrait of a customer, with `pdf` write it as one page instead; as JSON with the source of each figure."""
    from workbench.sheets.portrait_sheet import names

    saved = None
    why = in_full(full, purpose, json)
    with opened(chosen(book)) as workbench:
        workbench.register.check_free(pdf, replace=force)
        person_portrait = workbench.insight.portrait(customer_no, as_of)
        if json:
            sources = workbench.insight.provenance(customer_no, as_of)
            needs = workbench.outreach.needs.on(person_portrait)
            goals = workbench.outreach.family_goals.on(person_portrait.customer_id)
            document = person_portrait.as_json() | {
                "provenance": [source.as_json() for source in sources],
                "needs": [one.as_json() for one in needs.needs],
                "need_proposals": [one.as_json() for one in needs.proposals],
                "goals": [one.as_json() for one in goals],
            }
            body = workbench.register.hand_over(Outgoing("portrait_json", 1, in_full=why), document)
        if pdf:
            outreach = workbench.outreach
            words = names(workbench.rules, outreach.channels(), outreach.results())
            sheet = workbench.sheets.portrait_pdf(person_portrait, words)
            saved = workbench.sheets.save(sheet, pdf, replace=force)
    if json:
        print_json(body)
        return
    if saved:
        say(_("已写入 {path}").format(path=saved))
        return
    _show_portrait(person_portrait)


def _show_portrait(portrait: Portrait) -> None:
    """Print a portrait in words: level, months, signals, tags, what to do and what not to say."""
    say(f"{mask_name(portrait.name)}  {portrait.customer_no}  {portrait.tier_name or '—'}")
    if portrait.fresh and portrait.fresh.stale:
        complain(portrait.fresh.sentence)
    if portrait.standing:
        say(portrait.standing.reason)
    table = Table(_("月份"), _("资产"), _("月日均"))
    for point in portrait.points[-6:]:
        table.add_row(
            point.month, wan(point.figures.get("aum_balance")), wan(point.figures.get("aum_daily_average"))
        )
    out().print(table)
    if portrait.risk:
        say(_("风险 {risk:.0f}").format(risk=portrait.risk.risk))
        for verdict in portrait.risk.signals:
            say("  " + bracketed(verdict.reason, verdict.code))
    if portrait.gene:
        say(commas((portrait.gene.primary_name, portrait.gene.relation.name)))
    held = [
        tag.label
        if tag.kind == "flag"
        else tag.shown
        if tag.shown.startswith(tag.label)
        else f"{tag.label} {tag.shown}"
        for tag in portrait.tags
        if tag.state == "hit"
    ]
    if held:
        say(_("标签:{tags}").format(tags=commas(held)))
    for problem in portrait.problems:
        say(_("数据问题:{what}").format(what=problem.text))
    for one in portrait.next_actions:
        say("  ".join(filter(None, ("", one.due, f"{one.title} · {one.why}"))))
    for limit in portrait.do_not_say:
        say(_("  禁忌:{what}({why})").format(what=limit.text, why=limit.why))


@command("check")
def check(
    as_of: AsOf = None,
    everyone: Annotated[bool, typer.Option("--all", help=_("列出全部客户,也包括没有亮灯的"))] = False,
    json: AsJson = False,
    full: Full = False,
    purpose: FullPurpose = "",
    book: Book = None,
) -> None:
    """Run the churn check of a month (None: the newest) and print the customers with a light in working order and those whose
    light went out lately, or everyone by risk."""
    why = in_full(full, purpose, json)
    with opened(chosen(book)) as workbench:
        with progress(quiet=json) as report:
            summary = workbench.insight.check(as_of, progress=report)
        lights = workbench.outreach.lights.of(month=summary.month)
        listed = (
            workbench.insight.ranking(summary.month)
            if everyone
            else [*(one.risk for one in lights.every), *lights.out]
        )
        if json:
            places = lights.places
            document = {
                "as_of": summary.as_of, "month": summary.month, "customers": summary.customers,
                "lights": {name: summary.lights.get(name, 0) for name in ("red", "orange", "yellow")},
                "guard": summary.guard,
                "freshness": summary.fresh.as_json() if summary.fresh else None,
                "rule_version": summary.rule_version,
                "features_off": list(summary.features_off), "queue": lights.counts(),
                "results": [
                    r.as_json() | {"working_order": places.get(r.customer_no)} for r in listed
                ],
            }  # fmt: skip
            print_json(
                workbench.register.hand_over(Outgoing("check_json", len(listed), in_full=why), document)
            )
            return
    show_lights(summary)
    for sentence in (summary.guard, summary.fresh.sentence if summary.fresh else None):
        if sentence:
            complain(sentence)
    table = Table(_("灯"), _("风险"), _("客户号"), _("姓名"), _("为什么"))
    for r in listed if everyone else listed[:40]:
        why = dated(r, workbench.rules, summary.as_of)
        table.add_row(light_word(r.light), f"{r.risk:.0f}", r.customer_no, mask_name(r.name), why)
    out().print(table)
    if not everyone and len(listed) > 40:
        say(_("另有 {n} 位亮灯,用 --json 查看全部").format(n=len(listed) - 40))
    if summary.features_off:
        say(_("看不到(没有这些列):{what}").format(what=commas(summary.features_off)), style="dim")
