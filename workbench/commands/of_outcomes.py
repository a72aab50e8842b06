"""The command `outcomes`: what became of the lights and contacts of the months before."""

from workbench.base.i18n import _, commas
from workbench.commands.app import chosen, command
from workbench.commands.edge import (
    AsJson,
    Book,
    Full,
    FullPurpose,
    in_full,
    opened,
    print_json,
    progress,
    say,
)
from workbench.commands.of_insight import light_word
from workbench.outreach.outcomes.lights import OutcomeRow
from workbench.outreach.outcomes.words import compared, ended, share_words
from workbench.trust.register import Outgoing


@command("outcomes")
def outcomes(json: AsJson = False, full: Full = False, purpose: FullPurpose = "", book: Book = None) -> None:
    """Print what became of the lights of the months before; months never checked are checked first."""
    why = in_full(full, purpose, json)
    with opened(chosen(book)) as workbench:
        room = workbench.outreach.outcomes
        with progress(quiet=json) as report:
            looked = room.of(report)
            effects = workbench.outreach.effects.of(report)
        if json:
            wanted = [*looked.everybody.lights, *(one.light for one in looked.contacts.contacts)]
            people = room.people(list(dict.fromkeys(wanted)))
            what = Outgoing("outcomes_json", len(people), in_full=why)
            document = looked.as_json(people, workbench.rules) | effects.as_json()
            print_json(workbench.register.hand_over(what, document))
            return
        channels = dict(workbench.outreach.channels())
    say(looked.sentence)
    if looked.everybody.lights:
        for row in (*looked.totals[1:], *looked.lights):
            _show_lights(row)
        for one in looked.signals:
            if one.lost.n:
                words = _("信号“{name}”({code}):预警 {n} 户,其中流失 {lost} 户,{share}")
                say(
                    words.format(
                        code=one.code, name=one.name, n=one.lost.n, lost=one.lost.hits,
                        share=share_words(one.lost),
                    )
                )  # fmt: skip
        for channel in looked.channels:
            name = channels.get(channel.channel or "", channel.channel)
            words = _("{channel}联系上 {times} 次、{n} 户:{ended}")
            these = OutcomeRow(None, None, channel.lights)
            say(
                words.format(
                    channel=name, times=len(channel.contacts), n=len(these.lights), ended=ended(these)
                )
            )
        say(compared(looked.comparison))
    for effect in effects.rows:
        words = _(
            "{name}:联系 {customers} 户 {contacts} 次,联系上 {reached} 次,有意向或办成 {agreed} 次。{sentence}"
        )
        say(
            words.format(
                name=effect.name, customers=effect.customers, contacts=effect.contacts, reached=effect.reached,
                agreed=effect.agreed, sentence=effect.sentence,
            )
        )  # fmt: skip
    if effects.rows:
        say(_("联系谁是挑选的,不是随机分的,各种方法的差别只作参考。"))
    if looked.not_looked:
        say(_("没有检查过、这次也没有补查的月份:{months}").format(months=commas(looked.not_looked)))


def _show_lights(row: OutcomeRow) -> None:
    share = share_words(row.counts.stayed)
    words = (
        _("{month} {light} {n} 户:{ended}")
        if share == "—"
        else _("{month} {light} {n} 户:{ended} · 已有结论的留住或挽回 {share}")
    )
    say(
        words.format(
            month=row.month or _("合计"), light=light_word(row.light), n=f"{len(row.lights):,}",
            ended=ended(row), share=share,
        )
    )  # fmt: skip
