"""Rate limits count by key, forget with time, and say how long to wait."""

import pytest

from gateway import limits
from gateway.limits import RateLimit, TooFast
from gateway.webchat.limits import network_of


class Seconds:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_too_many_are_refused_until_time_has_passed() -> None:
    seconds = Seconds()
    limit = RateLimit(2, 60, seconds)
    limit.count("siti")
    seconds.now = 30
    limit.count("siti")
    with pytest.raises(TooFast) as refused:
        limit.count("siti")
    assert refused.value.retry_after == 31
    limit.count("budi")
    seconds.now = 60
    limit.count("siti")


def test_what_did_not_happen_is_taken_back() -> None:
    limit = RateLimit(1, 60, Seconds())
    limit.take_back("siti")
    for _ in range(3):
        limit.count("siti")
        limit.take_back("siti")
    limit.count("siti")


def test_idle_keys_take_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_KEYS", 10)
    seconds = Seconds()
    limit = RateLimit(2, 60, seconds)
    for number in range(100):
        seconds.now += 10
        limit.count(str(number))
    assert len(limit._times) <= 10


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("", "unknown"),
    ],
)
def test_a_household_counts_as_one_sender(address: str, network: str) -> None:
    assert network_of(address) == network
