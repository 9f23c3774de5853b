"""A Telegram on loopback, and gateways that are connected to it."""

import itertools
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from sanic import Sanic

from gateway.app import Gateway
from gateway.settings import Settings, TelegramSettings
from gateway.telegram.api import Api
from gateway.telegram.client import TelegramClient
from gateway.web import create_web
from tests.gateway.conftest import NEWS_STATUSES, CrmNews
from tests.servers.telegram_citizen import Citizen
from tests.servers.telegram_server import TelegramServer

WEBHOOK_SECRET = "secret-of-the-webhook"
_names = itertools.count()


@pytest.fixture
def database_url(tmp_path) -> str:
    """SQLite: what differs between databases is tested with the core."""
    return f"sqlite:///{tmp_path / 'gateway.db'}"


@pytest.fixture
async def server() -> AsyncIterator[TelegramServer]:
    async with TelegramServer() as running:
        yield running


@pytest.fixture
def siti(server: TelegramServer) -> Citizen:
    return server.citizen("Siti")


@pytest.fixture
async def api(server: TelegramServer) -> AsyncIterator[Api]:
    api = Api(server.token, server.url)
    yield api
    await api.close()


@pytest.fixture
def client(api: Api) -> TelegramClient:
    return TelegramClient(api, "Kirim lokasi")


def connected(settings: Settings, server: TelegramServer, *, polling: bool = False) -> Settings:
    secret = None if polling else WEBHOOK_SECRET
    return replace(settings, telegram=TelegramSettings(server.token, secret, server.url))


@asynccontextmanager
async def serve(settings: Settings, crm: CrmNews, port: int = 0) -> AsyncIterator[Gateway]:
    """Serve a gateway with its background work; ``public_url`` is where it listens."""
    with socket.socket() as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(("127.0.0.1", port))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        gateway = Gateway(replace(settings, public_url=url), crm, NEWS_STATUSES)
        app: Sanic = create_web(gateway, name=f"aduan-telegram-{next(_names)}")
        web = await app.create_server(sock=listener, return_asyncio_server=True)
        assert web is not None
        await web.startup()
        await web.before_start()
        await web.start_serving()
        yield gateway
        await web.before_stop()
        await web.close()
        await web.after_stop()
