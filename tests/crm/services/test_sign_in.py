"""Signing in: password and second factor, everything wrong told alike, attempts limited, sessions that end."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from crm.bootstrap import Crm
from crm.domain.errors import NotAllowed, OfficerRefused, SignInRefused, TooManyAttempts
from crm.domain.officers import NewOfficer, Officer
from crm.domain.status import Role
from crm.domain.totp import step_of, totp_code
from tests.crm.conftest import Clock
from tests.crm.database import all_values
from tests.crm.officers import ADMINISTRATOR, BIRO

PASSWORD = "kuda-lumping-biru"
HOME = "203.0.113.7"


@pytest.fixture
def siti(crm: Crm) -> Officer:
    account = NewOfficer("Siti ", "Siti Aminah", Role.SUDIN, "sudin_sda", "31.74")
    return crm.create_officer(account, PASSWORD, by=None)


def set_up_totp(crm: Crm, officer: Officer, clock: Clock) -> str:
    secret = crm.enrol_totp(officer).secret
    crm.confirm_totp(officer, totp_code(secret, step_of(clock.now)))
    clock.advance(seconds=30)
    return secret


def test_a_session_is_known_by_its_token_until_signed_out(crm: Crm, siti: Officer, database_url: str) -> None:
    token, officer = crm.sign_in(" SITI", PASSWORD, "", HOME)
    assert officer == crm.officer_of(token) == siti
    assert (siti.username, siti.has_totp) == ("siti", False)
    stored = " ".join(all_values(database_url))
    assert not [secret for secret in (token, PASSWORD, HOME) if secret in stored]
    assert "$argon2id$" in stored
    crm.sign_out(token)
    crm.sign_out(token)
    with pytest.raises(SignInRefused):
        crm.officer_of(token)


def test_a_session_ends_after_twelve_hours(crm: Crm, siti: Officer, clock: Clock) -> None:
    token, _ = crm.sign_in("siti", PASSWORD, "", HOME)
    clock.advance(hours=11, minutes=59)
    assert crm.officer_of(token) == siti
    clock.advance(minutes=1)
    for unknown in (token, "", "apa saja"):
        with pytest.raises(SignInRefused):
            crm.officer_of(unknown)


def test_wrong_name_password_code_and_a_stopped_account_are_told_alike(
    crm: Crm, siti: Officer, clock: Clock
) -> None:
    set_up_totp(crm, siti, clock)
    crm.create_officer(NewOfficer("budi", "Budi", Role.SUPERVISOR), PASSWORD, by=None)
    crm.stop_officer("budi", by=ADMINISTRATOR)
    attempts = [
        ("nobody", PASSWORD, ""),
        ("siti", "salah", ""),
        ("siti", PASSWORD, "123"),
        ("budi", PASSWORD, ""),
    ]
    told = []
    for name, password, code in attempts:
        with pytest.raises(SignInRefused) as refused:
            crm.sign_in(name, password, code, HOME)
        told.append((type(refused.value), str(refused.value)))
    assert set(told) == {(SignInRefused, "")}


@pytest.mark.parametrize("name", ["siti", "nobody"])
def test_after_five_failures_a_name_waits_a_quarter_of_an_hour(
    crm: Crm, siti: Officer, clock: Clock, name: str
) -> None:
    for attempt in range(5):
        with pytest.raises(SignInRefused) as refused:
            crm.sign_in(name, "salah", "", f"203.0.113.{attempt}")
        assert type(refused.value) is SignInRefused
    for _ in range(3):
        with pytest.raises(TooManyAttempts):
            crm.sign_in(name, PASSWORD, "", "198.51.100.1")
    clock.advance(minutes=15)
    if name == "siti":
        crm.sign_in(name, PASSWORD, "", HOME)
    else:
        with pytest.raises(SignInRefused):
            crm.sign_in(name, PASSWORD, "", HOME)


def test_an_address_that_tries_many_names_waits_and_others_do_not(crm: Crm, siti: Officer) -> None:
    for attempt in range(20):
        with pytest.raises(SignInRefused):
            crm.sign_in(f"nama{attempt}", "salah", "", HOME)
    with pytest.raises(TooManyAttempts):
        crm.sign_in("siti", PASSWORD, "", HOME)
    crm.sign_in("siti", PASSWORD, "", "198.51.100.1")


def test_success_forgets_the_failures_of_the_name(crm: Crm, siti: Officer) -> None:
    for _ in range(3):
        for _ in range(4):
            with pytest.raises(SignInRefused):
                crm.sign_in("siti", "salah", "", HOME)
        crm.sign_in("siti", PASSWORD, "", HOME)


def test_attempts_at_the_same_moment_count_each_other(
    crm: Crm, siti: Officer, opened: Callable[[], Crm]
) -> None:
    def attempt(other: Crm) -> type[Exception]:
        try:
            other.sign_in("siti", "salah", "", HOME)
        except SignInRefused as refused:
            return type(refused)
        raise AssertionError("a wrong password")

    with ThreadPoolExecutor(8) as attackers:
        outcomes = list(attackers.map(attempt, [opened() for _ in range(8)]))
    assert outcomes.count(SignInRefused) <= 5


def test_with_a_second_factor_a_code_is_needed_and_works_once(crm: Crm, siti: Officer, clock: Clock) -> None:
    secret = set_up_totp(crm, siti, clock)
    code = totp_code(secret, step_of(clock.now))
    with pytest.raises(SignInRefused):
        crm.sign_in("siti", PASSWORD, "", HOME)
    _, officer = crm.sign_in("siti", PASSWORD, code, HOME)
    assert officer.has_totp
    with pytest.raises(SignInRefused):
        crm.sign_in("siti", PASSWORD, code, HOME)
    clock.advance(seconds=30)
    crm.sign_in("siti", PASSWORD, totp_code(secret, step_of(clock.now)), HOME)


def test_a_second_factor_counts_only_once_confirmed_and_is_not_replaced(
    crm: Crm, siti: Officer, clock: Clock
) -> None:
    setup = crm.enrol_totp(siti)
    assert setup.secret in setup.uri
    with pytest.raises(OfficerRefused, match="tidak cocok"):
        crm.confirm_totp(siti, "000000" if totp_code(setup.secret, step_of(clock.now)) != "000000" else "1")
    crm.sign_in("siti", PASSWORD, "", HOME)
    assert crm.confirm_totp(siti, totp_code(setup.secret, step_of(clock.now))).has_totp
    for again in (crm.enrol_totp, lambda officer: crm.confirm_totp(officer, "123456")):
        with pytest.raises(OfficerRefused, match="administrator"):
            again(siti)


def test_a_reset_takes_the_second_factor_away_and_ends_sessions(
    crm: Crm, siti: Officer, clock: Clock
) -> None:
    secret = set_up_totp(crm, siti, clock)
    token, _ = crm.sign_in("siti", PASSWORD, totp_code(secret, step_of(clock.now)), HOME)
    assert not crm.reset_officer("siti", "sandi-baru-sekali", by=ADMINISTRATOR).has_totp
    with pytest.raises(SignInRefused):
        crm.officer_of(token)
    with pytest.raises(SignInRefused):
        crm.sign_in("siti", PASSWORD, "", HOME)
    crm.sign_in("siti", "sandi-baru-sekali", "", HOME)


def test_a_stopped_account_is_out_at_once_and_a_reset_brings_it_back(crm: Crm, siti: Officer) -> None:
    token, _ = crm.sign_in("siti", PASSWORD, "", HOME)
    assert not crm.stop_officer("siti", by=ADMINISTRATOR).active
    with pytest.raises(SignInRefused):
        crm.officer_of(token)
    assert [(one.username, one.active) for one in crm.list_officers(by=None)] == [("siti", False)]
    assert crm.reset_officer("siti", PASSWORD, by=None).active


def test_a_password_is_changed_by_whoever_knows_it(crm: Crm, siti: Officer) -> None:
    token, _ = crm.sign_in("siti", PASSWORD, "", HOME)
    with pytest.raises(SignInRefused):
        crm.change_password(siti, "salah", "sandi-baru-sekali")
    crm.change_password(siti, PASSWORD, "sandi-baru-sekali")
    with pytest.raises(SignInRefused):
        crm.officer_of(token)
    crm.sign_in("siti", "sandi-baru-sekali", "", HOME)


def test_only_administrators_and_the_server_manage_accounts(crm: Crm, siti: Officer) -> None:
    account = NewOfficer("budi", "Budi", Role.SUPERVISOR)
    for act in (
        lambda by: crm.create_officer(account, PASSWORD, by=by),
        lambda by: crm.list_officers(by=by),
        lambda by: crm.stop_officer("siti", by=by),
        lambda by: crm.reset_officer("siti", PASSWORD, by=by),
    ):
        for by in (siti, BIRO):
            with pytest.raises(NotAllowed):
                act(by)
    crm.create_officer(account, PASSWORD, by=ADMINISTRATOR)


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"username": "x"}, "Nama pengguna"),
        ({"username": "siti aminah"}, "Nama pengguna"),
        ({"name": " "}, "Namanya"),
        ({"role": Role.PELAPOR}, "bukan peran petugas"),
        ({"role": Role.SISTEM}, "bukan peran petugas"),
        ({"unit": None}, "perlu unit"),
        ({"unit": "nasa"}, "nasa tidak dikenal"),
        ({"area": "31.7"}, "31.7 tidak dikenal"),
        ({"area": "99.99"}, "99.99 tidak dikenal"),
        ({"role": Role.KELURAHAN, "area": None}, "perlu wilayah"),
        ({"username": "siti"}, "sudah dipakai"),
    ],
)
def test_an_account_that_does_not_fit_is_refused(
    crm: Crm, siti: Officer, changes: dict[str, object], word: str
) -> None:
    account = {"username": "budi", "name": "Budi", "role": Role.SUDIN, "unit": "sudin_sda", "area": "31.74"}
    with pytest.raises(OfficerRefused, match=word):
        crm.create_officer(NewOfficer(**(account | changes)), PASSWORD, by=None)  # type: ignore[arg-type]
    with pytest.raises(OfficerRefused, match="12 sampai 200"):
        crm.create_officer(NewOfficer("budi", "Budi", Role.SUPERVISOR), "pendek", by=None)


def test_roles_with_one_unit_get_it_and_what_is_unknown_cannot_be_stopped(crm: Crm) -> None:
    lurah = crm.create_officer(
        NewOfficer("lurah", "Lurah", Role.KELURAHAN, None, "31.74.01.1001"), PASSWORD, by=None
    )
    biro = crm.create_officer(NewOfficer("biro", "Biro", Role.BIRO_PEMERINTAHAN), PASSWORD, by=None)
    assert (lurah.unit, biro.unit) == ("kelurahan", "biro_pemerintahan")
    for act in (
        lambda: crm.stop_officer("budi", by=None),
        lambda: crm.reset_officer("budi", PASSWORD, by=None),
    ):
        with pytest.raises(OfficerRefused, match="Tidak ada akun"):
            act()
