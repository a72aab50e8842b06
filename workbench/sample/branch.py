"""The sample branch as a whole: customers cast and lived through, workbooks and truth written."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random

from workbench.base.errors import WorkbenchError
from workbench.base.i18n import _
from workbench.sample.contacts import contacts, only_logged, write_contacts
from workbench.sample.fitness import fits
from workbench.sample.lists import write_lists
from workbench.sample.lives import CustomerMonth, live, story_purchase, unpaid
from workbench.sample.market import Market
from workbench.sample.material import material, whole
from workbench.sample.months import Month, index_of, months_until
from workbench.sample.past import cast_past, past_path
from workbench.sample.people import SamplePerson, customer_numbers, make_person
from workbench.sample.planned import PastRow, past_rows
from workbench.sample.referrals import write_referrals
from workbench.sample.register import ObservationCard, SampleService, Tie, cards, families, services
from workbench.sample.stories import (
    AssetPath,
    cast_stories,
    dormant_path,
    newcomer_path,
    ordinary_path,
    story_path,
)
from workbench.sample.trade import set_up
from workbench.sample.truth import write_truth
from workbench.sample.workbooks import write_month

TRIES = 2000
FEWEST_CUSTOMERS, MOST_CUSTOMERS = 100, 5000
FEWEST_MONTHS, MOST_MONTHS = 6, 26


@dataclass(frozen=True, slots=True)
class SampleBranch:
    """What was written: the workbooks in the order of import, the truth file, the data date of the newest."""

    folder: Path
    files: tuple[Path, ...]
    truth: Path
    last_date: dt.date
    #: lists beside the workbooks (transactions and pay of the newest months, complaints, contacts, referrals), to be imported
    #: after them
    lists: tuple[Path, ...] = ()
    #: what no list tells, to be registered by hand: families and companies, what was observed, services
    ties: tuple[Tie, ...] = ()
    cards: tuple[ObservationCard, ...] = ()
    services: tuple[SampleService, ...] = ()
    #: the plans of weeks gone by
    planned: tuple[PastRow, ...] = ()


def make_branch(
    folder: Path,
    customers: int = 1000,
    months: int = 14,
    seed: int = 531,
    last_month: str = "2026-10",
    progress: Callable[[int, int], None] | None = None,
) -> SampleBranch:
    """Write `months` monthly workbooks for `customers` customers, and the truth about their stories.

    The same arguments give the same cells. `progress(done, total)` is called after each workbook.
    Raises WorkbenchError for a size outside 100-5,000 customers or 6-26 months, and for a folder that
    cannot be written.
    """
    if not FEWEST_CUSTOMERS <= customers <= MOST_CUSTOMERS or not FEWEST_MONTHS <= months <= MOST_MONTHS:
        raise WorkbenchError(
            "sample_size",
            _("示例支行只能有{few}到{many}名客户、{short}到{long}个月。").format(
                few=FEWEST_CUSTOMERS, many=MOST_CUSTOMERS, short=FEWEST_MONTHS, long=MOST_MONTHS
            ),
            _("请改用这个范围内的数字。"),
            customers=customers,
            months=months,
        )
    calendar = months_until(last_month, months)
    rng = Random(f"{seed}:branch")
    market = Market(rng, calendar)
    stories = cast_stories(rng, customers)
    numbers = customer_numbers(rng, customers)
    joined, left = _movers(rng, customers, set(stories))
    past = cast_past(Random(f"{seed}:past"), customers, joined | left | set(stories), months)
    lives: list[list[CustomerMonth | None]] = []
    for place, number in enumerate(numbers):
        own = Random(f"{seed}:{number}")
        lives.append(
            _life(
                own,
                seed,
                number,
                stories.get(place),
                place in joined,
                place in left,
                past.get(place, ""),
                calendar,
                market,
            )
        )
    logged = contacts(seed, calendar, lives)
    only_logged(calendar, lives, logged)
    ties = families(Random(f"{seed}:families"), lives, stories)
    named: dict[str, list[str]] = {name: [] for name in material("stories")}
    for place in sorted(stories):
        named[stories[place]].append(f"{numbers[place]:010d}")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        files = []
        for index in range(len(calendar)):
            files.append(write_month(folder, seed, calendar, index, lives))
            if progress is not None:
                progress(index + 1, len(calendar))
        quiet = joined | left | set(stories) | set(past)
        lists = (
            *write_lists(folder, seed, calendar, lives),
            write_contacts(folder, calendar, logged),
            write_referrals(folder, seed, calendar, lives, quiet),
        )
        truth = write_truth(
            folder,
            seed=seed,
            customers=customers,
            months=months,
            last_month=last_month,
            stories=named,
            joined=[f"{numbers[place]:010d}" for place in sorted(joined)],
            left=[f"{numbers[place]:010d}" for place in sorted(left)],
            past={
                kind: [f"{numbers[place]:010d}" for place in sorted(past) if past[place] == kind]
                for kind in sorted(set(past.values()))
            },
        )
    except OSError as error:
        raise WorkbenchError(
            "sample_folder",
            _("文件夹 {folder} 写不进去。").format(folder=folder),
            _("请换一个可以写入、空间足够的文件夹。"),
            reason=type(error).__name__,
        ) from error
    return SampleBranch(
        folder,
        tuple(files),
        truth,
        calendar[-1].last,
        lists,
        ties=ties,
        cards=cards(lives, logged),
        services=services(Random(f"{seed}:services"), lives, logged),
        planned=past_rows(logged, last_month),
    )


def _movers(rng: Random, customers: int, taken: set[int]) -> tuple[set[int], set[int]]:
    """Places of ordinary customers who appear later, and of those who vanish."""
    moves = material("branch")["moves"]
    free = [place for place in range(customers) if place not in taken]
    joined = rng.sample(free, round(moves["joined_share"] * customers))
    left = rng.sample([p for p in free if p not in joined], round(moves["left_share"] * customers))
    return set(joined), set(left)


def _life(
    rng: Random,
    seed: int,
    number: int,
    story: str | None,
    joins: bool,
    leaves: bool,
    past: str,
    months: tuple[Month, ...],
    market: Market,
) -> list[CustomerMonth | None]:
    person = make_person(rng, number, story, months[0].first, months[-1].last)
    dormant = (
        story is None
        and not (joins or leaves or past)
        and rng.random() < material("branch")["dormant"]["share"]
    )
    # drawn apart, so that a trade changes nothing in the life besides it
    own = Random(f"{seed}:{number}:trade")
    person, trade = set_up(own, person, months[-1].last, asleep=dormant)
    for _attempt in range(TRIES):
        owner, path = _path(rng, person, story, joins, leaves, dormant, past, months)
        purchase = story_purchase(rng, story, owner, months)
        life = live(rng, owner, story, path, months, market, purchase)
        if fits(story, life, months):
            for index, month in enumerate(life):
                if month is not None:
                    month.row.update(trade.facts(month.row, index))
            return life
    raise WorkbenchError(
        "sample_story",
        _("示例支行的参数互相矛盾，无法生成“{story}”。").format(story=story or "-"),
        _("请恢复 resources/sample 里的原始参数。"),
    )


def _path(
    rng: Random,
    person: SamplePerson,
    story: str | None,
    joins: bool,
    leaves: bool,
    dormant: bool,
    past: str,
    months: tuple[Month, ...],
) -> tuple[SamplePerson, AssetPath]:
    last = months[-1].last
    if story == "growing_newcomer":
        opened = last - dt.timedelta(days=whole(rng, material("stories")[story]["opened_days"]))
        return unpaid(person, opened), newcomer_path(rng, months, opened)
    if story is not None:
        return person, story_path(rng, story, months)
    if dormant:
        return unpaid(person, person.opened), dormant_path(rng, months)
    if past:
        return person, past_path(rng, past, months)
    path = ordinary_path(rng, months)
    if leaves:
        return person, path.leaves(whole(rng, (len(months) // 2, len(months) - 2)))
    latest = (
        index_of(months, last - dt.timedelta(days=material("branch")["moves"]["joined_before_days"])) or 0
    )
    if joins and latest > 1:
        index = whole(rng, (1, latest - 1))
        opened = months[index].first + dt.timedelta(days=path.flow_days[index] - 1)
        return unpaid(person, opened), path.joins(index)
    return person, path
