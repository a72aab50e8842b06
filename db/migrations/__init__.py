"""Schema changes, by Alembic; the only place that imports it."""

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine


def config() -> Config:
    """Alembic's configuration, pointing at this folder."""
    made = Config()
    made.set_main_option("script_location", str(Path(__file__).parent).replace("%", "%%"))
    return made


def upgrade(
    engine: Engine, revision: str = "head", then: Callable[[Connection], object] = lambda _conn: None
) -> None:
    """Bring the schema up to `revision`, and what follows from it, in one transaction."""
    with engine.connect() as conn:
        writing = conn.execution_options(writes=True)
        with writing.begin():
            made = config()
            made.attributes["connection"] = writing
            command.upgrade(made, revision)
            then(writing)


def stamp(conn: Connection) -> None:
    """Mark tables that were made as they are declared, without migrations, as of the newest revision."""
    MigrationContext.configure(conn).stamp(ScriptDirectory.from_config(config()), "head")
