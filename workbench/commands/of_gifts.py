"""Commands of gifts and salons: the ledger of a year with what is short, the salons of a year with their guests."""

from typing import Annotated

import typer
from rich.table import Table

from workbench.base.dates import today
from workbench.base.i18n import _
from workbench.base.money import exact_yuan, to_yuan
from workbench.commands.app import chosen, command
from workbench.commands.edge import AsJson, Book, Full, FullPurpose, in_full, opened, out, print_json, say
from workbench.outreach.gifts.gift import Gift, GiftLedger
from workbench.outreach.salons.salon import Salon, SalonGuest
from workbench.people.privacy import mask_name
from workbench.rules.parameters import Rules
from workbench.trust.register import Outgoing

Year = Annotated[int | None, typer.Argument(help=_("哪一年,不写是今年"))]


@command("gifts")
def gifts(
    year: Year = None, json: AsJson = False, full: Full = False, purpose: FullPurpose = "", book: Book = None
) -> None:
    """Print the gift ledger of a year."""
    why = in_full(full, purpose, json)
    with opened(chosen(book)) as workbench:
        ledger, rules = workbench.outreach.gifts.ledger(year or today().year), workbench.rules
        if json:
            what = Outgoing("gifts_json", len(ledger.gifts), in_full=why)
            print_json(workbench.register.hand_over(what, _ledger_json(ledger)))
            return
    if not ledger.gifts:
        say(_("{year} 年没有礼品。").format(year=ledger.year))
    for one in ledger.short:
        words = _("{name}还缺 {n} 件,{day} 前订")
        say(words.format(name=one.item.name, n=one.missing, day=one.order_by))
    table = Table(_("客户号"), _("姓名"), _("送什么"), _("哪天要用"), _("订货"), _("金额(元)"), _("状态"))
    for gift in ledger.gifts:
        table.add_row(
            gift.customer_no, mask_name(gift.name), gift.idea, gift.needed_by, gift.order_by, exact_yuan(gift.value_fen),
            rules.text(f"gift.state.{gift.state}"),
        )  # fmt: skip
    if ledger.gifts:
        out().print(table)


@command("salons")
def salons(
    year: Year = None, json: AsJson = False, full: Full = False, purpose: FullPurpose = "", book: Book = None
) -> None:
    """Print the salons of a year with their guests."""
    why = in_full(full, purpose, json)
    with opened(chosen(book)) as workbench:
        room, rules = workbench.outreach.salons, workbench.rules
        wanted = year or today().year
        listed = [(one, room.guests(one.id)) for one in room.of(wanted)]
        if json:
            what = Outgoing("salons_json", sum(len(guests) for _salon, guests in listed), in_full=why)
            body = {"year": wanted, "salons": [_salon_json(*one) for one in listed]}
            print_json(workbench.register.hand_over(what, body))
            return
    if not listed:
        say(_("{year} 年没有活动。").format(year=wanted))
    for salon, guests in listed:
        _show(salon, guests, rules)


def _show(salon: Salon, guests: tuple[SalonGuest, ...], rules: Rules) -> None:
    state = rules.text(f"salon.state.{salon.state}")
    say(f"{salon.date} {salon.time} {salon.name} · {salon.kind_name} · {state}", style="bold")
    table = Table(_("客户号"), _("姓名"), _("状态"), _("回访日"), _("反馈或不宜邀请的原因"))
    for one in guests:
        guest_state = rules.text(f"salon.guest.{one.state}")
        table.add_row(
            one.customer_no, mask_name(one.name), guest_state, one.follow_up or "", one.feedback or one.barred
        )
    if guests:
        out().print(table)


def _ledger_json(ledger: GiftLedger) -> dict[str, object]:
    return {
        "year": ledger.year,
        "spent": to_yuan(ledger.spent_fen),
        "planned": to_yuan(ledger.planned_fen),
        "cap": to_yuan(ledger.cap_fen),
        "gifts": [_gift_json(one) for one in ledger.gifts],
        "stock": [
            {"item": one.name, "price": to_yuan(one.unit_fen), "number": one.stock} for one in ledger.items
        ],
        "short": [
            {"item": one.item.name, "missing": one.missing, "order_by": one.order_by} for one in ledger.short
        ],
    }


def _gift_json(one: Gift) -> dict[str, object]:
    return {
        "customer_no": one.customer_no, "name": one.name, "idea": one.idea, "occasion": one.occasion,
        "price": to_yuan(one.value_fen), "state": one.state, "needed_by": one.needed_by, "order_by": one.order_by,
        "given": one.given, "note": one.note or None,
    }  # fmt: skip


def _salon_json(salon: Salon, guests: tuple[SalonGuest, ...]) -> dict[str, object]:
    steps = salon.steps
    return {
        "title": salon.name, "kind": salon.kind, "date": salon.date, "time": salon.time or None, "place": salon.place or None,
        "seats": salon.seats, "seated": salon.seated, "budget": to_yuan(salon.budget_fen), "state": salon.state,
        "steps": {
            "prepare": steps.prepare, "invite": steps.invite, "remind": steps.remind, "thanks": steps.thanks,
            "follow_up": steps.follow_up,
        },
        "guests": [
            {
                "customer_no": one.customer_no, "name": one.name, "state": one.state, "invited": one.invited,
                "follow_up": one.follow_up, "feedback": one.feedback or None, "barred": one.barred or None,
            }
            for one in guests
        ],
    }  # fmt: skip
