"""Settings: refusal to start without secrets, and plain messages about what cannot be used."""

import base64
from pathlib import Path

import pytest

from gateway.settings import SettingsError, read_settings

ENVIRONMENT = {
    "ADUAN_IDENTITY_KEY": base64.b64encode(bytes(64)).decode(),
    "ADUAN_GATEWAY_SECRET": "secret-of-the-tests",
}


def test_two_secrets_are_enough() -> None:
    settings = read_settings(ENVIRONMENT)
    assert settings.database_url == "sqlite:///var/gateway.db"
    assert (settings.host, settings.port, settings.public_url) == ("127.0.0.1", 8000, "http://127.0.0.1:8000")
    assert not settings.secure_cookies


def test_the_database_lies_in_the_var_folder() -> None:
    assert (
        read_settings({**ENVIRONMENT, "ADUAN_VAR": "/srv/aduan"}).database_url
        == "sqlite:////srv/aduan/gateway.db"
    )
    assert read_settings({**ENVIRONMENT, "ADUAN_VAR": "/srv/aduan"}).media == Path("/srv/aduan/media")


def test_https_makes_secure_cookies() -> None:
    assert read_settings({**ENVIRONMENT, "ADUAN_PUBLIC_URL": "https://aduan.example/"}).secure_cookies


@pytest.mark.parametrize("name", list(ENVIRONMENT))
def test_without_a_secret_the_gateway_refuses_to_start(name: str) -> None:
    for value in (None, ""):
        environment = {**ENVIRONMENT, name: value} if value is not None else dict(ENVIRONMENT)
        if value is None:
            del environment[name]
        with pytest.raises(SettingsError, match=name):
            read_settings(environment)  # type: ignore[arg-type]


@pytest.mark.parametrize("key", ["short", "!!!", base64.b64encode(bytes(32)).decode()])
def test_a_key_of_the_wrong_form_is_refused(key: str) -> None:
    with pytest.raises(SettingsError, match="ADUAN_IDENTITY_KEY"):
        read_settings({**ENVIRONMENT, "ADUAN_IDENTITY_KEY": key})


@pytest.mark.parametrize("port", ["http", "-1", "65536", "8e3"])
def test_a_port_that_is_none_is_refused(port: str) -> None:
    with pytest.raises(SettingsError, match="ADUAN_WEB_PORT"):
        read_settings({**ENVIRONMENT, "ADUAN_WEB_PORT": port})


def test_settings_do_not_show_their_secrets() -> None:
    shown = repr(read_settings({**ENVIRONMENT, "GATEWAY_DATABASE_URL": "postgresql://u:hunter2@db/gateway"}))
    assert "secret-of-the-tests" not in shown and "AAAA" not in shown and "hunter2" not in shown


WHATSAPP = {
    "WHATSAPP_TOKEN": "token-of-whatsapp",
    "WHATSAPP_PHONE_NUMBER_ID": "106540352242922",
    "WHATSAPP_APP_SECRET": "app-secret",
    "WHATSAPP_VERIFY_TOKEN": "verify-token",
}


def test_channels_without_their_token_are_off() -> None:
    settings = read_settings({**ENVIRONMENT, "TELEGRAM_TOKEN": "", "WHATSAPP_PHONE_NUMBER_ID": "1"})
    assert (settings.telegram, settings.whatsapp) == (None, None)


def test_a_token_is_enough_for_telegram_and_means_polling() -> None:
    telegram = read_settings({**ENVIRONMENT, "TELEGRAM_TOKEN": "1:abc"}).telegram
    assert telegram is not None
    assert (telegram.token, telegram.webhook_secret) == ("1:abc", None)
    assert telegram.api_url == "https://api.telegram.org"


@pytest.mark.parametrize("secret", ["short", "with spaces in between", "x" * 257])
def test_a_webhook_secret_that_telegram_refuses_is_refused_here(secret: str) -> None:
    with pytest.raises(SettingsError, match="TELEGRAM_WEBHOOK_SECRET"):
        read_settings({**ENVIRONMENT, "TELEGRAM_TOKEN": "1:abc", "TELEGRAM_WEBHOOK_SECRET": secret})


