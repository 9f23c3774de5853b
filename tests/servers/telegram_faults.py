"""What a test can let go wrong with a call to the Bot API.

Used by ``telegram_server``; tests make ``Fault`` by the functions here.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["error", "page", "cut before", "cut after", "slow", "garbage"]

PAGE = b"<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>nginx</body>\r\n</html>\r\n"


@dataclass
class Fault:
    """Meets the next ``times`` calls of a method. ``slow`` is performed and answered once released."""

    kind: Kind
    times: int = 1
    code: int = 0
    description: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)

    @property
    def is_performed(self) -> bool:
        """Whether the call takes effect all the same."""
        return self.kind in ("cut after", "slow", "garbage")


def error(code: int, description: str, times: int = 1, **parameters: Any) -> Fault:
    return Fault("error", times, code, description, parameters)


def flood(seconds: int, times: int = 1) -> Fault:
    return error(429, f"Too Many Requests: retry after {seconds}", times, retry_after=seconds)


def blocked() -> Fault:
    return error(403, "Forbidden: bot was blocked by the user")


def bad_gateway(times: int = 1) -> Fault:
    return Fault("page", times, 502)


def cut(*, after: bool, times: int = 1) -> Fault:
    """End the connection once the request was read, before or after it took effect."""
    return Fault("cut after" if after else "cut before", times)


def slow(times: int = 1) -> Fault:
    return Fault("slow", times)


def garbage(times: int = 1) -> Fault:
    """Answer 200 with what is no JSON."""
    return Fault("garbage", times)
