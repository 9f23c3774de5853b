"""Turns what the driver says into what callers can act upon. Used by every transaction of the store."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, NotSupportedError, ProgrammingError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from crm.domain.errors import StoreUnavailable

# These say that the program is wrong: trying again would not help, and calling it an outage would hide it.
_FAULTS_OF_OURS = (IntegrityError, ProgrammingError, DataError, NotSupportedError)


@contextmanager
def unavailable_on_failure() -> Iterator[None]:
    """Raise ``StoreUnavailable`` for a store that is locked, full, slow, gone or cannot be reached."""
    try:
        yield
    except (PoolTimeout, OSError) as error:
        raise StoreUnavailable("the store does not answer") from error
    except DBAPIError as error:
        if isinstance(error, _FAULTS_OF_OURS) and not error.connection_invalidated:
            raise
        raise StoreUnavailable("the store does not answer") from error
