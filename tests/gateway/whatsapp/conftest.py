"""A Cloud API on loopback with one citizen, our client for it, and a gateway that it calls.

The gateway stands still until ``Line.exchange`` moves it; platform and gateway share the clock.
"""

import asyncio
import itertools
import socket
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace

import pytest
from sanic import Sanic
from sanic.config import Config

from gateway.app import Gateway
from gateway.settings import Settings, WhatsAppSettings
from gateway.whatsapp.api import Api
from gateway.whatsapp.client import WhatsAppClient
from gateway.whatsapp.receive import PATH
from gateway.whatsapp.template import Template
from tests.gateway.conftest import NEWS_STATUSES, Clock, CrmNews
from tests.gateway.whatsapp.bodies import NUMBER, PHONE, USER_ID
from tests.servers.whatsapp_citizen import Citizen
from tests.servers.whatsapp_server import WhatsAppServer

TEMPLATE = "kabar_laporan"
HOLD_SECONDS = 2
_names = itertools.count()


@pytest.fixture
def meta(clock: Clock) -> Iterator[WhatsAppServer]:
    """The platform, under the name of who runs it."""
    server = WhatsAppServer(clock=lambda: clock().timestamp(), phone_number_id=NUMBER)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def siti(meta: WhatsAppServer) -> Citizen:
    """A citizen with number and business-scoped id."""
    return meta.citizen(PHONE, user_id=USER_ID, name="Siti Aminah")


@pytest.fixture
async def client(meta: WhatsAppServer) -> AsyncIterator[WhatsAppClient]:
    api = Api(meta.url, "v25.0", meta.platform.token)
    client = WhatsAppClient(api, NUMBER, Template(TEMPLATE, "id"), "Pilih")
    yield client
    await client.close()


def whatsapp_settings(meta: WhatsAppServer, template: str | None = TEMPLATE) -> WhatsAppSettings:
    return WhatsAppSettings(
        token=meta.platform.token,
        phone_number_id=NUMBER,
        app_secret=meta.platform.app_secret,
        verify_token="verify-me",
        api_url=meta.url,
        template=template,
    )


@dataclass
class Line:
    """A gateway and the platform that calls it."""

    gateway: Gateway
    meta: WhatsAppServer
    clock: Clock

    async def deliver(self) -> list[int]:
        """Have the platform deliver what waits."""
        return await asyncio.to_thread(self.meta.webhooks.deliver)

    async def exchange(self, seconds: float = HOLD_SECONDS) -> None:
        """Carry everything both ways, and the statuses of it, as it would go in so many seconds."""
        await self.deliver()
        self.clock.move(seconds=seconds)
        await self.gateway.settle()
        await self.deliver()


@pytest.fixture
async def line(settings: Settings, meta: WhatsAppServer, crm: CrmNews, clock: Clock) -> AsyncIterator[Line]:
    gateway = Gateway(replace(settings, whatsapp=whatsapp_settings(meta)), crm, NEWS_STATUSES, clock)
    await gateway.open()
    config = Config(env_prefix="")
    config.TOUCHUP = False
    app: Sanic = Sanic(f"whatsapp-{next(_names)}", configure_logging=False, config=config)
    (platform,) = gateway.platforms
    blueprint = platform.blueprint()
    assert blueprint is not None
    app.blueprint(blueprint)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        meta.webhooks.url = f"http://127.0.0.1:{listener.getsockname()[1]}{PATH}"
        server = await app.create_server(sock=listener, return_asyncio_server=True)
        assert server is not None
        await server.startup()
        await server.before_start()
        await server.start_serving()
        yield Line(gateway, meta, clock)
        await server.before_stop()
        await server.close()
        await server.after_stop()
    await gateway.close()
