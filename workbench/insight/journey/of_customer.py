"""The stage of one customer as it stands now."""

from sqlalchemy import Connection

from workbench.base.workdays import workdays_of
from workbench.insight.journey.stages import JourneyStage, stage
from workbench.insight.stages.stays import StageRecord, moved_by_hand
from workbench.insight.tags.engine import Engine
from workbench.rules.parameters import Rules


def stage_of(conn: Connection, customer_id: int, engine: Engine, rules: Rules) -> JourneyStage:
    """The stage of a customer (id) by the newest data, seen today."""
    picture = engine.of_customer(conn, customer_id)
    moved = moved_by_hand(conn, [customer_id], picture.day).get(customer_id)
    record, workdays = StageRecord(picture.stays, moved), workdays_of(conn)
    return stage(
        picture.values, rules, day=picture.day, as_of=picture.as_of, workdays=workdays, record=record
    )
