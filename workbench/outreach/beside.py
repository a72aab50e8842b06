"""`BesideTheWeek`: the rooms of outreach that stand beside the week's list: pins, goals, the outing, who is calling."""

from functools import cached_property
from typing import TYPE_CHECKING

from db.engine import Book
from workbench.rules.parameters import Rules

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Connection

    from workbench.base.settings import BookSettings
    from workbench.insight.portrait.unsaid import Never
    from workbench.outreach.agenda.room import Agenda
    from workbench.outreach.archive.room import Archives
    from workbench.outreach.benefits.of_referrals import ReferralRewards
    from workbench.outreach.benefits.room import Benefits
    from workbench.outreach.cadence.room import Cadence
    from workbench.outreach.callers import Callers
    from workbench.outreach.complaints.room import Complaints
    from workbench.outreach.dates.room import Dates
    from workbench.outreach.drafts import Drafts
    from workbench.outreach.effects.room import Effects
    from workbench.outreach.family_goals.room import FamilyGoals
    from workbench.outreach.gifts.room import Gifts
    from workbench.outreach.goals.room import Goals
    from workbench.outreach.leads.room import Leads
    from workbench.outreach.losses.room import Losses
    from workbench.outreach.maturities.room import Maturities
    from workbench.outreach.meetings.room import Meetings
    from workbench.outreach.needs.room import Needs
    from workbench.outreach.office_return.reading import OfficeReturns
    from workbench.outreach.outing.room import Outings
    from workbench.outreach.pins.room import Pins
    from workbench.outreach.playbook.room import Playbook
    from workbench.outreach.promises.room import Promises
    from workbench.outreach.referrals.asking import Asking
    from workbench.outreach.referrals.room import Referrals
    from workbench.outreach.referrals.views import ReferralViews
    from workbench.outreach.salons.room import Salons
    from workbench.outreach.week.room import Weeks
    from workbench.outreach.winback.room import WinBacks
    from workbench.outreach.yearplan.room import YearPlans


