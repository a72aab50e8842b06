"""`NewComplaint`: what is known of a complaint when its file is opened."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NewComplaint:
    """`received`: 'YYYY-MM-DD HH:MM', or a day (the time is not known); '' is now. `channel`, `category`: a code or a word.
    `owner`: who settles it, '' is the manager of the book; `against`: whom it is about, '' is not known. `money_fen`, `people`,
    `times`: None is not known. `signs`: codes of `words.SIGNS`. `level`: a code or a word that a person chose, '' for what
    follows. `before`: temperature 1 (calm) to 5. `line`: id of the line of a list that the file is opened on. `again`: id of the
    complaint that it takes up again. `answered`: when somebody answered first, as `received`, '' not yet."""

    content: str = ""
    category: str = ""
    channel: str = "phone"
    received: str = ""
    number: str = ""
    demand: str = ""
    owner: str = ""
    against: str = ""
    money_fen: int | None = None
    people: int | None = None
    times: int | None = None
    signs: tuple[str, ...] = ()
    level: str = ""
    before: int | None = None
    answered: str = ""
    line: int | None = None
    again: int | None = None
