"""`Prospects`: persons without an account, noted, changed, linked to their account, kept longer, dropped, erased for good."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from db.engine import Book
from db.journey import prospects
from db.values import Value
from workbench.base.change import Change
from workbench.base.dates import days_after, today
from workbench.base.errors import WorkbenchError, in_words
from workbench.base.i18n import _
from workbench.people.find import customer_id
from workbench.people.privacy import masked_as
from workbench.people.prospects import checking
from workbench.people.prospects.erasing import BLANK, time_over
from workbench.people.prospects.prospect import (
    ANSWERS,
    SOURCES,
    NewProspect,
    Prospect,
    ProspectCounts,
    ProspectList,
)
from workbench.people.prospects.reading import is_over, known, listed
from workbench.people.prospects.searching import ProspectHit, ProspectSearch
from workbench.people.prospects.taking_in import ended, known_one, opened_in, own_row
from workbench.people.tombs import refuse_deleted_phone
from workbench.rules.parameters import Rules


@dataclass(frozen=True, slots=True)
class ProspectWords:
    """What a form offers: (code, name) of sources and answers, the usual needs, the most signs of a note."""

    sources: tuple[tuple[str, str], ...]
    answers: tuple[tuple[str, str], ...]
    needs: tuple[str, ...]
    note_most: int


class Prospects:
    """The persons of a book. Every write but `erase_expired` is undoable. `key`: see `Prospect.key`."""

    def __init__(self, book: Book, rules: Rules) -> None:
        self._book = book
        self._rules = rules
        self._search = ProspectSearch()

    # -- reading -------------------------------------------------------------------------------------------

    def all(self, day: str | None = None) -> ProspectList:
        """Everybody who is kept on a day (ISO; None: today), and how many wait to be erased."""
        on = day or today().isoformat()
        with in_words(), self._book.read() as conn:
            return listed(conn, self._rules, on, time_over(conn, self._rules, on).persons)

    def counts(self, day: str | None = None) -> ProspectCounts:
        """How many there are, for the board."""
        return self.all(day).counts

    def one(self, key: str) -> Prospect:
        """One person who is still kept. Raises WorkbenchError no_such_prospect."""
        with in_words(), self._book.read() as conn:
            return known_one(conn, self._rules, key)

    def search(self, text: str, limit: int) -> list[ProspectHit]:
        """At most `limit` of those followed up, by name, pinyin, or at least four digits of the telephone."""
        with in_words(), self._book.read() as conn:
            return self._search.hits(conn, self._rules, text, limit, today().isoformat())

    def to_dial(self, key: str) -> str:
        """The digits to dial. Raises WorkbenchError no_such_prospect, no_phone, may_not_call for who did not agree."""
        one = self.one(key)
        if one.phone is None:
            raise WorkbenchError("no_phone", _("还没有记这个人的电话。"), _("问到以后在“潜客”里补上。"))
        if one.may.held:
            raise WorkbenchError(
                "may_not_call",
                _("{why}。").format(why=one.may.sentence),
                _("{what}。").format(what=one.may.aside),
            )
        return one.phone

    @property
    def words(self) -> ProspectWords:
        """What a form offers."""
        text = self._rules.text
        return ProspectWords(
            tuple((code, text(f"prospect.source.{code}")) for code in SOURCES),
            tuple((code, text(f"prospect.consent.{code}")) for code in ANSWERS),
            self._rules.words("prospects.needs"),
            self._rules.whole("prospects.note_most"),
        )

    # -- writing -------------------------------------------------------------------------------------------

    def add(self, what: NewProspect) -> Change:
        """Note a person. Raises WorkbenchError as `checking` does, no_such_customer, known_prospect."""
        now, rules = today().isoformat(), self._rules
        row = self._checked(
            {
                "name": what.name, "phone": what.phone, "source": what.source, "relation": what.relation, "need": what.need,
                "consent": what.consent, "note": what.note,
            }
        )  # fmt: skip
        expires = (
            checking.checked_expiry(what.expires, now, now, rules)
            if what.expires.strip()
            else days_after(now, rules.whole("prospects.days"))
        )
        row |= {"created": now, "expires": expires, "state": "open"}
        with in_words(), self._book.write("prospect", "add") as writer:
            row["referrer_id"] = self._referrer(writer.conn, what.referrer_no)
            self._refuse_known(writer.conn, row["phone"], "")
            writer.insert(prospects, [row])
            return Change.by(writer, 1)

    def change(self, key: str, given: Mapping[str, str]) -> Change:
        """Set what is given: any of name, phone, source, referrer_no, relation, need, consent, note; the rest stays.

        Raises WorkbenchError as `add`, and no_such_prospect; KeyError for anything else.
        """
        row = self._checked({name: text for name, text in given.items() if name != "referrer_no"})
        with in_words(), self._book.write("prospect", "change") as writer:
            person = own_row(writer, self._rules, key)
            if "referrer_no" in given:
                row["referrer_id"] = self._referrer(writer.conn, given["referrer_no"])
            if row.get("phone"):
                self._refuse_known(writer.conn, row["phone"], key)
            writer.update(prospects, person["id"], row)
            return Change.by(writer, 1)

    def extend(self, key: str, until: str = "") -> Change:
        """Keep him until a day (ISO; '': as long again as the rule says, as far as that is allowed).

        Raises WorkbenchError no_such_prospect, bad_date, past_date, kept_too_long.
        """
        now, rules = today().isoformat(), self._rules
        with in_words(), self._book.write("prospect", "extend") as writer:
            person = own_row(writer, self._rules, key)
            longest = days_after(person["created"], rules.whole("prospects.longest"))
            usual = days_after(person["expires"], rules.whole("prospects.days"))
            wanted = until.strip() or (usual if person["expires"] >= longest else min(usual, longest))
            expires = checking.checked_expiry(wanted, person["created"], now, rules)
            writer.update(prospects, person["id"], {"expires": expires})
            return Change.by(writer, 1)

    def drop(self, key: str, reason: str) -> Change:
        """End the follow-up, with a reason; he is erased soon. Raises WorkbenchError no_such_prospect, no_reason, too_long."""
        why = checking.checked_words(reason, self._rules, _("原因"))
        if why is None:
            raise WorkbenchError(
                "no_reason", _("没有写为什么不再跟进。"), _("写一句就行,例如:已在他行办理。")
            )
        with in_words(), self._book.write("prospect", "drop") as writer:
            person = own_row(writer, self._rules, key)
            note = " · ".join(filter(None, [person["note"], why]))
            writer.update(
                prospects, person["id"], {"state": "dropped", "note": note, **ended(person, self._rules)}
            )
            return Change.by(writer, 1)

    def link(self, key: str, customer_no: str) -> Change:
        """He has an account now: this customer, whom the line of the referrals that told of him names too.

        Raises WorkbenchError no_such_prospect, no_such_customer.
        """
        with in_words(), self._book.write("prospect", "link") as writer:
            person = own_row(writer, self._rules, key)
            opened_in(writer, self._rules, person, customer_no)
            return Change.by(writer, 1)

    def erase_expired(self) -> Change:
        """Erase for good what identifies those whose time is over, in the book and in what undo stands on; they stay as a
        number, without a name. Not undoable: `undo_id` is None."""
        with in_words():
            with self._book.read() as conn:
                over = time_over(conn, self._rules, today().isoformat())
            self._book.erase("prospects_erased", over.rows, BLANK)
        return Change(frozenset(table.name for table, ids in over.rows.items() if ids), over.persons, None)

    # -- beneath -------------------------------------------------------------------------------------------

    def _checked(self, given: Mapping[str, str]) -> dict[str, Value]:
        """Column -> the value to store, for each that is given."""
        rules = self._rules
        labels = {"relation": _("关系"), "need": _("需求"), "note": _("备注")}
        row: dict[str, Value] = {}
        for name, text in given.items():
            if name == "name":
                row[name] = checking.checked_name(text, rules)
            elif name == "phone":
                row[name] = checking.checked_phone(text, rules)
            elif name == "source":
                row[name] = checking.checked_source(text, rules)
            elif name == "consent":
                row[name] = checking.checked_answer(text)
            elif name == "note":
                row[name] = checking.checked_words(text, rules, labels[name], "prospects.note_most")
            else:
                row[name] = checking.checked_words(text, rules, labels[name])
        return row

    def _referrer(self, conn: Connection, customer_no: str) -> int | None:
        return customer_id(conn, customer_no) if customer_no.strip() else None

    def _refuse_known(self, conn: Connection, phone: Value, but: str) -> None:
        refuse_deleted_phone(conn, phone)
        now = today().isoformat()
        for one in known(conn, self._rules, now):
            same = phone is not None and one.phone == phone and one.key != but.strip()
            if same and one.state == "open" and not is_over(one.expires, now):
                raise WorkbenchError(
                    "known_prospect",
                    _("这个号码已经登记过:{name}。").format(
                        name=masked_as("name", one.name) or _("没有称呼")
                    ),
                    _("请在“潜客”里改那一位。"),
                )
