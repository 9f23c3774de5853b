"""What the tests of pages share: the pages served over HTTP, with the gateway's real photos, and officers signed in."""

import itertools
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest
from sanic import Sanic
from sanic.config import Config

from crm.bootstrap import Crm
from crm.domain.tracking_link import TrackingLinks
from crm.web.mount import city_pages
from gateway.city import photos_of
from gateway.media import Media, open_media
from gateway.settings import Settings as GatewaySettings
from tests.crm.conftest import Clock
from tests.crm.web.reader import Reader

_names = itertools.count()
LINKS = TrackingLinks("rahasia")


@dataclass
class Pages:
    """The pages on a port of their own."""

    url: str
    crm: Crm
    media: Media
    readers: list[Reader] = field(default_factory=list)

    def reader(self) -> Reader:
        """A browser of its own: another cookie jar."""
        self.readers.append(Reader(httpx.AsyncClient(base_url=self.url, timeout=15, trust_env=False)))
        return self.readers[-1]


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """SQLite: what the services do on PostgreSQL is tested with them."""
    return f"sqlite:///{tmp_path / 'crm.db'}"


@pytest.fixture
async def media(tmp_path: Path, clock: Clock) -> AsyncIterator[Media]:
    settings = GatewaySettings(identity_key=b"", gateway_secret="", var=tmp_path, database_url="")
    media = open_media(settings, clock)
    yield media
    await media.close()


@pytest.fixture
async def pages(crm: Crm, clock: Clock, media: Media) -> AsyncIterator[Pages]:
    config = Config(env_prefix="")
    config.TOUCHUP = False
    app = Sanic(f"pages-{next(_names)}", configure_logging=False, config=config)
    app.blueprint(city_pages(crm, photos_of(media), secure=False, links=LINKS, clock=clock))
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        server = await app.create_server(sock=listener, return_asyncio_server=True)
        assert server is not None
        await server.startup()
        await server.before_start()
        await server.start_serving()
        served = Pages(url, crm, media)
        yield served
        for reader in served.readers:
            await reader.http.aclose()
        await server.before_stop()
        await server.close()
        await server.after_stop()
