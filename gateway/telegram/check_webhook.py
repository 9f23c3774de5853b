"""What can be wrong with a webhook, seen from Telegram and from here.

Called by ``gateway.telegram.check``. Calls our own webhook over the public address, with and without the secret.
"""

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

import httpx
from telegram import WebhookInfo

from gateway.telegram.parse import UPDATE_KINDS
from gateway.telegram.receive import PATH, SECRET_HEADER

PORTS = (80, 88, 443, 8443)
SECONDS = 10.0
MANY_WAITING = 100
OK, UNAUTHORIZED = 200, 401


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at."""

    ok: bool
    says: str


def check_polling(info: WebhookInfo) -> list[Finding]:
    """Return what stands in the way of polling, which goes without TELEGRAM_WEBHOOK_SECRET."""
    if info.url:
        host = urlsplit(info.url).hostname
        return [
            Finding(
                False,
                f"This gateway polls (TELEGRAM_WEBHOOK_SECRET is not set), but a webhook is set, to {host}: nothing "
                "comes here. Set the secret, or let go of that webhook: "
                "make check-telegram ARGS=--remove-webhook",
            )
        ]
    return [Finding(True, "No webhook is set, polling is free."), _waiting(info)]


async def check_webhook(
    info: WebhookInfo, public_url: str, secret: str, *, is_telegrams: bool
) -> list[Finding]:
    """Return what is wrong with the webhook; a Bot API server of one's own takes any address."""
    url = public_url + PATH
    if is_telegrams and (reason := unreachable_reason(url)):
        return [Finding(False, f"Telegram cannot call {url}: {reason}. Set ADUAN_PUBLIC_URL.")]
    findings = [Finding(True, f"Telegram can call such an address: {url}"), _registered(info, url)]
    findings += await _answers(url, secret)
    if info.last_error_message:
        findings.append(_last_error(info))
    return [*findings, _waiting(info)]


def unreachable_reason(url: str) -> str:
    """Return why Telegram refuses to call an address, "" if it does not."""
    parts = urlsplit(url)
    if parts.scheme != "https":
        return "it must begin with https://"
    if (parts.port or 443) not in PORTS:
        return f"its port must be one of {', '.join(map(str, PORTS))}"
    if _is_private(parts.hostname or ""):
        return "it leads to this machine or its network, not to the internet"
    return ""


def _is_private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return "." not in host


def _registered(info: WebhookInfo, url: str) -> Finding:
    if not info.url:
        return Finding(False, "No webhook is set. It is set when the gateway starts: is it running?")
    if info.url != url:
        host = urlsplit(info.url).hostname
        return Finding(
            False, f"Telegram calls {host}: ADUAN_PUBLIC_URL is wrong here, or the bot is used twice."
        )
    if set(info.allowed_updates or ()) != set(UPDATE_KINDS):
        return Finding(False, "Telegram brings other kinds of updates than we read. Start the gateway anew.")
    return Finding(True, "The webhook is set.")


async def _answers(url: str, secret: str) -> list[Finding]:
    """Call the webhook as Telegram would, with an update that says nothing, and as somebody else would."""
    try:
        async with httpx.AsyncClient(timeout=SECONDS) as http:
            ours = await http.post(url, json={}, headers={SECRET_HEADER: secret})
            foreign = await http.post(url, json={})
    except httpx.HTTPError as error:
        return [
            Finding(
                False, f"{url} does not answer from here ({type(error).__name__}). Is the gateway running?"
            )
        ]
    if ours.status_code != OK:
        reason = (
            "runs with another TELEGRAM_WEBHOOK_SECRET" if ours.status_code == 403 else "is not the gateway"
        )
        return [Finding(False, f"What answers at {url} {reason} (HTTP {ours.status_code}).")]
    if foreign.status_code != UNAUTHORIZED:
        return [
            Finding(
                False, f"{url} takes updates from anybody (HTTP {foreign.status_code} without the secret)."
            )
        ]
    return [Finding(True, "The webhook answers, and only with the secret.")]


def _last_error(info: WebhookInfo) -> Finding:
    at = info.last_error_date
    is_over = info.pending_update_count == 0
    when = f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if isinstance(at, datetime) else "some time"
    what = f"Telegram's last trouble with the webhook, {when}: {info.last_error_message}."
    return Finding(is_over, f"{what} {'It is over.' if is_over else _advice(info.last_error_message or '')}")


def _advice(message: str) -> str:
    lower = message.lower()
    if "401" in lower or "403" in lower:
        return "The secret it uses is another: start the gateway anew, which tells it."
    if "500" in lower:
        return "The gateway could not keep messages: look into its log and at its database."
    if "ssl" in lower or "certificate" in lower:
        return "The certificate must be valid and its chain complete."
    if "connection" in lower or "timed out" in lower or "timeout" in lower or "resolve" in lower:
        return "From the internet the address does not lead here: look at DNS, firewall and reverse proxy."
    return "The reverse proxy before the gateway may be the cause."


def _waiting(info: WebhookInfo) -> Finding:
    count = info.pending_update_count
    if count > MANY_WAITING:
        return Finding(False, f"{count} updates wait at Telegram: they are fetched too slowly or not at all.")
    return Finding(True, f"{count} updates wait at Telegram.")
