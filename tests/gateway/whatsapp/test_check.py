"""The operator's check: plain words for what is well and for each thing that is not; and the menu of commands."""

import os
import subprocess
import sys

import pytest

from gateway.commands import MENU
from gateway.texts import Response, Texts
from gateway.whatsapp.api import Api
from gateway.whatsapp.check import main
from gateway.whatsapp.menu import set_menu
from tests.gateway.whatsapp.bodies import NUMBER
from tests.gateway.whatsapp.conftest import TEMPLATE
from tests.servers.whatsapp_platform import Template
from tests.servers.whatsapp_server import WhatsAppServer

DESCRIPTIONS = Texts({command.description: Response(f"keterangan {command.name}") for command in MENU})


@pytest.fixture
def environment(meta: WhatsAppServer) -> dict[str, str]:
    """All is well but for the menu, which the web process sets."""
    meta.platform.templates[TEMPLATE, "id"] = Template()
    meta.platform.menu = {"commands": [{"command_name": "lapor", "command_description": "Lapor"}]}
    return {
        "WHATSAPP_TOKEN": meta.platform.token,
        "WHATSAPP_PHONE_NUMBER_ID": NUMBER,
        "WHATSAPP_APP_SECRET": meta.platform.app_secret,
        "WHATSAPP_VERIFY_TOKEN": "verify-me",
        "WHATSAPP_API_URL": meta.url,
        "WHATSAPP_TEMPLATE": TEMPLATE,
        "ADUAN_PUBLIC_URL": "https://aduan.example",
    }


def test_when_all_is_well_it_says_so(environment: dict[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(environment) == 0
    said = capsys.readouterr().out
    assert "PROBLEM" not in said
    assert "https://aduan.example/whatsapp/webhook" in said and "+622150000123" in said


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"WHATSAPP_TOKEN": ""}, "WhatsApp is off"),
        ({"WHATSAPP_APP_SECRET": ""}, "WHATSAPP_APP_SECRET is not set"),
        ({"WHATSAPP_TOKEN": "wrong"}, "Meta refuses WHATSAPP_TOKEN"),
        ({"WHATSAPP_PHONE_NUMBER_ID": "1"}, "WHATSAPP_PHONE_NUMBER_ID is no number"),
        ({"WHATSAPP_APP_SECRET": "wrong"}, "not the secret of the token's app"),
        ({"WHATSAPP_API_URL": "http://127.0.0.1:1"}, "does not answer"),
        ({"WHATSAPP_TEMPLATE": ""}, "WHATSAPP_TEMPLATE is not set"),
        ({"WHATSAPP_TEMPLATE": "lain"}, "template lain: not there"),
        ({"WHATSAPP_TEMPLATE_LANGUAGE": "en"}, "not there in language en"),
        ({"ADUAN_PUBLIC_URL": "http://localhost"}, "must begin with https://"),
    ],
)
def test_each_thing_that_is_not_well_is_named(
    environment: dict[str, str], changed: dict[str, str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main({**environment, **changed}) == 1
    said = capsys.readouterr().out
    assert words in said
    assert environment["WHATSAPP_TOKEN"] not in said and environment["WHATSAPP_APP_SECRET"] not in said


def test_what_only_meta_knows_is_named_too(
    environment: dict[str, str], meta: WhatsAppServer, capsys: pytest.CaptureFixture[str]
) -> None:
    meta.platform.is_subscribed = False
    meta.platform.templates[TEMPLATE, "id"].status = "PAUSED"
    meta.platform.menu = {}
    assert main(environment) == 1
    said = capsys.readouterr().out
    assert "no webhook will come" in said and f"template {TEMPLATE}: PAUSED" in said and "0 commands" in said


def test_it_is_a_command(environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "gateway.whatsapp.check"]
    done = subprocess.run(
        command, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("ok ")


async def test_the_menu_holds_the_commands(meta: WhatsAppServer) -> None:
    api = Api(meta.url, "v25.0", meta.platform.token)
    await set_menu(api, NUMBER, DESCRIPTIONS)
    await api.close()
    commands = meta.platform.menu["commands"]
    assert {"command_name": "lapor", "command_description": "keterangan lapor"} in commands
    assert len(commands) == len(MENU) <= 30


async def test_without_the_platform_the_menu_is_an_operators_matter(
    meta: WhatsAppServer, caplog: pytest.LogCaptureFixture
) -> None:
    api = Api(meta.url, "v25.0", "wrong")
    await set_menu(api, NUMBER, DESCRIPTIONS)
    await api.close()
    assert "make check-whatsapp" in caplog.text and "wrong" not in caplog.text