class BesideTheWeek:
    """Base of `Outreach`, which has the book, the rules, the lists of weeks and the promises."""

    if TYPE_CHECKING:
        book: Book
        rules: Rules
        leads: Leads
        settings: BookSettings

        @property
        def dates(self) -> Dates:
            """The days of a year."""

        @property
        def weeks(self) -> Weeks:
            """The one ranked list of a week."""

        @property
        def promises(self) -> Promises:
            """What was promised to customers."""

    @cached_property
    def pins(self) -> "Pins":
        """Notes pinned on customers."""
        from workbench.outreach.pins.room import Pins

        return Pins(self.book, self.rules)

    @cached_property
    def office_returns(self) -> "OfficeReturns":
        """What goes back to head office about the customers of its list (domain 12.6)."""
        from workbench.outreach.log.room import ContactLog
        from workbench.outreach.office_return.reading import OfficeReturns

        return OfficeReturns(self.book, self.rules, ContactLog(self.book, self.rules))

    @cached_property
    def cadence(self) -> "Cadence":
        """How often customers are contacted, and whom we are about to lose sight of (domain 6.5)."""
        from workbench.outreach.cadence.room import Cadence

        return Cadence(self.book, self.rules, self.leads.engine)

    @cached_property
    def callers(self) -> "Callers":
        """What is known at once of whoever calls."""
        from workbench.outreach.callers import Callers

        return Callers(self.book, self.weeks, self.promises)

    @cached_property
    def effects(self) -> "Effects":
        """What came of the methods of the 531 and of scripts."""
        from workbench.outreach.effects.room import Effects

        return Effects(self.book, self.rules, lambda conn: self.playbook.in_use(conn))

    @cached_property
    def complaints(self) -> "Complaints":
        """Complaints with their files, levels and both clocks (domain 9)."""
        from workbench.outreach.complaints.room import Complaints

        return Complaints(self.book, self.rules, self.leads.engine, self.effects)

    @cached_property
    def goals(self) -> "Goals":
        """Goals of month and quarter."""
        from workbench.outreach.goals.room import Goals

        return Goals(self.book, self.rules)

    @cached_property
    def maturities(self) -> "Maturities":
        """The maturing money of a year, and where matured money went."""
        from workbench.outreach.maturities.room import Maturities

        return Maturities(self.book, self.rules)

    @cached_property
    def needs(self) -> "Needs":
        """The needs of customers (domain 15)."""
        from workbench.outreach.needs.room import Needs

        def limits(conn: "Connection", people: "Collection[int]", day: str) -> "dict[int, tuple[Never, ...]]":
            """What not to say to some customers, as the playbook hears them."""
            hearers = self.playbook.hearers.of(conn, people, day)
            return {one: hearer.limits for one, hearer in hearers.items()}

        return Needs(self.book, self.rules, limits)

    @cached_property
    def family_goals(self) -> "FamilyGoals":
        """What customers save for."""
        from workbench.outreach.family_goals.room import FamilyGoals

        return FamilyGoals(self.book, self.rules)

    @cached_property
    def meetings(self) -> "Meetings":
        """Meetings with customers: prepared, and recorded."""
        from workbench.outreach.meetings.room import Meetings

        return Meetings(self.book, self.rules, self.needs, self.family_goals)

    @cached_property
    def gifts(self) -> "Gifts":
        """The gift ledger and its stock."""
        from workbench.outreach.gifts.room import Gifts

        return Gifts(self.book, self.rules)

    @cached_property
    def benefits(self) -> "Benefits":
        """The rules of benefits, and what customers have of them (domain 8.4)."""
        from workbench.outreach.benefits.room import Benefits

        return Benefits(self.book, self.rules, self.leads.engine)

    @cached_property
    def losses(self) -> "Losses":
        """First aid for customers who lost money (domain 8.6)."""
        from workbench.outreach.losses.room import Losses

        return Losses(self.book, self.rules, self.leads.engine)

    @cached_property
    def referral_rewards(self) -> "ReferralRewards":
        """What givers were thanked with, and may be."""
        from workbench.outreach.benefits.of_referrals import ReferralRewards

        return ReferralRewards(self.book, self.rules)

    @cached_property
    def archives(self) -> "Archives":
        """The service files of customers, the experts and their bookings (domain 1)."""
        from workbench.insight.allocation.room import Allocations
        from workbench.insight.products.room import Matrix
        from workbench.insight.towers.room import Towers
        from workbench.outreach.archive.room import Archives

        book, rules, engine = self.book, self.rules, self.leads.engine
        pots = Allocations(book, rules, engine, Matrix(book, rules, engine))
        return Archives(book, rules, Towers(book, rules, engine), pots, self.year_plans)

    @cached_property
    def referrals(self) -> "Referrals":
        """Whom customers introduced, and what became of it (domain 7)."""
        from workbench.outreach.referrals.room import Referrals

        return Referrals(self.book, self.rules, self.leads.engine)

    @cached_property
    def win_backs(self) -> "WinBacks":
        """Customers who are won back (domain 4.9)."""
        from workbench.insight.products.room import Matrix
        from workbench.outreach.winback.room import WinBacks

        engine = self.leads.engine

        def barred(conn: "Connection", customer: int) -> str:
            """Why a contact out of care is kept from him today."""
            return self.playbook.barred(conn, {customer: "care"}).get(customer, "")

        return WinBacks(self.book, self.rules, engine, Matrix(self.book, self.rules, engine), barred)

    @cached_property
    def asking(self) -> "Asking":
        """Whom to ask for a referral now, in which words, and the asks (domain 7)."""
        from workbench.outreach.referrals.asking import Asking

        return Asking(self.book, self.rules, self.leads.engine, lambda: self.playbook)

    @cached_property
    def referral_views(self) -> "ReferralViews":
        """What stands over all referrals: the funnel, the chains of who introduced whom, the lines of 转介."""
        from workbench.outreach.referrals.views import ReferralViews

        return ReferralViews(self.book, self.rules)

    @cached_property
    def salons(self) -> "Salons":
        """Events for customers."""
        from workbench.outreach.salons.room import Salons

        return Salons(self.book, self.rules, self.leads.engine)

    @cached_property
    def outings(self) -> "Outings":
        """Whom to go and see, by area."""
        from workbench.outreach.outing.room import Outings

        return Outings(self.book, self.rules)

    @cached_property
    def year_plans(self) -> "YearPlans":
        """The touch plan of each year (domain 6.8)."""
        from workbench.outreach.wishes.room import Wishes
        from workbench.outreach.yearplan.events import YearEvents
        from workbench.outreach.yearplan.room import YearPlans

        days = YearEvents(self.book, self.dates.of)
        wishes = Wishes(self.book, self.rules, self.leads.engine, days)
        return YearPlans(
            self.book, self.rules, self.settings, wishes, days, lambda year: self.agenda.share(year)
        )

    @cached_property
    def playbook(self) -> "Playbook":
        """Every script, for a customer or a scene."""
        from workbench.insight.products.room import Matrix
        from workbench.outreach.playbook.room import Playbook

        engine = self.leads.engine
        return Playbook(self.book, self.rules, self.settings, engine, Matrix(self.book, self.rules, engine))

    @cached_property
    def drafts(self) -> "Drafts":
        """The words for touches, and which of them were drafted."""
        from workbench.outreach.drafts import Drafts

        return Drafts(
            self.book,
            self.rules,
            self.leads.engine,
            self.dates.of,
            lambda conn: self.playbook.in_use(conn),
        )

    @cached_property
    def agenda(self) -> "Agenda":
        """The year of contact: dates, touch plan and the week's list, joined."""
        from workbench.outreach.agenda.nodes import OwnNodes
        from workbench.outreach.agenda.room import Agenda

        plans, listed = self.year_plans, self.weeks.standing
        own = OwnNodes(lambda: self.gifts, lambda: self.salons, lambda: self.losses, self.rules)
        return Agenda(self.book, self.rules, self.settings, self.leads.engine, self.dates, plans, listed, own)
