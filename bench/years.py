"""Ten years with 20,000 residents, a forgetful office and faults

The real use cases on stores in memory that pass the tests of the table (`make full` does a year on the engine), held
against a model of the promises that shares no code with them (`tests/years`). The seed is fixed; a promise that is
broken stops the bench.
"""

from bench.figures import Count
from tests.store.stores import fake_store
from tests.years.life import Life

SEED, RESIDENTS, YEARS = 1, 20_000, 10
FAULTS = {
    "busy": "calls that the store was too busy for",
    "silent": "calls that were done and never answered",
    "dies before": "processes that died before a call",
    "dies after": "processes that died after a call",
}


def figures() -> list[Count]:
    report = Life(SEED, RESIDENTS, fake_store(), years=YEARS).run()
    assert not report.broken, report.broken
    counted = {
        "years": YEARS,
        "residents who came": RESIDENTS,
        **report.counts,
        **{FAULTS.get(what, what): number for what, number in report.faults.items()},
        "promises broken": len(report.broken),
    }
    return [Count(what, number) for what, number in counted.items()]
