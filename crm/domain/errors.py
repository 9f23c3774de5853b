"""What can go wrong, one error for each reaction of the caller.

CrmError
├── DraftIncomplete      ask for what is missing; nothing was stored
├── ComplaintNotFound    say that there is no such report; absent and not yours are told alike
├── TransitionRefused    tell the officer why the status cannot change
│   ├── ConcurrentChange somebody else changed the report meanwhile; look again
│   └── TooLate          tell the citizen that this is no longer possible, and what is
├── NotAllowed           tell the officer that this is not theirs to do
├── SignInRefused        say that name, password or code do not fit; nothing tells which
│   └── TooManyAttempts  say when to try again
├── OfficerRefused       tell the administrator what is wrong with the account
├── NoSuchPlace          say that there is no such kota, kecamatan or kelurahan
├── FiguresUnreadable    tell the operator what is wrong with the file of figures
├── AreasUnreadable      tell the operator what is wrong with the file of areas
└── StoreUnavailable     the outcome is unknown; try the same again later
"""


class CrmError(Exception):
    """Base of all errors of the CRM."""


class DraftIncomplete(CrmError):
    """A draft lacks required answers or contradicts itself; ``fields`` names them."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        super().__init__(f"missing or contradictory: {', '.join(fields)}")
        self.fields = fields


class ComplaintNotFound(CrmError):
    """There is no such report, or it is not the caller's to see; nothing tells which."""


class TransitionRefused(CrmError):
    """A status cannot change like this; the message says why, in the officer's language."""


class ConcurrentChange(TransitionRefused):
    """Somebody else changed the report between reading and writing."""


class TooLate(TransitionRefused):
    """A citizen's act comes after the report was closed for it."""


class NotAllowed(CrmError):
    """An officer's role does not include this; the message says whose it does."""


class SignInRefused(CrmError):
    """Nobody is signed in by this: wrong name, password, code or token, or the account is stopped."""


class TooManyAttempts(SignInRefused):
    """Too many failed attempts for this name or from this address; told alike for unknown names."""


class OfficerRefused(CrmError):
    """An account cannot be made or changed like this; the message says why, in the officer's language."""


class NoSuchPlace(CrmError):
    """There is no kota, kecamatan or kelurahan of this code."""


class FiguresUnreadable(CrmError):
    """A file of figures cannot be used; the message says what to do, in the operator's language."""


class AreasUnreadable(CrmError):
    """A file of areas cannot be used; the message says what to do, in the operator's language."""


class StoreUnavailable(CrmError):
    """The store did not answer, or not in time; whether the change was made is unknown."""
