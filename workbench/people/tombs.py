"""How the values are written that a deleted person is marked by (see `db.tombstones`)."""


def bare(number: str) -> str:
    """A customer number without leading zeros, which lists add and lose."""
    return number.strip().lstrip("0") or "0"


def name_phone(name: str, phone: str) -> str:
    """Name and telephone together."""
    return f"{name}\x1f{phone}"
