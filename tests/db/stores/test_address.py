"""Which addresses of a server may be used: those on which nobody can read along, and nothing is told of the others."""

import pickle
from pathlib import Path

import pytest

from db.errors import BookError
from db.stores import address
from db.stores.address import ServerAddress, masked, names_server, place, server_address

SECRET = "g3heim"
ALLOWED = {
    "postgresql:///book?host=/var/run/postgresql": "/var/run/postgresql",
    "postgresql://me@/book?host=/run/s": "/run/s",
    "postgresql://%2Frun%2Fs/book": "/run/s",
    "postgresql:///book?host=/run/a,/run/b": "/run/a,/run/b",
    "postgresql://me:g3heim@server/book?sslmode=verify-full": "server",
    "postgres://server:6432/book?sslmode=verify-full&sslrootcert=/etc/ca.pem": "server",
    "POSTGRESQL://server/book?sslmode=verify-ca": "server",
    "postgresql://server/book?sslmode=require": "server",
    "postgresql://a:1,b:2/book?sslmode=verify-full": "a,b",
    "postgresql:///book?host=/run/s,server&sslmode=require": "/run/s,server",
    "postgresql://[::1]:5432/book?sslmode=verify-full": "::1",
    "postgresql://server/book?sslmode=verify-full&passfile=/home/me/.pgpass": "server",
    "postgresql://server/book?hostaddr=10.0.0.1&sslmode=verify-full": "server",
    "postgresql:///book?host=/run/s&options=-csearch_path%3Dbooks": "/run/s",
}
INSECURE = (
    "postgresql://server/book",
    "postgresql://127.0.0.1/book",
    "postgresql://localhost/book",
    "postgresql://[::1]/book",
    "postgresql://server/book?sslmode=prefer",
    "postgresql://server/book?sslmode=allow",
    "postgresql://server/book?sslmode=disable",
    "postgresql://server/book?sslmode=VERIFY-FULL",
    "postgresql://server/book?sslmode=verify-full%20",
    "postgresql://server/book?sslmode=",
    "postgresql:///book?host=server",
    "postgresql:///book?host=/run/s,server",
    "postgresql:///book?host=server,/run/s",
    "postgresql:///book?host=/run/s&hostaddr=10.0.0.1",
    "postgresql:///book?hostaddr=10.0.0.1",
    "postgresql:///book?host=./s",
    "postgresql:///book?host=@abstract",
    "postgresql://run%2Fs/book",
    "postgresql://me:g3heim@server/book?sslmode=prefer",
)
BAD = (
    "postgresql:",
    "postgresql:/server/book?sslmode=verify-full",
    "postgresql+psycopg://server/book?sslmode=verify-full",
    "postgresql://server?sslmode=verify-full",
    "postgresql://server/?sslmode=verify-full",
    "postgresql://server/book?sslmode=disable&sslmode=verify-full",
    "postgresql://server/book?sslmode=verify-full&sslmode=disable",
    "postgresql:///book?host=/run/s&host=server",
    "postgresql://server/book?host=/run/s",
    "postgresql://server/book?HOST=/run/s",
    "postgresql:///book?service=bank",
    "postgresql:///book?host=/run/s&servicefile=/run/f",
    "postgresql://server/book?sslmode=verify-full&gssencmode=prefer",
    "postgresql://server/book?sslmode=verify-full&sslkeylogfile=/run/keys",
    "postgresql://server/book?ssl=true",
    "postgresql://server/book?sslmode=verify-full&",
    "postgresql://server/book?sslmode",
    "postgresql:///book?host=/run/s,",
    "postgresql:///book?host=/run/s%00.server",
    "postgresql:///book?host=/run/s%0asslmode=disable",
    "postgresql:///book?host=/run/s%2",
    "postgresql:///book?host=/run/s%ff",
    "postgresql:///host=server%20dbname=x",
    "postgresql:///postgresql:%2F%2Fserver%2Fx?host=/run/s",
    "postgresql:///book host=server",
    "postgresql://me:g3heim@[::1/book?sslmode=verify-full",
    "postgresql://me:g3?heim@server/book?sslmode=verify-full",
)  # fmt: skip


@pytest.mark.parametrize("url", ALLOWED)
def test_a_local_socket_and_an_encrypted_way_may_be_used(url: str) -> None:
    found = server_address(url)
    assert found.parameters["host"] == ALLOWED[url]
    assert found.parameters["gssencmode"] == "disable"
    assert SECRET not in found.shown + repr(found) + str(found)


@pytest.mark.parametrize("url", INSECURE)
def test_any_host_that_plain_text_could_reach_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGSSLMODE", "verify-full")  # what the environment says is not what the address says
    _refused(url, "insecure_address")


@pytest.mark.parametrize("url", BAD)
def test_what_two_readers_could_read_differently_is_refused(url: str) -> None:
    _refused(url, "bad_address")


def _refused(url: str, code: str) -> None:
    with pytest.raises(BookError) as caught:
        server_address(url)
    assert caught.value.code == code
    told = str(caught.value.facts)
    assert not any(word in told for word in (SECRET, "server", "heim", "g3", "10.0"))


def test_neither_environment_nor_service_decides_where_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each word that leads somewhere is told outright, an empty one too: libpq asks the environment for what is left."""
    for name, value in (("PGHOST", "server"), ("PGHOSTADDR", "10.0.0.1"), ("PGSSLMODE", "disable")):
        monkeypatch.setenv(name, value)
    told = server_address("postgresql:///book").parameters
    assert told["host"].startswith("/")
    assert (told["hostaddr"], told["sslmode"], told["dbname"]) == ("", "disable", "book")


def test_without_a_host_windows_would_take_the_network(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(address.sys, "platform", "win32")
    _refused("postgresql:///book", "insecure_address")


def test_a_password_stays_with_what_is_handed_to_the_driver() -> None:
    for url in (
        f"postgresql://me:{SECRET}@server:6432/book?sslmode=verify-full",
        f"postgresql://me@server:6432/book?sslmode=verify-full&password={SECRET}",
    ):
        found = server_address(url)
        assert found.parameters["password"] == SECRET
        assert found.shown == "postgresql://me@server:6432/book"
        assert SECRET not in f"{found} {found!r} {found.__reduce_ex__(pickle.HIGHEST_PROTOCOL)[0]}"


@pytest.mark.parametrize(
    "words",
    [
        f"Got unexpected extra argument (postgresql://me:{SECRET}@server/book)",
        f"No such option: --boook=POSTGRES://me:{SECRET}@server",
        f"postgresql://me:g3 {SECRET}@server/book",
        f"postgresql+psycopg:me:{SECRET}",
    ],
)
def test_words_about_a_command_line_end_where_an_address_begins(words: str) -> None:
    assert SECRET not in masked(words)
    assert masked(words).endswith("postgresql://…")
    assert masked("No such command 'outcomes'.") == "No such command 'outcomes'."


def test_what_looks_like_an_address_never_becomes_a_file() -> None:
    assert place("客户账本.book") == Path("客户账本.book")
    assert isinstance(place("postgresql:///book?host=/run/s"), ServerAddress)
    for text in (" postgresql://x", "Postgres:x", "postgresql+psycopg2://x"):
        assert names_server(text)
        with pytest.raises(BookError):
            place(text)
