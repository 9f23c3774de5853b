"""The table of statuses: every pair and every role, against the table as people would write it down."""

from itertools import combinations, product

import pytest

from crm.domain.errors import TransitionRefused
from crm.domain.status import (
    CLOSED_STATUSES,
    OPEN_STATUSES,
    TRANSITIONS,
    Given,
    Role,
    Status,
    check_transition,
    is_transferable,
    next_statuses,
)

EVERYTHING = frozenset(Given)

# from > to: who may [what must be given]
EXPECTED = """
Menunggu          > Koordinasi        : kelurahan, biro pemerintahan   [unit]
Menunggu          > Proses            : kelurahan                      []
Menunggu          > Ditolak           : kelurahan, biro pemerintahan   [reason, note]
Menunggu          > Digabung          : kelurahan, biro pemerintahan   [into]
Menunggu          > Dibatalkan        : pelapor                        []
Koordinasi        > Koordinasi        : biro pemerintahan, supervisor  [unit, note]
Koordinasi        > Disposisi         : dinas                          [unit]
Koordinasi        > Proses            : kelurahan, dinas, sudin        []
Koordinasi        > Ditolak           : biro pemerintahan              [reason, note]
Koordinasi        > Digabung          : kelurahan, dinas, sudin, biro pemerintahan  [into]
Koordinasi        > Dibatalkan        : pelapor                        []
Disposisi         > Koordinasi        : biro pemerintahan, supervisor  [unit, note]
Disposisi         > Disposisi         : dinas                          [unit]
Disposisi         > Proses            : kelurahan, dinas, sudin        []
Disposisi         > Ditolak           : biro pemerintahan              [reason, note]
Disposisi         > Digabung          : kelurahan, dinas, sudin, biro pemerintahan  [into]
Disposisi         > Dibatalkan        : pelapor                        []
Proses            > Koordinasi        : biro pemerintahan, supervisor  [unit, note]
Proses            > Menunggu Validasi : kelurahan, dinas, sudin        [note, proof]
Proses            > Ditolak           : biro pemerintahan              [reason, note]
Proses            > Digabung          : kelurahan, dinas, sudin, biro pemerintahan  [into]
Proses            > Dibatalkan        : pelapor                        []
Menunggu Validasi > Selesai           : biro pemerintahan              []
Menunggu Validasi > TL Ditolak        : biro pemerintahan              [note]
Menunggu Validasi > Dibatalkan        : pelapor                        []
TL Ditolak        > Koordinasi        : biro pemerintahan, supervisor  [unit, note]
TL Ditolak        > Proses            : kelurahan, dinas, sudin        []
TL Ditolak        > Dibatalkan        : pelapor                        []
Selesai           > TL Ditolak        : pelapor                        [note]
Digabung          > Koordinasi        : sistem                         [unit]
"""


def _read(table: str) -> dict[tuple[Status, Status], tuple[set[Role], set[Given]]]:
    expected = {}
    for line in table.strip().splitlines():
        pair, _, rest = line.partition(":")
        before, _, after = pair.partition(">")
        roles, _, given = rest.partition("[")
        expected[Status(before.strip()), Status(after.strip())] = (
            {Role(name.strip()) for name in roles.split(",")},
            {Given[name.strip().upper()] for name in given.rstrip("]").split(",") if name.strip()},
        )
    return expected


ALLOWED = _read(EXPECTED)


@pytest.mark.parametrize(("before", "after", "role"), list(product(Status, Status, Role)))
def test_a_change_passes_for_the_roles_written_down_and_for_nobody_else(
    before: Status, after: Status, role: Role
) -> None:
    roles, _ = ALLOWED.get((before, after), (set(), set()))
    if role in roles:
        check_transition(before, after, role=role, given=EVERYTHING)
        assert after in next_statuses(before, role)
    else:
        with pytest.raises(TransitionRefused):
            check_transition(before, after, role=role, given=EVERYTHING)
        assert after not in next_statuses(before, role)


@pytest.mark.parametrize("pair", list(ALLOWED), ids=" > ".join)
def test_a_change_passes_with_exactly_what_is_written_down(pair: tuple[Status, Status]) -> None:
    roles, required = ALLOWED[pair]
    for role in roles:
        check_transition(*pair, role=role, given=frozenset(required))
        for size in range(len(required)):
            for given in combinations(sorted(required), size):
                with pytest.raises(TransitionRefused, match="masih perlu"):
                    check_transition(*pair, role=role, given=frozenset(given))


def test_what_is_open_can_be_withdrawn_and_only_selesai_and_digabung_come_back() -> None:
    assert CLOSED_STATUSES == {Status.SELESAI, Status.DITOLAK, Status.DIGABUNG, Status.DIBATALKAN}
    assert set(Status) - OPEN_STATUSES == CLOSED_STATUSES
    for status in OPEN_STATUSES:
        assert status.is_open
        assert next_statuses(status, Role.PELAPOR) == (Status.DIBATALKAN,)
    assert {status for status in CLOSED_STATUSES if next_statuses(status)} == {
        Status.SELESAI,
        Status.DIGABUNG,
    }


def test_every_status_can_be_reached() -> None:
    reached, new = {Status.MENUNGGU}, {Status.MENUNGGU}
    while new:
        new = {after for status in new for after in next_statuses(status)} - reached
        reached |= new
    assert reached == set(Status)


def test_the_unit_that_worked_never_accepts_its_own_work() -> None:
    [accept] = [transition for pair, transition in TRANSITIONS.items() if pair[1] is Status.SELESAI]
    assert not accept.roles & {Role.KELURAHAN, Role.DINAS, Role.SUDIN, Role.SISTEM, Role.PELAPOR}


def test_what_is_handed_on_and_not_done_can_be_transferred() -> None:
    assert {status for status in Status if is_transferable(status)} == {
        Status.KOORDINASI,
        Status.DISPOSISI,
        Status.PROSES,
        Status.TL_DITOLAK,
    }
