"""`Referrals`: the referrals of a book as task sheets, what is due on them, and every write about them (domain 7)."""

from functools import cached_property

from db.engine import Book
from db.tables import referrals
from workbench.base.dates import today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.insight.tags.engine import Engine
from workbench.outreach.referrals.reading import tasks
from workbench.outreach.referrals.task import ReferralTask
from workbench.outreach.referrals.views import ReferralViews
from workbench.rules.parameters import Rules


class Referrals:
    """The referrals of a book."""

    def __init__(self, book: Book, rules: Rules, engine: Engine) -> None:
        self._book = book
        self._rules = rules
        self._engine = engine

    @cached_property
    def views(self) -> ReferralViews:
        """The funnel, and the chains of who introduced whom."""
        return ReferralViews(self._book, self._rules)

    def all(self, day: str | None = None) -> tuple[ReferralTask, ...]:
        """Every referral as it stands on a day (ISO; None: today), the newest first."""
        with in_words(), self._book.read() as conn:
            return tasks(conn, self._rules, day or today().isoformat())

    def one(self, referral: int) -> ReferralTask:
        """A referral by the id of its line. Raises WorkbenchError no_such_referral."""
        with in_words(), self._book.read() as conn:
            read = tasks(conn, self._rules, today().isoformat(), [referrals.c.id == referral])
        if not read:
            raise no_such_referral(str(referral))
        return read[0]


def no_such_referral(word: str) -> WorkbenchError:
    """The refusal of a referral that is not in the book."""
    return WorkbenchError(
        "no_such_referral",
        _("没有转介单 {word}。").format(word=word),
        _("请用 workbench referrals 查看有哪些,写单号。"),
    )
