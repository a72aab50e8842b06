"""What PostgreSQL's error codes mean for a book."""

#: By the whole code (SQLSTATE).
_CODES = {
    "53100": "disk_full",
    "53200": "server_busy",
    "53300": "server_busy",
    "57014": "server_busy",
    "XX001": "damaged",
    "XX002": "damaged",
    "55P03": "locked",
    "40001": "locked",
    "40P01": "locked",
    "3D000": "no_database",
    "3F000": "no_database",
    "42501": "not_admitted",
    "25006": "server_read_only",
    "57P01": "server_gone",
    "57P02": "server_gone",
    "57P03": "server_gone",
    "57P05": "server_gone",
}
#: By its first two letters, the class.
_CLASSES = {"08": "server_gone", "28": "not_admitted", "58": "device_failed"}


def meaning(sqlstate: str) -> str | None:
    """The code of the BookError for a SQLSTATE; None: nobody foresaw it, or it is a fault of the program."""
    return _CODES.get(sqlstate) or _CLASSES.get(sqlstate[:2])
