"""One-time passwords: the vectors of RFC 6238, and clocks that differ a little."""

from base64 import b32encode
from datetime import UTC, datetime, timedelta

import pytest

from crm.domain.totp import matching_step, new_totp_secret, step_of, totp_code, totp_uri

SECRET = b32encode(b"12345678901234567890").decode()


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "94287082"),
        (1111111109, "07081804"),
        (1111111111, "14050471"),
        (1234567890, "89005924"),
        (2000000000, "69279037"),
        (20000000000, "65353130"),
    ],
)
def test_the_vectors_of_the_standard(seconds: int, code: str) -> None:
    moment = datetime.fromtimestamp(seconds, UTC)
    assert totp_code(SECRET, step_of(moment)) == code[-6:]


@pytest.mark.parametrize(("late", "fits"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_code_of_the_step_before_or_after_fits(late: int, fits: bool) -> None:
    now = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    code = totp_code(SECRET, step_of(now) + late)
    found = matching_step(SECRET, f"{code[:3]} {code[3:]}", now)
    assert found == (step_of(now) + late if fits else None)


@pytest.mark.parametrize("typed", ["", "12345", "abcdef", "１２３４５６", "1234567"])
def test_what_is_no_code_fits_nothing(typed: str) -> None:
    assert matching_step(SECRET, typed, datetime(2026, 11, 24, tzinfo=UTC) + timedelta(0)) is None


def test_secrets_differ_and_their_address_names_the_account() -> None:
    assert new_totp_secret() != new_totp_secret()
    assert totp_uri(SECRET, "siti") == f"otpauth://totp/Aduan%3Asiti?secret={SECRET}&issuer=Aduan"
