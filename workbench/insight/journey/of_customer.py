"""The stage of one customer as it stands now."""

from sqlalchemy import Connection

from workbench.base.workdays import workdays_of
from workbench.insight.journey.stages import JourneyStage, stage
from workbench.insight.tags.engine import Engine
from workbench.rules.parameters import Rules


def stage_of(conn: Connection, customer_id: int, engine: Engine, rules: Rules) -> JourneyStage:
    """The stage of a customer (id) by the newest data, seen today."""
    picture = engine.of_customer(conn, customer_id)
    return stage(picture.values, rules, day=picture.day, as_of=picture.as_of, workdays=workdays_of(conn))
