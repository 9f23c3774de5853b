"""Sign officers in and out: password, second factor, limited attempts, sessions.

Called by ``crm.bootstrap.Crm`` for the console. Wrong name, password and code, and stopped accounts, cost the
same work and are told alike. Names typed and addresses are kept as hashes only, for a quarter of an hour.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from crm.domain.errors import SignInRefused, TooManyAttempts
from crm.domain.officers import Officer
from crm.domain.times import Clock
from crm.domain.totp import matching_step
from crm.services.ports import Credentials, SecretHasher, Store, UnitOfWork

SESSION = timedelta(hours=12)
WINDOW = timedelta(minutes=15)
# Within the window. An office may share one address.
TRIES_PER_NAME = 5
TRIES_PER_ADDRESS = 20


@dataclass(frozen=True)
class SigningIn:
    """What signing in needs."""

    store: Store
    hasher: SecretHasher
    clock: Clock

    def sign_in(self, username: str, password: str, code: str, address: str) -> tuple[str, Officer]:
        """Return the token of a new session and its officer; only the token's hash is kept.

        ``code`` is that of the second factor, empty as long as there is none. An attempt counts as failed
        until it has succeeded: those made at the same moment count each other.

        Raises:
            TooManyAttempts: too many failed for this name or from this address; nothing was compared.
            SignInRefused: name, password or code are wrong, or the account is stopped.
            StoreUnavailable: the store does not answer.
        """
        name, now = _username(username), self.clock()
        attempt = self._note_attempt(name, address, now)
        self._check_attempts(attempt, name, address, now)
        with self.store.reading() as work:
            found = work.officers.credentials(name)
        fits = self.hasher.verify(found.password_hash if found else None, password)
        if found is None or not fits or not found.officer.active:
            raise SignInRefused
        token = secrets.token_urlsafe(32)
        with self.store.writing() as work:
            _check_code(found, code, now, work)
            work.officers.forget_attempts(_hash(name))
            work.officers.open_session(_hash(token), found.officer.officer_id, now + SESSION)
        return token, found.officer

    def officer_of(self, token: str) -> Officer:
        """Return who is signed in by a token.

        Raises:
            SignInRefused: nobody is, or no longer.
            StoreUnavailable: the store does not answer.
        """
        with self.store.reading() as work:
            officer = work.officers.session(_hash(token), self.clock())
        if officer is None:
            raise SignInRefused
        return officer

    def sign_out(self, token: str) -> None:
        """End a session; one that has ended does no harm.

        Raises:
            StoreUnavailable: the outcome is unknown; say it again.
        """
        with self.store.writing() as work:
            work.officers.close_session(_hash(token))

    def _note_attempt(self, name: str, address: str, now: datetime) -> int:
        with self.store.writing() as work:
            work.officers.forget_before(now, now - WINDOW)
            return work.officers.note_attempt(_hash(name), _hash(address), now)

    def _check_attempts(self, attempt: int, name: str, address: str, now: datetime) -> None:
        """Count, in a transaction of its own: only what others have committed can be counted."""
        with self.store.writing() as work:
            of_name, of_address = work.officers.attempts(_hash(name), _hash(address), now - WINDOW)
            if of_name <= TRIES_PER_NAME and of_address <= TRIES_PER_ADDRESS:
                return
            # What is refused unseen must not lock the name out for ever.
            work.officers.forget_attempt(attempt)
        raise TooManyAttempts


def _check_code(found: Credentials, code: str, now: datetime, work: UnitOfWork) -> None:
    """Let pass whoever has no second factor, or gives a code that was not used before."""
    if found.totp_secret is None:
        return
    step = matching_step(found.totp_secret, code, now)
    if step is None or not work.officers.use_step(found.officer.officer_id, step):
        raise SignInRefused


def _username(typed: str) -> str:
    return typed.strip().lower()


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()
