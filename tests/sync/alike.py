"""Whether two ways take the same time, within a generous bound and as certain as a clock can be."""

import statistics
import time

ROUNDS = 8


def alike(measure, low, high, name=""):
    """Check that the medians of two ways are alike in one of some rounds; ``measure`` returns the times of both.

    What differs by its work differs in every round. A busy machine pushes a round out of the bound now and then,
    eight rounds one after the other it does not.
    """
    ratios = []
    for _ in range(ROUNDS):
        one, other = (statistics.median(times) for times in measure())
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
