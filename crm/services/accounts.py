"""Officers' accounts: made, stopped and reset by administrators; password and second factor by their owners.

Called by ``crm.bootstrap.Crm`` for the console and the command line, where whoever has the server acts
without an account: so is the first administrator made.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from crm.domain.errors import NotAllowed, OfficerRefused, SignInRefused
from crm.domain.officers import BIRO_UNIT, KELURAHAN_UNIT, OFFICER_ROLES, NewOfficer, Officer
from crm.domain.reference import Reference
from crm.domain.status import Role
from crm.domain.times import Clock
from crm.domain.totp import matching_step, new_totp_secret, totp_uri
from crm.services.ports import Credentials, SecretHasher, Store, UnitOfWork

SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 200
_USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{2,39}")
_FIXED_UNITS = {Role.KELURAHAN: KELURAHAN_UNIT, Role.BIRO_PEMERINTAHAN: BIRO_UNIT}
_CHOOSE_UNIT = (Role.DINAS, Role.SUDIN)


class TotpSetup(NamedTuple):
    """A second factor to be set up: the secret to type, or the address behind a QR code."""

    secret: str
    uri: str


@dataclass(frozen=True)
class Accounts:
    """What accounts need. ``by`` is the administrator; None: the command line."""

    store: Store
    reference: Reference
    hasher: SecretHasher
    clock: Clock

    def create(self, account: NewOfficer, password: str, *, by: Officer | None) -> Officer:
        """Make an account.

        Raises:
            NotAllowed: ``by`` is no administrator.
            OfficerRefused: the name is taken, or something does not fit; the message says what.
            StoreUnavailable: the outcome is unknown.
        """
        _check_administrator(by)
        account = self._complete(account)
        password_hash = self.hasher.hash(_good_password(password))
        with self.store.writing() as work:
            if work.officers.credentials(account.username):
                raise OfficerRefused(f"Nama pengguna {account.username} sudah dipakai.")
            return work.officers.add(account, password_hash, self.clock())

    def all(self, *, by: Officer | None) -> Sequence[Officer]:
        """List all accounts by name.

        Raises:
            NotAllowed: ``by`` is no administrator.
            StoreUnavailable: the store does not answer.
        """
        _check_administrator(by)
        with self.store.reading() as work:
            return work.officers.all()

    def stop(self, username: str, *, by: Officer | None) -> Officer:
        """Stop an account at once: its sessions end. What its owner did stays.

        Raises:
            NotAllowed: ``by`` is no administrator.
            OfficerRefused: there is no such account.
            StoreUnavailable: the outcome is unknown; say it again.
        """
        _check_administrator(by)
        with self.store.writing() as work:
            officer = _required(work, username).officer
            work.officers.change(officer.officer_id, active=False)
            work.officers.close_sessions(officer.officer_id)
            return replace(officer, active=False)

    def reset(self, username: str, password: str, *, by: Officer | None) -> Officer:
        """Give an account a new password and no second factor; a stopped one can be used again.

        Raises:
            NotAllowed: ``by`` is no administrator.
            OfficerRefused: there is no such account, or the password is too short.
            StoreUnavailable: the outcome is unknown; say it again.
        """
        _check_administrator(by)
        password_hash = self.hasher.hash(_good_password(password))
        with self.store.writing() as work:
            officer = _required(work, username).officer
            work.officers.change(
                officer.officer_id,
                active=True,
                password_hash=password_hash,
                totp_secret=None,
                totp_waiting=None,
            )
            work.officers.close_sessions(officer.officer_id)
            return replace(officer, active=True, has_totp=False)

    def change_password(self, officer: Officer, present: str, wanted: str) -> None:
        """Change one's own password; all sessions end.

        Raises:
            SignInRefused: the present password is wrong.
            OfficerRefused: the wanted one is too short.
            StoreUnavailable: the outcome is unknown.
        """
        password_hash = self.hasher.hash(_good_password(wanted))
        with self.store.reading() as work:
            found = work.officers.credentials(officer.username)
        if not self.hasher.verify(found.password_hash if found else None, present):
            raise SignInRefused
        with self.store.writing() as work:
            work.officers.change(officer.officer_id, password_hash=password_hash)
            work.officers.close_sessions(officer.officer_id)

    def enrol_totp(self, officer: Officer) -> TotpSetup:
        """Begin to set up a second factor; it counts once ``confirm_totp`` has seen a code of it.

        Raises:
            OfficerRefused: there is one already; only an administrator's reset takes it away.
            StoreUnavailable: the store does not answer.
        """
        with self.store.writing() as work:
            _without_totp(work, officer)
            secret = new_totp_secret()
            work.officers.change(officer.officer_id, totp_waiting=secret)
        return TotpSetup(secret, totp_uri(secret, officer.username))

    def confirm_totp(self, officer: Officer, code: str) -> Officer:
        """Finish setting up a second factor with a code of it.

        Raises:
            OfficerRefused: the code does not fit, or there is nothing to confirm.
            StoreUnavailable: the outcome is unknown.
        """
        with self.store.writing() as work:
            secret = _without_totp(work, officer).totp_waiting
            step = matching_step(secret, code, self.clock()) if secret else None
            if step is None or not work.officers.use_step(officer.officer_id, step):
                raise OfficerRefused(
                    "Kodenya tidak cocok. Periksa jam ponsel Anda, lalu coba kode berikutnya."
                )
            work.officers.change(officer.officer_id, totp_secret=secret, totp_waiting=None)
        return replace(officer, has_totp=True)

    def _complete(self, account: NewOfficer) -> NewOfficer:
        """Return an account with the unit its role has anyway, if everything fits."""
        account = replace(
            account,
            username=account.username.strip().lower(),
            name=account.name.strip(),
            unit=_FIXED_UNITS.get(account.role, account.unit),
        )
        if problem := self._problem(account):
            raise OfficerRefused(problem)
        return account

    def _problem(self, account: NewOfficer) -> str | None:
        if not _USERNAME.fullmatch(account.username):
            return "Nama pengguna: 3 sampai 40 huruf kecil, angka, titik, garis bawah, atau tanda hubung."
        if not account.name:
            return "Namanya masih kosong."
        if account.role not in OFFICER_ROLES:
            return f"Peran {account.role} bukan peran petugas."
        return self._unit_problem(account) or self._area_problem(account)

    def _unit_problem(self, account: NewOfficer) -> str | None:
        if account.unit is None:
            return "Petugas dinas dan sudin perlu unit." if account.role in _CHOOSE_UNIT else None
        if account.unit not in self.reference.units:
            return f"Unit {account.unit} tidak dikenal. Yang dikenal: {', '.join(self.reference.units)}."
        return None

    def _area_problem(self, account: NewOfficer) -> str | None:
        if account.area is None:
            return "Petugas kelurahan perlu wilayah." if account.role is Role.KELURAHAN else None
        if not any(_begins(area.code, account.area) for area in self.reference.areas):
            return f"Wilayah {account.area} tidak dikenal. Contoh: 31.74, 31.74.04, atau 31.74.04.1001."
        return None


def _begins(code: str, area: str) -> bool:
    """Tell whether an area is a kota, kecamatan or kelurahan of this code; half a number is none."""
    return code == area or code.startswith(f"{area}.")


def _check_administrator(by: Officer | None) -> None:
    if by is not None and by.role is not Role.ADMINISTRATOR:
        raise NotAllowed("Akun petugas diatur oleh administrator.")


def _good_password(password: str) -> str:
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise OfficerRefused(f"Kata sandi: {SHORTEST_PASSWORD} sampai {LONGEST_PASSWORD} karakter.")
    return password


def _required(work: UnitOfWork, username: str) -> Credentials:
    found = work.officers.credentials(username.strip().lower())
    if found is None:
        raise OfficerRefused(f"Tidak ada akun bernama {username}.")
    return found


def _without_totp(work: UnitOfWork, officer: Officer) -> Credentials:
    found = _required(work, officer.username)
    if found.totp_secret is not None:
        raise OfficerRefused("Kode kedua sudah terpasang. Minta administrator mengatur ulang akun Anda.")
    return found
