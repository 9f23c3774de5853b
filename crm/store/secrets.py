"""Hashes the codes of anonymous reports with argon2id. Made by ``crm.bootstrap``."""

from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError


class Argon2Hasher:
    """Implements ``crm.services.ports.SecretHasher``.

    19 MiB, two passes, one lane: OWASP's smallest choice. Codes are 40 random bits, no chosen passwords:
    at some 20 ms each, trying them all would cost one core centuries.
    """

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)

    def hash(self, code: str) -> str:
        """Return a salted hash of a bare code."""
        return self._hasher.hash(code)

    def verify(self, secret_hash: str | None, code: str) -> bool:
        """Compare; without a hash a dummy is compared, so that it takes as long, and it is False."""
        try:
            self._hasher.verify(secret_hash or self._dummy, code)
        except VerifyMismatchError:
            return False
        return secret_hash is not None

    @cached_property
    def _dummy(self) -> str:
        return self._hasher.hash("")
