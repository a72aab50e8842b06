"""The address of a book on a PostgreSQL server: read once, refused unless nobody on the way could read along."""

import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote

from db.errors import BookError

_SERVER = re.compile(r"\s*postgres(?:ql)?(?:\+\w+)?:", re.IGNORECASE)
_SCHEMES = frozenset({"postgresql", "postgres"})
#: The modes in which libpq never speaks plain text. `require` does not look whose certificate it is.
_ENCRYPTED = frozenset({"require", "verify-ca", "verify-full"})
#: What an address may say. Everything else is refused: `service` reads host and mode from a file, `gssencmode` and
#: `sslkeylogfile` would open what TLS closes.
_MAY_SAY = frozenset({
    "host", "hostaddr", "port", "dbname", "user", "password", "passfile", "sslmode", "sslrootcert", "sslcert", "sslkey",
    "sslcrl", "sslcrldir", "sslsni", "sslnegotiation", "channel_binding", "require_auth", "requirepeer", "options",
    "connect_timeout", "keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout",
    "target_session_attrs", "load_balance_hosts",
})  # fmt: skip
#: Refused by name, so that the sentence can tell which; any other word may be a piece of a password.
_REFUSED = frozenset({"service", "servicefile", "gssencmode", "sslkeylogfile", "ssl", "requiressl"})
#: Where servers of the distributions put their socket.
_SOCKETS = ("/var/run/postgresql", "/run/postgresql", "/tmp")  # noqa: S108  (looked for, never written to)
_HOST = re.compile(r"(?P<host>\[[0-9A-Fa-f:.]+\]|[^:\[\]]*)(?::(?P<port>[0-9]+))?")


@dataclass(frozen=True, eq=False, slots=True)
class ServerAddress:
    """A book's place on a server: what is handed to libpq, and how it may be shown, which never tells a password."""

    shown: str
    parameters: Mapping[str, str] = field(repr=False)

    def __str__(self) -> str:
        return self.shown


def place(text: str) -> Path | ServerAddress:
    """What somebody named as a book: a file, or an address on a server. Raises BookError as `server_address` does."""
    return server_address(text) if names_server(text) else Path(text)


def names_server(text: str) -> bool:
    """Whether a text is meant as an address on a server, well formed or not: it must not become a file's name."""
    return _SERVER.match(text) is not None


def masked(text: str) -> str:
    """A text that may hold an address, cut off where the address begins: what follows may be a password."""
    address = re.search(_SERVER.pattern.removeprefix(r"\s*"), text, re.IGNORECASE)
    return text[: address.start()] + "postgresql://…" if address else text


def server_address(url: str) -> ServerAddress:
    """Read `postgresql://user@host:port/database?sslmode=verify-full`, or with `?host=/folder/of/the/socket`.

    Raises BookError bad_address (facts: part), insecure_address: the way to the server is neither a local socket nor
    one on which plain text is impossible. Nothing of a refused address is told.
    """
    stated = _read(url)
    hosts, network = _hosts(stated)
    mode = stated.get("sslmode", "")
    if network and mode not in _ENCRYPTED:
        raise BookError("insecure_address", path=masked(url))
    parameters = {
        **stated,
        # told outright, so that neither the environment nor a service file decides
        "host": ",".join(hosts),
        "hostaddr": stated.get("hostaddr", ""),
        "sslmode": mode or "disable",
        "gssencmode": "disable",
        "client_encoding": "UTF8",
        "connect_timeout": stated.get("connect_timeout", "15"),
        "application_name": "workbench",
    }
    return ServerAddress(_shown(parameters), parameters)


def _hosts(stated: Mapping[str, str]) -> tuple[list[str], bool]:
    """The hosts, the system's own socket where none is told, and whether any of them is reached over a network."""
    hosts = stated.get("host", "").split(",")
    if hosts == [""] and not stated.get("hostaddr"):
        hosts = [_socket_folder(stated.get("port", "5432"))]
    if any(not host for host in hosts) and not stated.get("hostaddr"):
        raise _bad("host")
    network = bool(stated.get("hostaddr")) or any(not host.startswith("/") for host in hosts)
    return hosts, network


def _socket_folder(port: str) -> str:
    """The folder of the local server's socket. Windows has none to look in: there no host means the network."""
    if sys.platform == "win32":
        return "localhost"
    here = (folder for folder in _SOCKETS if Path(folder, f".s.PGSQL.{port}").exists())
    return next(here, _SOCKETS[0])


def _read(url: str) -> dict[str, str]:
    """The parameters as told. Each may be told once: another reader of the same address must not see another host."""
    if any(letter.isspace() or not letter.isprintable() for letter in url):
        raise _bad("letters")
    scheme, parted, rest = url.partition("://")
    if not parted or scheme.lower() not in _SCHEMES:
        raise _bad("scheme")
    rest, _, query = rest.partition("?")
    authority, _, database = rest.partition("/")
    who, _, where = authority.rpartition("@")
    user, _, password = who.partition(":")
    named = [_HOST.fullmatch(one) for one in where.split(",")]
    if any(one is None for one in named):
        raise _bad("host")
    hosts = [one["host"].strip("[]") for one in named if one is not None]
    ports = [one["port"] or "" for one in named if one is not None]
    from_authority = {"user": user, "password": password, "dbname": database, "host": ",".join(hosts)}
    from_authority["port"] = ",".join(ports) if any(ports) else ""
    stated = {key: _plain(value) for key, value in from_authority.items() if value}
    for part in query.split("&") if query else ():
        key, equals, value = part.partition("=")
        key = _plain(key)
        if not equals or key not in _MAY_SAY or key in stated:
            raise _bad(key if key in _MAY_SAY | _REFUSED else "query")
        stated[key] = _plain(value)
    if not stated.get("dbname") or "=" in stated["dbname"] or "/" in stated["dbname"]:
        raise _bad("dbname")
    return stated


def _plain(text: str) -> str:
    if re.search(r"%(?![0-9A-Fa-f]{2})", text):
        raise _bad("letters")
    try:
        plain = unquote(text, errors="strict")
    except UnicodeDecodeError:
        raise _bad("letters") from None
    if not plain.isprintable():
        raise _bad("letters")
    return plain


def _shown(parameters: Mapping[str, str]) -> str:
    user = f"{quote(parameters['user'])}@" if "user" in parameters else ""
    sockets = parameters["host"].startswith("/")
    hosts = "" if sockets else parameters["host"] or parameters["hostaddr"]
    port = f":{parameters['port']}" if parameters.get("port") and not sockets else ""
    folder = f"?host={parameters['host']}" if sockets else ""
    return f"postgresql://{user}{hosts}{port}/{quote(parameters['dbname'])}{folder}"


def _bad(part: str) -> BookError:
    return BookError("bad_address", path="postgresql://…", part=part)
