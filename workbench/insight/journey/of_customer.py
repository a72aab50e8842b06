"""The stage of one customer as he stands: kept, moved by hand, with the tasks that were ticked."""

from sqlalchemy import Connection

from workbench.base.workdays import Workdays, workdays_of
from workbench.insight.journey.marked import shown_done, ticked
from workbench.insight.journey.stages import JourneyStage, stage
from workbench.insight.stages.stays import StageRecord, moved_by_hand
from workbench.insight.tags.engine import Engine
from workbench.insight.tags.picture import Picture
from workbench.rules.parameters import Rules


def stage_of(conn: Connection, customer_id: int, engine: Engine, rules: Rules) -> JourneyStage:
    """The stage of a customer (id) by the newest data, seen today, without what was ticked."""
    return _stage(conn, customer_id, engine.of_customer(conn, customer_id), rules, workdays_of(conn))


def stage_by(
    conn: Connection, customer_id: int, picture: Picture, rules: Rules, workdays: Workdays
) -> JourneyStage:
    """The stage of a customer (id) as a picture shows him, with what was ticked until its day."""
    marks = shown_done(conn, [customer_id], picture.day).get(customer_id, ())
    return ticked(_stage(conn, customer_id, picture, rules, workdays), marks)


def _stage(
    conn: Connection, customer_id: int, picture: Picture, rules: Rules, workdays: Workdays
) -> JourneyStage:
    moved = moved_by_hand(conn, [customer_id], picture.day).get(customer_id)
    return stage(
        picture.values, rules, day=picture.day, as_of=picture.as_of, workdays=workdays,
        record=StageRecord(picture.stays, moved),
    )  # fmt: skip
