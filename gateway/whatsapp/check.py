"""``python -m gateway.whatsapp.check``: is WhatsApp set up, here and at Meta? One line a finding, status 1 if not.

Run by operators (``make check-whatsapp``). Reads the environment, calls the Cloud API, changes and sends nothing.
"""

import asyncio
import hashlib
import hmac
import os
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any

from gateway.delivery.errors import ChannelDown, Refused, SendError
from gateway.platform_settings import SettingsError, WhatsAppSettings, read_whatsapp
from gateway.whatsapp.api import Api
from gateway.whatsapp.receive import PATH

NUMBER_FIELDS = "display_phone_number,verified_name,quality_rating,health_status,conversational_automation"


@dataclass(frozen=True)
class Finding:
    """One thing that is well, or not."""

    is_well: bool
    words: str

    def __str__(self) -> str:
        return f"{'ok     ' if self.is_well else 'PROBLEM'}  {self.words}"


class Check:
    """Looks at one number, step by step; without the first step the others make no sense."""

    def __init__(self, settings: WhatsAppSettings, public_url: str) -> None:
        self._settings = settings
        self._public_url = public_url
        self._api = Api(settings.api_url, settings.api_version, settings.token)

    async def findings(self) -> AsyncIterator[Finding]:
        """Yield what is found."""
        yield self._address()
        try:
            number = await self._number()
        except SendError as error:
            yield Finding(False, f"{_cause(error)} ({error})")
            return
        yield Finding(True, f"token and number: {number.get('display_phone_number')}, {_quality(number)}")
        yield await self._secret()
        if account := _account(number):
            yield await self._subscription(account)
            yield await self._template(account)
        else:
            yield Finding(False, "Meta does not say which business account the number belongs to")
        commands = (number.get("conversational_automation") or {}).get("commands") or []
        yield Finding(
            bool(commands), f"menu: {len(commands)} commands (the web process sets them at its start)"
        )

    async def close(self) -> None:
        """Close the connections."""
        await self._api.close()

    def _address(self) -> Finding:
        url = self._public_url + PATH
        if not url.startswith("https://"):
            return Finding(
                False, f"webhook: ADUAN_PUBLIC_URL must begin with https:// for Meta, {url} does not"
            )
        return Finding(True, f"webhook: enter {url} and WHATSAPP_VERIFY_TOKEN at Meta, subscribe to messages")

    async def _number(self, **proof: str) -> dict[str, Any]:
        return await self._api.get(f"/{self._settings.phone_number_id}", fields=NUMBER_FIELDS, **proof)

    async def _secret(self) -> Finding:
        """A proof made with the secret is refused when the secret belongs to another app than the token."""
        key, token = self._settings.app_secret.encode(), self._settings.token.encode()
        try:
            await self._number(appsecret_proof=hmac.new(key, token, hashlib.sha256).hexdigest())
        except SendError as error:
            return Finding(False, f"WHATSAPP_APP_SECRET is not the secret of the token's app ({error})")
        return Finding(True, "app secret")

    async def _subscription(self, account: str) -> Finding:
        try:
            apps = (await self._api.get(f"/{account}/subscribed_apps")).get("data") or []
        except SendError as error:
            return Finding(False, f"subscribed apps: not told ({error})")
        words = "the app is subscribed" if apps else "no app is subscribed: no webhook will come"
        return Finding(bool(apps), f"business account: {words}")

    async def _template(self, account: str) -> Finding:
        name, language = self._settings.template, self._settings.template_language
        if name is None:
            return Finding(False, "WHATSAPP_TEMPLATE is not set: no news after 24 hours of silence")
        try:
            found = await self._api.get(f"/{account}/message_templates", name=name)
        except SendError as error:
            return Finding(False, f"template {name}: not told ({error})")
        states = [
            str(each.get("status"))
            for each in found.get("data") or []
            if (each.get("name"), each.get("language")) == (name, language)
        ]
        state = states[0] if states else f"not there in language {language}"
        return Finding(state == "APPROVED", f"template {name}: {state}")


def _cause(error: SendError) -> str:
    if isinstance(error, ChannelDown):
        return "Meta refuses WHATSAPP_TOKEN, or the account is restricted"
    if isinstance(error, Refused):
        return "WHATSAPP_PHONE_NUMBER_ID is no number that this token may use, or the API version has ended"
    return "the Cloud API does not answer"


def _quality(number: Mapping[str, Any]) -> str:
    may_send = (number.get("health_status") or {}).get("can_send_message")
    return f"quality {number.get('quality_rating')}, may send: {may_send}"


def _account(number: Mapping[str, Any]) -> str | None:
    entities = (number.get("health_status") or {}).get("entities") or []
    return next((str(each["id"]) for each in entities if each.get("entity_type") == "WABA"), None)


async def check(settings: WhatsAppSettings, public_url: str) -> bool:
    """Print all findings and return whether everything is well."""
    checking = Check(settings, public_url)
    is_well = True
    async for finding in checking.findings():
        print(finding)
        is_well = is_well and finding.is_well
    await checking.close()
    return is_well


def main(environment: Mapping[str, str]) -> int:
    """Check by the settings in the environment; return the process's status."""
    try:
        settings = read_whatsapp(environment)
    except SettingsError as error:
        print(Finding(False, str(error)))
        return 1
    if settings is None:
        print(Finding(False, "WHATSAPP_TOKEN is not set: WhatsApp is off"))
        return 1
    public_url = (environment.get("ADUAN_PUBLIC_URL") or "").rstrip("/")
    return 0 if asyncio.run(check(settings, public_url)) else 1


if __name__ == "__main__":
    sys.exit(main(os.environ))
