"""The life of a report: its statuses, and the one table of how they may change.

Statuses and their order follow Jakarta's CRM as citizens know it from JAKI. Enforced by
``crm.services.changes`` and nowhere else; consoles read the table to tell what is possible.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from crm.domain.errors import TransitionRefused


class Status(StrEnum):
    """Where a report stands; the values are the words citizens and officers read."""

    MENUNGGU = "Menunggu"
    KOORDINASI = "Koordinasi"
    DISPOSISI = "Disposisi"
    PROSES = "Proses"
    MENUNGGU_VALIDASI = "Menunggu Validasi"
    TL_DITOLAK = "TL Ditolak"
    SELESAI = "Selesai"
    DITOLAK = "Ditolak"
    DIGABUNG = "Digabung"
    DIBATALKAN = "Dibatalkan"

    @property
    def label(self) -> str:
        """The word people read."""
        return self.value

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self in OPEN_STATUSES


class Role(StrEnum):
    """In what capacity somebody acts; which of them officers have: ``crm.domain.officers``."""

    PELAPOR = "pelapor"
    KELURAHAN = "kelurahan"
    DINAS = "dinas"
    SUDIN = "sudin"
    BIRO_PEMERINTAHAN = "biro pemerintahan"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"
    SISTEM = "sistem"


class Given(StrEnum):
    """What must be given with a change; the values name it in the officer's language."""

    NOTE = "catatan"
    UNIT = "unit"
    PROOF = "foto bukti atau alasan mengapa tidak ada foto"
    REASON = "alasan penolakan"
    INTO = "nomor laporan tujuan"


@dataclass(frozen=True)
class Transition:
    """Who may make a change, and what must be given with it."""

    roles: frozenset[Role]
    required: frozenset[Given] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Step:
    """A change that is possible now, with what must be given."""

    to: Status
    required: frozenset[Given]


_KELURAHAN = frozenset({Role.KELURAHAN})
_FIRST = frozenset({Role.KELURAHAN, Role.BIRO_PEMERINTAHAN})
_BIRO = frozenset({Role.BIRO_PEMERINTAHAN})
_UNITS = frozenset({Role.KELURAHAN, Role.DINAS, Role.SUDIN})
_PELAPOR = frozenset({Role.PELAPOR})

# Those who decide about transfers (pemindahan).
DECIDERS = frozenset({Role.BIRO_PEMERINTAHAN, Role.SUPERVISOR})

_HAND_ON = Transition(_FIRST, frozenset({Given.UNIT}))
# Pemindahan: asked for by the holder, approved by one who decides, always with the reason.
_TRANSFER = Transition(DECIDERS, frozenset({Given.UNIT, Given.NOTE}))
_INSTRUCT = Transition(frozenset({Role.DINAS}), frozenset({Given.UNIT}))
_WORK = Transition(_UNITS)
_DECLARE_DONE = Transition(_UNITS, frozenset({Given.NOTE, Given.PROOF}))
_ACCEPT = Transition(_BIRO)
_SEND_BACK = Transition(_BIRO, frozenset({Given.NOTE}))
_REFUSE = Transition(_FIRST, frozenset({Given.REASON, Given.NOTE}))
_REFUSE_LATER = Transition(_BIRO, frozenset({Given.REASON, Given.NOTE}))
_MERGE = Transition(_FIRST, frozenset({Given.INTO}))
_MERGE_LATER = Transition(_UNITS | _BIRO, frozenset({Given.INTO}))
_WITHDRAW = Transition(_PELAPOR)
# "Belum beres": the reporter says that it is not done.
_REOPEN = Transition(_PELAPOR, frozenset({Given.NOTE}))
# The report it was merged into was withdrawn: the problem may still be there.
_TAKE_UP_AGAIN = Transition(frozenset({Role.SISTEM}), frozenset({Given.UNIT}))