def test_whatsapp_has_defaults_beside_its_secrets() -> None:
    whatsapp = read_settings({**ENVIRONMENT, **WHATSAPP}).whatsapp
    assert whatsapp is not None
    assert (whatsapp.api_url, whatsapp.template, whatsapp.template_language) == (
        "https://graph.facebook.com",
        None,
        "id",
    )


@pytest.mark.parametrize("name", list(WHATSAPP)[1:])
def test_whatsapp_with_a_token_and_something_missing_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read_settings({**ENVIRONMENT, **WHATSAPP, name: ""})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WHATSAPP_API_VERSION", "25"),
        ("WHATSAPP_API_URL", "graph.facebook.com"),
        ("WHATSAPP_TEMPLATE_LANGUAGE", "Indonesia"),
    ],
)
def test_what_makes_no_sense_for_whatsapp_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        read_settings({**ENVIRONMENT, **WHATSAPP, name: value})


BUCKET = {
    "ADUAN_MEDIA_URL": "s3://foto-warga/aduan",
    "AWS_REGION": "ap-southeast-3",
    "AWS_ACCESS_KEY_ID": "key-id",
    "AWS_SECRET_ACCESS_KEY": "secret-of-the-bucket",
}


def test_without_its_setting_there_is_no_bucket() -> None:
    assert read_settings({**ENVIRONMENT, **BUCKET, "ADUAN_MEDIA_URL": ""}).bucket is None


@pytest.mark.parametrize(
    ("url", "prefix"),
    [
        ("s3://foto-warga", ""),
        ("s3://foto-warga/", ""),
        ("s3://foto-warga/aduan", "aduan/"),
        ("s3://foto-warga/jakarta/aduan/", "jakarta/aduan/"),
    ],
)
def test_a_bucket_may_have_a_prefix(url: str, prefix: str) -> None:
    bucket = read_settings({**ENVIRONMENT, **BUCKET, "ADUAN_MEDIA_URL": url}).bucket
    assert bucket is not None
    assert (bucket.bucket, bucket.prefix, bucket.endpoint) == ("foto-warga", prefix, None)


@pytest.mark.parametrize(
    "url", ["foto-warga", "s3://", "s3://Foto", "/var/media", "s3://foto//x", "gs://foto"]
)
def test_an_address_that_names_no_bucket_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match=r"ADUAN_MEDIA_URL must be s3://bucket"):
        read_settings({**ENVIRONMENT, **BUCKET, "ADUAN_MEDIA_URL": url})


@pytest.mark.parametrize("name", list(BUCKET)[1:])
def test_a_bucket_with_something_missing_is_refused(name: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} is not set, but ADUAN_MEDIA_URL is"):
        read_settings({**ENVIRONMENT, **BUCKET, name: ""})


def test_the_endpoint_of_s3_goes_before_the_general_one() -> None:
    both = {"AWS_ENDPOINT_URL": "https://all.example", "AWS_ENDPOINT_URL_S3": "https://s3.example/"}
    bucket = read_settings({**ENVIRONMENT, **BUCKET, **both}).bucket
    assert bucket is not None and bucket.endpoint == "https://s3.example"
    bucket = read_settings({**ENVIRONMENT, **BUCKET, **both, "AWS_ENDPOINT_URL_S3": ""}).bucket
    assert bucket is not None and bucket.endpoint == "https://all.example"


@pytest.mark.parametrize(
    "url",
    ["storage.example", "ftp://storage.example", "https://", "https://storage.example/foto", "http://[x"],
)
def test_an_endpoint_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(SettingsError, match="AWS_ENDPOINT_URL must be like"):
        read_settings({**ENVIRONMENT, **BUCKET, "AWS_ENDPOINT_URL": url})


def test_the_secret_of_the_bucket_does_not_show() -> None:
    shown = repr(read_settings({**ENVIRONMENT, **BUCKET}))
    assert "secret-of-the-bucket" not in shown and "key-id" not in shown


def test_secrets_of_channels_do_not_show() -> None:
    shown = repr(read_settings({**ENVIRONMENT, **WHATSAPP, "TELEGRAM_TOKEN": "1:abc"}))
    assert not [secret for secret in ("token-of", "app-secret", "verify-token", "1:abc") if secret in shown]
