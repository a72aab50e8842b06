"""The sections of a journey card (domain 3): each made of a portrait, each with its date, none of them empty."""

from workbench.base.i18n import _, semicolons
from workbench.insight.churn.call_day import LIGHTS
from workbench.insight.journey.tasks import StageTask
from workbench.insight.portrait.card_source import JourneyLine, JourneySection, JourneySource
from workbench.insight.products.barring import bar_names


def since_words(source: JourneySource) -> str:
    """Since when the customer is in his stage and for how many days; '' without a stage."""
    stage = source.portrait.stage
    if stage is None or stage.code is None:
        return ""
    if stage.since is None:
        return source.text("since_untold")
    if stage.days is None:
        return source.text("since", since=stage.since)
    return source.text("since_days", since=stage.since, days=stage.days)


def entered(source: JourneySource) -> JourneySection:
    """Why the customer is in his stage, with figures and source, how he leaves it, and how often he is contacted."""
    portrait = source.portrait
    stage = portrait.stage
    lines: list[JourneyLine] = []
    if stage is not None:
        # the list that moved him, which need not be the newest
        words = stage.reason.replace(source.as_of, "") if source.as_of else stage.reason
        months = (one.source for one in reversed(portrait.points) if one.month in words)
        row = next(months, portrait.source)
        where = source.text("source", file=row.file, sheet=row.sheet, row=row.row) if row is not None else ""
        lines.append(source.line(stage.reason, where))
        if stage.machine is not None and stage.until is not None:
            name = source.rules.text(f"journey.{stage.machine}")
            lines.append(source.line(source.text("by_hand", until=stage.until, machine=name)))
        if stage.cadence:
            lines.append(source.line(source.text("pace", cadence=stage.cadence)))
        if stage.exit:
            lines.append(source.line(source.text("exit", exit=stage.exit)))
    return source.section("entered", _("为什么在这张卡"), lines, source.text("stage_untold"))


def standing(source: JourneySource) -> JourneySection:
    """The level, and the gap to keep it and to the next one."""
    position = source.portrait.standing
    lines: list[JourneyLine] = []
    if position is not None and position.tier is not None:
        lines.append(source.line(position.reason))
        if position.bank_note and position.bank_level:
            lines.append(source.line(source.text("bank", level=position.bank_level, note=position.bank_note)))
    return source.section("standing", _("层级与差距"), lines, source.text("level_untold"))


def gene(source: JourneySource) -> JourneySection:
    """Quadrant and primary segment; the observed style on the screen alone."""
    card = source.portrait.gene
    lines: list[JourneyLine] = []
    if card is not None:
        relation = card.relation
        lines.append(source.line(f"{relation.name} · {relation.stance}", relation.ask))
        lines.append(source.line(source.text("primary", name=card.primary_name), card.primary_reason))
        if source.place == "screen" and card.style.letter is not None:
            lines.append(source.line(source.text("style", reason=card.style.reason)))
    return source.section("gene", _("基因卡"), lines, source.text("gene_untold"))


def next_step(source: JourneySource) -> JourneySection:
    """The first of the next things to do."""
    lines: list[JourneyLine] = []
    for one in source.portrait.next_actions[:1]:
        lines.append(source.line(one.title, one.why, one.due))
        if one.how:
            lines.append(source.line(source.text("how", how=one.how)))
    return source.section("next", _("下一步"), lines, source.text("next_none"))


def forbidden(source: JourneySource) -> JourneySection:
    """What not to say or do, the strictest first, and which grounds against marketing cannot be judged."""
    portrait = source.portrait
    lines = [source.line(one.text, one.why) for one in portrait.do_not_say]
    consent = portrait.consent
    if consent is not None and not lines:
        lines = [source.line(one.name, one.sentence) for one in consent.grounds]
    if consent is not None and not consent.grounds and consent.unknown:
        what = semicolons(sentence for _code, sentence in consent.unknown)
        lines.append(source.line(source.text("unsure", what=what)))
    return source.section("forbidden", _("禁忌"), lines, source.rules.text("never.always"), source.day)


def tasks(source: JourneySource) -> JourneySection:
    """What the stage asks for: open tasks by their day, then those that figures show done."""
    stage = source.portrait.stage
    lines: list[JourneyLine] = []
    if stage is not None:
        first, call = _days(source)
        for place, one in enumerate(stage.due):
            due = (
                (first if place == 0 else "")
                or (call if one.code.startswith("call") else "")
                or one.due
                or ""
            )
            lines.append(
                source.line(one.name, one.detail, due, "late" if due and due < source.day else "open")
            )
        lines += [_done(one, source) for one in stage.tasks if one.done]
        lines += [_resting(one, source) for one in stage.tasks if not one.done and not one.is_open]
    untold = "tasks_untold"
    if stage is not None and stage.state != "unknown":
        untold = "tasks_none" if stage.code else "tasks_out"
    return source.section("tasks", _("任务"), lines, source.text(untold), source.day)


def _done(task: StageTask, source: JourneySource) -> JourneyLine:
    """A task that is done, with what shows it and since when that is known."""
    shown = source.text(f"done_by.{task.done_by}") if task.done_by else ""
    return source.line(task.name, shown, task.done_on or "", "done")


def _resting(task: StageTask, source: JourneySource) -> JourneyLine:
    """A task that is not asked for now: the manager leaves it out, or a ground against marketing holds."""
    if task.left_out:
        why = source.rules.text(f"journey.leave.{task.left_out}")
        return source.line(task.name, source.text("left_out", why=why))
    return source.line(task.name, source.text("paused", why=bar_names(source.rules)[task.paused]))


def _days(source: JourneySource) -> tuple[str, str]:
    """The days by which the next things to do ask for the first task, and for the call of a light; '' where they do not. A thing
    has one day on the whole card."""
    actions = source.portrait.next_actions
    first = next((one.due for one in actions if one.code == "journey"), "")
    return first, next((one.due for one in actions if one.code in LIGHTS), "")


def touches(source: JourneySource) -> JourneySection:
    """The last contacts, the newest first."""
    lines = []
    for one in source.portrait.touches[: source.rules.whole("card.touches")]:
        names = [source.words.get(one.channel, one.channel), source.words.get(one.result, one.result)]
        if one.initiated_by == "customer":
            names.append(source.text("his_call"))
        agreed = source.text("agreed", date=one.next_date) if one.next_date else ""
        lines.append(source.line(" · ".join(names), semicolons(filter(None, [one.note, agreed])), one.date))
    return source.section("touches", _("最近联系"), lines, source.text("touches_none"), source.day)


def history(source: JourneySource) -> JourneySection:
    """The stages gone through, in one line."""
    stage, most = source.portrait.stage, source.rules.whole("card.stays")
    stays = stage.history if stage is not None else ()
    lines = []
    if stays:
        gone = [source.text("stay", since=one.since, name=one.name) for one in reversed(stays[:most])]
        earlier = source.text("stays_before", n=len(stays) - most) if len(stays) > most else ""
        lines.append(source.line(" → ".join(gone), earlier))
    return source.section("history", _("阶段经过"), lines, source.text("history_none"), source.day)
