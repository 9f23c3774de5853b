"""What the Cloud API's error codes make us do; decided on the code, not on the HTTP status or the title.

Called by ``gateway.whatsapp.api`` (answers) and ``gateway.whatsapp.intake`` (statuses that say ``failed``).
The codes are Meta's list of November 2025. A body may also be a page of a proxy: then the HTTP status decides.
"""

from dataclasses import dataclass

import httpx

from gateway.delivery.errors import (
    ChannelDown,
    Refused,
    RetryLater,
    SendError,
    Unknown,
    Unreachable,
    WindowClosed,
)

_KINDS: dict[type[SendError], frozenset[int]] = {
    # Token, permissions, account, payment, registration; and limits of the account, which want a long pause.
    ChannelDown: frozenset(
        {0, 3, 4, 10, 190, 368, 80007, 131005, 131031, 131037, 131042, 131045, 131048, 133010}
        | set(range(200, 300))
    ),
    # Beside the closed window: the template is missing, paused, of another form, or held back by Meta or the citizen.
    # What it was to say is kept until the citizen writes.
    WindowClosed: frozenset(
        {470, 131047, 131049, 131050, 132000, 132001, 132005, 132007, 132012, 132015, 132016, 132068, 132069}
    ),
    Unreachable: frozenset({130497, 131026}),
    RetryLater: frozenset({1, 2, 130429, 131000, 131016, 131056, 131057}),
    Refused: frozenset({33, 100, 130472, 131008, 131009, 131021, 131030, 131051, 131052, 131053, 131062}),
}
_BY_CODE = {code: kind for kind, codes in _KINDS.items() for code in codes}
UNANSWERED_BY_PROXY = 504


@dataclass(frozen=True)
class Failure:
    """An answer that is no success: the platform's code if it gave one, and the HTTP status."""

    status: int
    code: int | None = None
    retry_after: float | None = None


def failure_of(response: httpx.Response) -> Failure:
    """Read an answer that is no success; its body may be anything."""
    try:
        code = response.json()["error"]["code"]
    except (ValueError, KeyError, TypeError):
        code = None
    wait = response.headers.get("retry-after", "")
    return Failure(
        response.status_code,
        code if isinstance(code, int) else None,
        float(wait) if wait.isdecimal() else None,
    )


def error_of(failure: Failure) -> SendError:
    """Return what a refused or failed request makes us do."""
    if failure.code in _BY_CODE:
        return error_of_code(failure.code, failure.retry_after)
    reason = f"HTTP {failure.status}, code {failure.code}"
    if failure.status == UNANSWERED_BY_PROXY:
        return Unknown(reason)
    if failure.status in {401, 403}:
        return ChannelDown(reason)
    if failure.status in {408, 425, 429} or failure.status >= 500:
        return RetryLater(reason, failure.retry_after)
    return Refused(reason)


def error_of_code(code: int, retry_after: float | None = None) -> SendError:
    """Return what an error code makes us do, wherever it was found; an unknown one is our mistake."""
    reason = f"code {code}"
    kind = _BY_CODE.get(code, Refused)
    return RetryLater(reason, retry_after) if kind is RetryLater else kind(reason)
