"""Token buckets under a clock that stands still until it is moved."""

from gateway.capabilities import Rate
from gateway.delivery.limits import Limits
from tests.gateway.conftest import Clock

SLOW = Rate(per_second=0.5, burst=2)
FAST = Rate(per_second=100, burst=100)


def allowed(limits: Limits, conversation: str, tries: int) -> int:
    return sum(limits.allow(conversation) for _ in range(tries))


def test_a_burst_and_then_as_many_as_time_gives(clock: Clock) -> None:
    limits = Limits(FAST, SLOW, clock)
    assert allowed(limits, "siti", 5) == 2
    clock.move(seconds=1)
    assert allowed(limits, "siti", 5) == 0
    clock.move(seconds=1)
    assert allowed(limits, "siti", 5) == 1
    clock.move(hours=1)
    assert allowed(limits, "siti", 5) == 2


def test_what_one_conversation_may_not_costs_the_others_nothing(clock: Clock) -> None:
    limits = Limits(Rate(per_second=1, burst=3), SLOW, clock)
    assert allowed(limits, "siti", 10) == 2
    assert allowed(limits, "budi", 10) == 1
    assert allowed(limits, "wati", 10) == 0
    clock.move(seconds=1)
    assert allowed(limits, "wati", 10) == 1


def test_a_pause_holds_one_conversation(clock: Clock) -> None:
    limits = Limits(FAST, FAST, clock)
    limits.pause("siti", 10)
    clock.move(seconds=9)
    assert (limits.allow("siti"), limits.allow("budi")) == (False, True)
    clock.move(seconds=1)
    assert limits.allow("siti")


def test_a_clock_set_back_gives_and_takes_nothing(clock: Clock) -> None:
    limits = Limits(FAST, SLOW, clock)
    assert allowed(limits, "siti", 1) == 1
    clock.move(hours=-1)
    assert allowed(limits, "siti", 5) == 1


def test_conversations_at_rest_are_forgotten_and_busy_ones_are_not(clock: Clock) -> None:
    limits = Limits(Rate(per_second=1e9, burst=10**9), SLOW, clock)
    for number in range(10_001):
        limits.allow(str(number))
    clock.move(seconds=60)
    assert allowed(limits, "siti", 5) == 2
    assert not limits.allow("siti")