TRANSITIONS: Mapping[tuple[Status, Status], Transition] = {
    (Status.MENUNGGU, Status.KOORDINASI): _HAND_ON,
    (Status.MENUNGGU, Status.PROSES): Transition(_KELURAHAN),
    (Status.MENUNGGU, Status.DITOLAK): _REFUSE,
    (Status.MENUNGGU, Status.DIGABUNG): _MERGE,
    (Status.MENUNGGU, Status.DIBATALKAN): _WITHDRAW,
    (Status.KOORDINASI, Status.KOORDINASI): _TRANSFER,
    (Status.KOORDINASI, Status.DISPOSISI): _INSTRUCT,
    (Status.KOORDINASI, Status.PROSES): _WORK,
    (Status.KOORDINASI, Status.DITOLAK): _REFUSE_LATER,
    (Status.KOORDINASI, Status.DIGABUNG): _MERGE_LATER,
    (Status.KOORDINASI, Status.DIBATALKAN): _WITHDRAW,
    (Status.DISPOSISI, Status.KOORDINASI): _TRANSFER,
    (Status.DISPOSISI, Status.DISPOSISI): _INSTRUCT,
    (Status.DISPOSISI, Status.PROSES): _WORK,
    (Status.DISPOSISI, Status.DITOLAK): _REFUSE_LATER,
    (Status.DISPOSISI, Status.DIGABUNG): _MERGE_LATER,
    (Status.DISPOSISI, Status.DIBATALKAN): _WITHDRAW,
    (Status.PROSES, Status.KOORDINASI): _TRANSFER,
    (Status.PROSES, Status.MENUNGGU_VALIDASI): _DECLARE_DONE,
    (Status.PROSES, Status.DITOLAK): _REFUSE_LATER,
    (Status.PROSES, Status.DIGABUNG): _MERGE_LATER,
    (Status.PROSES, Status.DIBATALKAN): _WITHDRAW,
    (Status.MENUNGGU_VALIDASI, Status.SELESAI): _ACCEPT,
    (Status.MENUNGGU_VALIDASI, Status.TL_DITOLAK): _SEND_BACK,
    (Status.MENUNGGU_VALIDASI, Status.DIBATALKAN): _WITHDRAW,
    (Status.TL_DITOLAK, Status.KOORDINASI): _TRANSFER,
    (Status.TL_DITOLAK, Status.PROSES): _WORK,
    (Status.TL_DITOLAK, Status.DIBATALKAN): _WITHDRAW,
    (Status.SELESAI, Status.TL_DITOLAK): _REOPEN,
    (Status.DIGABUNG, Status.KOORDINASI): _TAKE_UP_AGAIN,
}

# Nothing is left to do for the city; of these, Selesai alone can come back by the reporter's word.
CLOSED_STATUSES = frozenset({Status.SELESAI, Status.DITOLAK, Status.DIGABUNG, Status.DIBATALKAN})
OPEN_STATUSES = frozenset(Status) - CLOSED_STATUSES


def next_statuses(status: Status, role: Role | None = None) -> tuple[Status, ...]:
    """Return what may follow ``status``, in the table's order; with a role, what it may do."""
    return tuple(
        after
        for (before, after), transition in TRANSITIONS.items()
        if before is status and (role is None or role in transition.roles)
    )


def is_transferable(status: Status) -> bool:
    """Tell whether a report can pass to another unit by request."""
    return Status.KOORDINASI in next_statuses(status, Role.SUPERVISOR)


def check_transition(before: Status, after: Status, *, role: Role, given: frozenset[Given]) -> None:
    """Let a change pass if the table has it for this role with all that must be given.

    Raises:
        TransitionRefused: the table does not have it; the message says what is possible or missing.
    """
    transition = TRANSITIONS.get((before, after))
    if transition is None:
        possible = ", ".join(next_statuses(before)) or "tidak ada lagi"
        raise TransitionRefused(f"Dari {before} tidak bisa ke {after}. Yang mungkin: {possible}.")
    if role not in transition.roles:
        who = ", ".join(sorted(transition.roles))
        raise TransitionRefused(f"Dari {before} ke {after} hanya bisa diubah oleh: {who}.")
    if missing := transition.required - given:
        raise TransitionRefused(f"Untuk {after} masih perlu: {', '.join(sorted(missing))}.")
