"""A book on a server: one opener, one consistent state, failures named by their codes, soundness looked at."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import delete, func, insert, make_url, select, text, update

from db import schema
from db.engine import Book
from db.errors import BookError
from db.record import audit, settings
from db.stores.sqlstates import meaning
from db.tables import TABLES, customers, snapshots
from tests.postgresql import database, plain_engine


def _refusal(act: Callable[[], object]) -> str:
    with pytest.raises(BookError) as caught:
        act()
    return caught.value.code


def _run(url: str, *statements: str) -> None:
    """What an administrator does beside the program."""
    with plain_engine(url).connect() as conn:
        for statement in statements:
            conn.exec_driver_sql(statement)


def _by(user: str, url: str) -> str:
    """The same address for another user."""
    return make_url(url).set(username=user).render_as_string(hide_password=False)


def _customer(number: str) -> dict[str, str]:
    return {"customer_no": number, "name": "张三"}


# -- opening -----------------------------------------------------------------------------------------------


def test_a_book_is_made_in_an_empty_schema_only(postgresql: str) -> None:
    assert _refusal(lambda: Book.open(postgresql)) == "missing"
    Book.create(postgresql).close()
    assert _refusal(lambda: Book.create(postgresql)) == "exists"
    with Book.open(postgresql) as book:
        assert book.verify() == []
        assert _refusal(lambda: book.path) == "file_only"


def test_tables_of_somebody_else_are_left_alone(postgresql: str) -> None:
    _run(postgresql, "CREATE TABLE theirs (id integer)")
    assert _refusal(lambda: Book.create(postgresql)) == "not_empty"
    assert _refusal(lambda: Book.open(postgresql)) == "not_a_book"


def test_two_books_lie_in_two_schemas_of_one_database(postgresql: str) -> None:
    _run(postgresql, "CREATE SCHEMA one", "CREATE SCHEMA two")
    one, two = (f"{postgresql}&options=-csearch_path%3D{name}" for name in ("one", "two"))
    with Book.create(one) as first, Book.create(two) as second:
        with first.write("test", "一") as writer:
            writer.insert(customers, [_customer("1")])
        assert (first.count([customers]), second.count([customers])) == ({"customers": 1}, {"customers": 0})
        assert first.verify() == second.verify() == []
    assert _refusal(lambda: Book.open(f"{postgresql}&options=-csearch_path%3Dnone")) == "no_database"


def test_a_newer_book_is_refused(postgresql: str) -> None:
    Book.create(postgresql).close()
    _run(postgresql, "UPDATE alembic_version SET version_num = '9999'")
    assert _refusal(lambda: Book.open(postgresql)) == "newer"
    _run(postgresql, f"UPDATE alembic_version SET version_num = '{schema.HEAD}'")
    Book.open(postgresql).close()


def test_a_database_that_cannot_hold_chinese_is_refused(postgresql: str) -> None:
    name = postgresql.split("/test_")[1].partition("?")[0]
    other = postgresql.replace(f"/test_{name}", f"/latin_{name}")
    _run(
        postgresql,
        f'CREATE DATABASE "latin_{name}" TEMPLATE template0 ENCODING latin1 LC_COLLATE "C" LC_CTYPE "C"',
    )
    try:
        assert _refusal(lambda: Book.create(other)) == "wrong_encoding"
    finally:
        _run(postgresql, f'DROP DATABASE "latin_{name}" WITH (FORCE)')


def test_one_thread_writes_at_a_time_and_reads_go_on(server_book: Book) -> None:
    def other_writer_waits() -> bool:
        with server_book.read() as conn:
            here = "(SELECT oid FROM pg_database WHERE datname = current_database())"
            locks = f"SELECT DISTINCT classid, objid FROM pg_locks WHERE locktype = 'advisory' AND database = {here}"
            taken = conn.exec_driver_sql(locks).all()
            asked = [f"pg_try_advisory_xact_lock({classid}, {objid})" for classid, objid in taken]
            return not any(conn.exec_driver_sql(f"SELECT {', '.join(asked)}").one()) and len(taken) == 2

    assert not other_writer_waits()  # only the claim is held
    for begin in (lambda: server_book.write("test", "一"), server_book.derive, server_book.trial):
        with begin():
            assert other_writer_waits()
        assert not other_writer_waits()


def test_a_closed_book_can_be_opened_again_before_the_server_notices(
    postgresql: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    psycopg = pytest.importorskip("psycopg")
    unnoticed: list[Any] = []
    book = Book.create(postgresql)
    with monkeypatch.context() as patch:
        patch.setattr(psycopg.Connection, "close", lambda raw: unnoticed.append(raw))
        book.close()
    try:
        Book.open(postgresql).close()
    finally:
        for raw in unnoticed:
            raw.close()


def test_a_second_opener_is_refused_until_the_first_has_closed(postgresql: str) -> None:
    with Book.create(postgresql):
        assert _refusal(lambda: Book.open(postgresql)) == "locked"
        assert _refusal(lambda: Book.create(postgresql)) == "locked"
    Book.open(postgresql).close()


def test_neither_environment_nor_a_service_file_leads_elsewhere(
    postgresql: str, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    services = tmp_path_factory.mktemp("services") / "services.conf"
    services.write_text(
        "[elsewhere]\nhost=192.0.2.1\nhostaddr=192.0.2.1\nsslmode=disable\ndbname=elsewhere\n"
    )
    elsewhere = {
        "PGHOST": "192.0.2.1", "PGHOSTADDR": "192.0.2.1", "PGDATABASE": "elsewhere", "PGSSLMODE": "require",
        "PGSERVICE": "elsewhere", "PGSERVICEFILE": str(services),
    }  # fmt: skip
    with monkeypatch.context() as patch:
        for name, value in elsewhere.items():
            patch.setenv(name, value)
        with Book.create(postgresql) as book:
            assert book.verify() == []


# -- failures ----------------------------------------------------------------------------------------------


def test_a_server_that_does_not_let_us_in_is_told_by_the_reason(postgresql: str) -> None:
    assert _refusal(lambda: Book.open(postgresql.replace("/test_", "/nothing_"))) == "no_database"
    assert _refusal(lambda: Book.open(_by("nobody_here", postgresql))) == "not_admitted"
    assert _refusal(lambda: Book.open("postgresql:///book?host=/nowhere")) == "no_server"
    assert _refusal(lambda: Book.open("postgresql://localhost:1/book?sslmode=require")) == "no_server"


def test_a_read_sees_one_state_and_writes_nothing(server_book: Book) -> None:
    with server_book.read() as conn:
        before = conn.execute(select(func.count()).select_from(customers)).scalar_one()
        with server_book.write("test", "一") as writer:
            writer.insert(customers, [_customer("1")])
        assert conn.execute(select(func.count()).select_from(customers)).scalar_one() == before
    assert server_book.count([customers]) == {"customers": before + 1}
    with pytest.raises(BookError) as caught, server_book.read() as conn:
        conn.execute(insert(settings), {"key": "a", "value": "1"})
    assert caught.value.code == "server_read_only"


def test_a_killed_connection_is_told_and_changes_nothing(server_book: Book) -> None:
    before = server_book.fingerprint()
    with pytest.raises(BookError) as caught, server_book.write("test", "一") as writer:
        writer.insert(customers, [_customer("1")])
        own = writer.conn.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        with server_book._store.engine.connect() as other:
            other.exec_driver_sql(f"SELECT pg_terminate_backend({own}, 5000)")
        writer.insert(customers, [_customer("2")])
    assert caught.value.code == "server_gone"
    assert server_book.fingerprint() == before


def test_who_has_lost_the_claim_writes_no_more(server_book: Book) -> None:
    """A server that was restarted has forgotten who has the book open: somebody else may."""
    with server_book.read() as conn:
        here = "(SELECT oid FROM pg_database WHERE datname = current_database())"
        claims = f"SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND database = {here}"
        (claim,) = conn.exec_driver_sql(claims).scalars()
        conn.exec_driver_sql(f"SELECT pg_terminate_backend({claim}, 5000)")
    with pytest.raises(BookError) as caught, server_book.write("test", "一") as writer:
        writer.insert(customers, [_customer("1")])
    assert caught.value.code == "server_gone"


def test_what_another_session_holds_too_long_is_locked(server_book: Book) -> None:
    with (
        pytest.raises(BookError) as caught,
        server_book._store.engine.connect() as other,
        server_book.write("test", "一") as writer,
    ):
        other.exec_driver_sql("SET TRANSACTION READ WRITE")
        other.exec_driver_sql("LOCK TABLE customers IN ACCESS EXCLUSIVE MODE")
        writer.conn.exec_driver_sql("SET LOCAL lock_timeout = 1")
        writer.insert(customers, [_customer("1")])
    assert caught.value.code == "locked"


def test_a_user_without_rights_is_not_admitted(postgresql: str) -> None:
    with Book.create(postgresql):
        pass
    _run(postgresql, "DROP ROLE IF EXISTS reader_only", "CREATE ROLE reader_only LOGIN")
    try:
        assert _refusal(lambda: Book.open(_by("reader_only", postgresql))) == "not_admitted"
    finally:
        _run(postgresql, "DROP ROLE reader_only")


@pytest.mark.parametrize(
    ("sqlstate", "code"),
    [
        ("53100", "disk_full"), ("XX001", "damaged"), ("XX002", "damaged"), ("55P03", "locked"), ("40001", "locked"),
        ("40P01", "locked"), ("3D000", "no_database"), ("42501", "not_admitted"), ("28000", "not_admitted"),
        ("28P01", "not_admitted"), ("25006", "server_read_only"), ("08006", "server_gone"), ("57P01", "server_gone"),
        ("53300", "server_busy"), ("23505", None), ("42P01", None),
    ],
)  # fmt: skip
def test_what_a_code_of_the_server_means(sqlstate: str, code: str | None) -> None:
    assert meaning(sqlstate) == code


# -- what every book is ------------------------------------------------------------------------------------


def test_money_is_of_64_bits_and_sums_stay_whole(server_book: Book) -> None:
    large = 2**52
    with server_book.write("import", "一") as writer:
        ids = writer.insert(customers, [_customer("1"), _customer("2")])
        rows = [
            {"customer_id": one, "month": "2026-01", "as_of": "2026-01-31", "batch_id": 1, "source_row": 4,
             "aum_balance": large + one, "age": 2**40}
            for one in ids
        ]  # fmt: skip
        writer.insert(snapshots, rows)
    aum = snapshots.c.aum_balance
    with server_book.read() as conn:
        asked = select(
            func.sum(aum), func.sum(aum) // 2, func.sum(aum).filter(snapshots.c.customer_id == 1),
            func.sum(snapshots.c.age), func.avg(snapshots.c.age),
        )  # fmt: skip
        told = tuple(conn.execute(asked).one())
        over = conn.execute(select(func.sum(aum).over())).scalars().first()
    total = 2 * large + 3
    assert told[:4] == (total, total // 2, large + 1, 2**41)
    assert over == total
    assert [type(one) for one in told] == [int, int, int, int, float]


def test_texts_are_ordered_by_their_code_points(server_book: Book) -> None:
    words = ["客户", "Zebra", "apple", "_", "张三", "äpfel", "𠮷"]
    with server_book.write("test", "一") as writer:
        writer.insert(customers, [_customer(word) for word in words])
    with server_book.read() as conn:
        told = conn.execute(select(customers.c.customer_no).order_by(customers.c.customer_no)).scalars().all()
    assert told == sorted(words)


def test_what_a_column_of_whole_numbers_takes_in_a_file_it_takes_on_a_server(any_book: Book) -> None:
    columns = {
        "customer_no": ["1", "2"],
        "is_new": [True, False],
        "source_row": [3.0, 4],
        "kyc_completeness": [1, 0.25],
    }
    with any_book.write("import", "一") as writer:
        writer.insert_columns(customers, columns, 2)
    with any_book.read() as conn:
        row = customers.c.is_new, customers.c.source_row, customers.c.kyc_completeness
        assert [tuple(one) for one in conn.execute(select(*row).order_by(customers.c.id))] == [
            (1, 3, 1.0), (0, 4, 0.25),
        ]  # fmt: skip


def test_verify_finds_what_was_done_beside_the_program(postgresql: str) -> None:
    with Book.create(postgresql) as book:
        book.record("something", fact=1)
        assert book.verify() == []
    dangling = "INSERT INTO touches (id, customer_id, date, channel, result, initiated_by) VALUES (1, 99, '', '', '', '')"
    found = []
    for statements in (
        ("UPDATE audit SET facts = '{}' WHERE id = 1",),
        ("SELECT setval('audit_ends_id_seq', 1, false)",),
        ("SET session_replication_role = replica", dangling),
        ("ALTER TABLE customers DROP COLUMN note",),
    ):
        _run(postgresql, *statements)
        with Book.open(postgresql) as book:
            found.append([one.code for one in book.verify()])
    assert found == [
        ["audit_changed"], ["sequences", "audit_changed"], ["foreign_keys", "sequences", "audit_changed", "content"],
        ["tables", "audit_changed"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [
        "ALTER TABLE customers ALTER COLUMN name TYPE varchar(10)",
        "ALTER TABLE snapshots ALTER COLUMN month DROP NOT NULL",
        "ALTER TABLE snapshots DROP CONSTRAINT uq_snapshots_customer_id_month",
        "ALTER TABLE snapshots DROP CONSTRAINT ck_snapshots_month_form",
        "ALTER TABLE touches ALTER CONSTRAINT fk_touches_customer_id_customers NOT DEFERRABLE",
        "ALTER TABLE snapshots ALTER COLUMN aum_balance TYPE double precision",
        "ALTER TABLE settings RENAME TO other",
    ],
)
def test_verify_finds_a_table_that_is_not_as_declared(server_book: Book, statement: str) -> None:
    with server_book._store.writing(keep=False) as conn:
        assert server_book._store.faults(conn) == []
        conn.exec_driver_sql(statement)
        told = server_book._store.faults(conn)
    assert told == ["tables"]


def test_every_key_can_wait_for_the_commit(server_book: Book) -> None:
    with server_book.read() as conn:
        deferrable = "count(*) FILTER (WHERE condeferrable AND NOT condeferred)"
        asked = f"SELECT count(*), {deferrable} FROM pg_constraint WHERE contype = 'f'"
        told = tuple(conn.exec_driver_sql(asked).one())
    expected = sum(len(table.foreign_keys) for table in TABLES)
    assert told == (expected, expected)
    with server_book.derive() as conn:
        server_book._store.defer_keys(conn)
        row = {"customer_id": 1, "month": "2026-01", "as_of": "2026-01-31", "batch_id": 1, "source_row": 4}
        conn.execute(insert(snapshots), {"id": 1, **row})
        conn.execute(insert(customers), {"id": 1, **_customer("1")})
        conn.execute(delete(snapshots))
    assert server_book.count([customers]) == {"customers": 1}


def test_a_tampered_audit_is_found_and_the_seal_is_the_same_as_in_a_file(any_book: Book) -> None:
    any_book.record("something", "of it", fact="事实", number=1)
    with any_book.derive() as conn:
        conn.execute(update(audit).values(at="2026-01-01 00:00:00"))
    assert "audit_changed" in {one.code for one in any_book.verify()}


def test_a_template_copy_is_a_book_of_its_own(server_book: Book) -> None:
    with database() as url:
        assert _refusal(lambda: Book.open(url)) == "missing"
    with server_book.read() as conn:
        assert conn.execute(text("SELECT version_num FROM alembic_version")).scalar() == schema.HEAD
