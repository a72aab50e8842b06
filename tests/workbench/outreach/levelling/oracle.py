"""The linear optimum of what could be placed: a bound that no plan can beat. Needs `highspy`, which the product does not."""

import highspy
import numpy as np

from workbench.outreach.levelling.placement import BARRED, LEFT_OUT, DayRoom, Placement


def optimum(placed: Placement, room: DayRoom) -> float:
    """The most seconds that can be placed of the touches of a placement, those that were merged or had no room among them, each
    within its span, whole or in parts: within the capacity of each day and with one capped touch a customer and week. The caps of
    several days are left out, and the cadence touches are those that the placement made."""
    rows = np.flatnonzero(~np.isin(placed.state, [BARRED, LEFT_OUT]))
    a = np.searchsorted(room.days, placed.first[rows])
    b = np.searchsorted(room.days, placed.last[rows], "right")
    lengths = np.maximum(b - a, 0)
    touch = np.repeat(np.arange(len(rows)), lengths)
    day = np.arange(lengths.sum()) - np.repeat(np.cumsum(lengths) - lengths, lengths) + np.repeat(a, lengths)
    seconds = placed.seconds[rows][touch].astype(float)
    capped = placed.capped[rows][touch]
    week = (placed.customer[rows][touch] << 20) | ((room.days[day] - 1) // 7)
    _, of_week = np.unique(week[capped], return_inverse=True)
    weeks = int(of_week.max(initial=-1)) + 1
    count, touches = len(touch), len(rows)
    minutes = np.flatnonzero(seconds % 60 == 0)
    # one row a touch, one a day, one a customer and week, one more a day
    entries = [
        (touch, np.arange(count), np.ones(count)),
        (touches + day, np.arange(count), seconds),
        (touches + len(room.days) + of_week, np.flatnonzero(capped), np.ones(int(capped.sum()))),
        (touches + len(room.days) + weeks + day[minutes], minutes, seconds[minutes]),
    ]
    at, column, value = (np.concatenate(part) for part in zip(*entries, strict=True))
    order = np.lexsort((at, column))
    program = highspy.HighsLp()
    program.num_col_, program.num_row_ = count, touches + 2 * len(room.days) + weeks
    program.sense_ = highspy.ObjSense.kMaximize
    program.col_cost_ = seconds
    program.col_lower_, program.col_upper_ = np.zeros(count), np.ones(count)
    program.row_lower_ = np.full(program.num_row_, -highspy.kHighsInf)
    program.row_upper_ = np.concatenate([
        np.ones(touches), room.seconds.astype(float), np.ones(weeks), room.seconds // 60 * 60.0,
    ])  # fmt: skip
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = np.concatenate([[0], np.cumsum(np.bincount(column, minlength=count))])
    program.a_matrix_.index_, program.a_matrix_.value_ = at[order], value[order]
    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.passModel(program)
    solver.run()
    assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
    return float(solver.getInfo().objective_function_value)
