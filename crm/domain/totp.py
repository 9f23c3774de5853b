"""Time-based one-time passwords (RFC 6238: SHA-1, six digits, 30 seconds), as every authenticator app makes them.

Used by ``crm.services.sign_in`` and ``crm.services.accounts``. A code of the step before or after is taken as
well, because clocks differ.
"""

import hmac
import secrets
from base64 import b32decode, b32encode
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
ISSUER = "Aduan"
_SECRET_BYTES = 20


def new_totp_secret() -> str:
    """Return a fresh secret in base 32, as it is typed into an app."""
    return b32encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def totp_uri(secret: str, username: str) -> str:
    """Return what an app reads from a QR code."""
    label = quote(f"{ISSUER}:{username}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': ISSUER})}"


def totp_code(secret: str, step: int) -> str:
    """Return the code of a time step."""
    digest = hmac.digest(b32decode(secret), step.to_bytes(8, "big"), "sha1")
    offset = digest[-1] & 0x0F
    number = int.from_bytes(digest[offset : offset + 4], "big") & 0x7FFF_FFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def step_of(moment: datetime) -> int:
    """Return the time step of a moment."""
    return int(moment.timestamp()) // STEP_SECONDS


def matching_step(secret: str, code: str, now: datetime) -> int | None:
    """Return the time step a typed code belongs to, or None where it fits none that counts now."""
    typed = "".join(code.split()).encode()
    present = step_of(now)
    steps = (present - 1, present, present + 1)
    return next((one for one in steps if hmac.compare_digest(totp_code(secret, one).encode(), typed)), None)
