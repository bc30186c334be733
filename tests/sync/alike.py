"""Whether two ways take the same time, within a generous bound and as certain as a clock can be."""

import statistics
import time

ROUNDS = 8


def alike(measure, low, high, name=""):
    """Check that the medians of two ways are alike; ``measure`` returns the times of both, taken in turns.

    A busy machine may push a round out of the bound: another one is taken, and the times of all rounds count together. So what
    differs by its work stays out of the bound, however many rounds there are.
    """
    taken, ratios = ([], []), []
    for _ in range(ROUNDS):
        for all_, times in zip(taken, measure(), strict=True):
            all_ += times
        one, other = (statistics.median(times) for times in taken)
        ratios.append(round(one / other, 3))
        if low < ratios[-1] < high:
            print(name, ratios)
            return
    raise AssertionError((name, "told apart by the time they take", ratios))


def timed(times, call, *given):
    """Call, add how long it took to ``times``, return the answer."""
    began = time.perf_counter()
    answer = call(*given)
    times.append(time.perf_counter() - began)
    return answer
