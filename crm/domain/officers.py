"""Officers: who they are, which reports are theirs to see, and which they hold.

The same rule stands in every query (``crm.store.scope``); a test compares both. Rights of single changes are
in the table of ``crm.domain.status``. Used by all services an officer calls.
"""

from dataclasses import dataclass

from crm.domain.complaint import Complaint
from crm.domain.status import DECIDERS, Role, Status

OFFICER_ROLES = frozenset(Role) - {Role.PELAPOR, Role.SISTEM}
UNIT_ROLES = frozenset({Role.KELURAHAN, Role.DINAS, Role.SUDIN})
KELURAHAN_UNIT = "kelurahan"
BIRO_UNIT = "biro_pemerintahan"


@dataclass(frozen=True)
class Scope:
    """Which reports somebody sees: all, those of an area, or those a unit holds or held.

    A unit with an area sees what lies in it, and its reports whose kelurahan nobody knows.
    """

    everything: bool = False
    unit: str | None = None
    area: str | None = None


@dataclass(frozen=True)
class NewOfficer:
    """An account to be made: ``unit`` for units, ``area`` for whoever works in one only."""

    username: str
    name: str
    role: Role
    unit: str | None = None
    area: str | None = None


@dataclass(frozen=True)
class Officer:
    """Who is signed in. ``area`` is the beginning of a kelurahan code; ``has_totp``: a second factor is set up."""

    officer_id: int
    username: str
    name: str
    role: Role
    unit: str | None = None
    area: str | None = None
    active: bool = True
    has_totp: bool = False

    @property
    def scope(self) -> Scope | None:
        """Which reports are theirs to see; None: none at all."""
        if self.role in DECIDERS:
            return Scope(everything=True)
        if self.role is Role.KELURAHAN and self.area:
            return Scope(area=self.area)
        if self.role in (Role.DINAS, Role.SUDIN) and self.unit:
            return Scope(unit=self.unit, area=self.area)
        return None

    def sees(self, complaint: Complaint) -> bool:
        """Tell whether a report is theirs to see."""
        scope = self.scope
        if scope is None or scope.everything:
            return scope is not None
        code = complaint.location.kelurahan_code
        if scope.unit is None:
            return code is not None and code.startswith(scope.area or "")
        held = {complaint.unit, *(change.unit for change in complaint.history)}
        return scope.unit in held and (scope.area is None or code is None or code.startswith(scope.area))

    def holds(self, complaint: Complaint, to: Status | None = None) -> bool:
        """Tell whether it is theirs to work on; with ``to``, to make this change.

        A kelurahan holds every new report of its area, a unit what it was given. A dinas may instruct again
        the suku dinas it instructed. Biro Pemerintahan acts on all; a supervisor makes the changes the table
        has for one, and nothing else.
        """
        if self.role in DECIDERS:
            return self.role is Role.BIRO_PEMERINTAHAN or to is not None
        if self.role is Role.KELURAHAN and complaint.status is Status.MENUNGGU:
            return True
        if to is Status.DISPOSISI and complaint.status is Status.DISPOSISI:
            return self.unit == _instructing(complaint)
        return self.unit == complaint.unit


def _instructing(complaint: Complaint) -> str | None:
    """Return the unit that had the report when it was last coordinated: its dinas."""
    held = (change.unit for change in reversed(complaint.history) if change.status is Status.KOORDINASI)
    return next(held, None)
