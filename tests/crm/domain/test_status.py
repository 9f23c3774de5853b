"""The table of statuses: every pair, every role, every requirement, from the table itself."""

from itertools import combinations, product

import pytest

from crm.domain.errors import TransitionRefused
from crm.domain.status import OPEN_STATUSES, TRANSITIONS, Given, Role, Status, check_transition, next_statuses

EVERYTHING = frozenset(Given)


@pytest.mark.parametrize(("before", "after"), list(product(Status, Status)))
@pytest.mark.parametrize("role", list(Role))
def test_a_change_passes_for_the_roles_of_the_table_and_for_nobody_else(
    before: Status, after: Status, role: Role
) -> None:
    transition = TRANSITIONS.get((before, after))
    if transition and role in transition.roles:
        check_transition(before, after, role=role, given=EVERYTHING)
    else:
        with pytest.raises(TransitionRefused):
            check_transition(before, after, role=role, given=EVERYTHING)


@pytest.mark.parametrize("pair", [pair for pair, transition in TRANSITIONS.items() if transition.required])
def test_a_change_is_refused_while_anything_required_is_missing(pair: tuple[Status, Status]) -> None:
    transition = TRANSITIONS[pair]
    role = min(transition.roles)
    for size in range(len(transition.required)):
        for given in combinations(sorted(transition.required), size):
            with pytest.raises(TransitionRefused, match="masih perlu"):
                check_transition(*pair, role=role, given=frozenset(given))


def test_closed_is_closed_and_everything_open_can_be_withdrawn_and_can_end() -> None:
    closed = {Status.SELESAI, Status.DITOLAK, Status.DIGABUNG, Status.DIBATALKAN}
    assert set(Status) - OPEN_STATUSES == closed
    for status in OPEN_STATUSES:
        assert status.is_open
        assert Status.DIBATALKAN in next_statuses(status)


def test_every_status_can_be_reached() -> None:
    reached, new = {Status.MENUNGGU}, {Status.MENUNGGU}
    while new:
        new = {after for status in new for after in next_statuses(status)} - reached
        reached |= new
    assert reached == set(Status)


def test_only_biro_pemerintahan_accepts_follow_up() -> None:
    assert TRANSITIONS[Status.MENUNGGU_VALIDASI, Status.SELESAI].roles == {Role.BIRO_PEMERINTAHAN}
    assert [pair for pair in TRANSITIONS if pair[1] is Status.SELESAI] == [
        (Status.MENUNGGU_VALIDASI, Status.SELESAI)
    ]
