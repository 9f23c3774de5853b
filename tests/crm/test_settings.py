"""Settings: sensible without any, clear when wrong."""

from pathlib import Path

import pytest

from crm.settings import SettingRefused, Settings


def test_without_settings_everything_is_under_var() -> None:
    settings = Settings.from_environment({})
    assert settings.database_url == "sqlite:///var/crm.db"
    assert (settings.var, settings.report_prefix) == (Path("var"), "JK")


def test_the_environment_decides() -> None:
    environment = {"ADUAN_VAR": "/data", "ADUAN_REPORT_PREFIX": "AD"}
    assert Settings.from_environment(environment).database_url == "sqlite:////data/crm.db"
    postgres = Settings.from_environment(environment | {"DATABASE_URL": "postgres://a@b/c"})
    assert (postgres.database_url, postgres.report_prefix) == ("postgresql://a@b/c", "AD")


@pytest.mark.parametrize(
    ("name", "value"),
    [("DATABASE_URL", "mysql://a"), ("DATABASE_URL", "crm.db"), ("ADUAN_REPORT_PREFIX", "jk-1")],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingRefused, match=name):
        Settings.from_environment({name: value})
