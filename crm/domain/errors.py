"""What can go wrong, one error for each reaction of the caller.

CrmError
├── DraftIncomplete      ask for what is missing; nothing was stored
├── ComplaintNotFound    say that there is no such report; absent and not yours are told alike
├── TransitionRefused    tell the officer why the status cannot change
│   └── ConcurrentChange somebody else changed the report meanwhile; look again
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


class AreasUnreadable(CrmError):
    """A file of areas cannot be used; the message says what to do, in the operator's language."""


class StoreUnavailable(CrmError):
    """The store did not answer, or not in time; whether the change was made is unknown."""
