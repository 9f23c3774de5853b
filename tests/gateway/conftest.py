"""What the gateway's tests share: a Rasa stand-in, a gateway with a movable clock, browsers over HTTP."""

import itertools
import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sanic import Sanic

from crm.bootstrap import Crm
from crm.domain.complaint import News
from crm.domain.reference import Reference
from crm.domain.report_number import ReportNumber
from crm.domain.status import Status
from gateway.app import Gateway
from gateway.media import Media, open_media
from gateway.news import CrmServices
from gateway.settings import BucketSettings, Settings
from gateway.web import create_web
from tests.bot.postgres import binaries, cluster
from tests.gateway.browser import Browser
from tests.gateway.fake_platform import FakeClient, platforms_of
from tests.gateway.rasa_stand_in import SECRET, StandIn

if TYPE_CHECKING:
    from tests.servers.s3_server import S3Server

DOMAIN = """
responses:
  utter_gateway_delayed: [{text: "tunda"}]
  utter_gateway_old_button: [{text: "tombol lama"}]
  utter_gateway_failed: [{text: "gagal"}]
  utter_gateway_photo_rejected: [{text: "bukan foto"}]
  utter_gateway_photo_too_large: [{text: "foto terlalu besar"}]
  utter_gateway_photo_later: [{text: "foto nanti"}]
  utter_gateway_too_fast: [{text: "terlalu cepat"}]
  utter_gateway_edit_too_late: [{text: "sunting terlambat"}]
  utter_gateway_maybe_twice: [{text: "mungkin dua kali"}]
  utter_gateway_share_location: [{text: "bagikan lokasi"}]
  utter_gateway_by_number: [{text: "balas nomor"}]
  utter_gateway_location_label: [{text: "Kirim lokasi"}]
  utter_gateway_list_label: [{text: "Pilih"}]
  utter_gateway_command_lapor: [{text: "lapor"}]
  utter_gateway_command_status: [{text: "status"}]
  utter_gateway_command_batal: [{text: "batal"}]
  utter_gateway_command_bantuan: [{text: "bantuan"}]
  utter_gateway_command_privasi: [{text: "privasi"}]
  utter_gateway_command_start: [{text: "start"}]
  utter_gateway_voice: [{text: "suara"}]
  utter_gateway_video: [{text: "video"}]
  utter_gateway_sticker: [{text: "stiker"}]
  utter_gateway_document: [{text: "berkas"}]
  utter_gateway_contact: [{text: "kontak"}]
  utter_gateway_group: [{text: "grup"}]
  utter_gateway_live_location: [{text: "lokasi langsung"}]
  utter_gateway_unsupported: [{text: "tidak didukung"}]
  utter_news_proses: [{text: "{report_number} dikerjakan {unit}. {note}"}]
  utter_news_selesai: [{text: "{report_number} selesai. {note}"}]
  utter_news_question: [{text: "{unit} bertanya: {note}"}]
  utter_news_late: [{text: "{report_number} terlambat sampai {expected_by}"}]
  utter_news_closed: [{text: "{report_number} ditutup"}]
  utter_news_split: [{text: "{report_number} dibagi, {other_number}"}]
  utter_news_followed: [{text: "{report_number}: {other_number} {status}"}]
"""
NEWS_STATUSES = ("PROSES", "SELESAI")
_names = itertools.count()


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **by: float) -> None:
        self.now += timedelta(**by)


def news_of(number: int, reporter: str, status: Status, note: str = "") -> News:
    """A piece of news about the report with this daily number."""
    now = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)
    report_number = ReportNumber("JK", now.date(), number)
    return News(number, reporter, report_number, status, "Dinas Bina Marga", note, now)


@dataclass
class CrmNews:
    """The CRM as the gateway sees it: news, photos of reports, nothing to prune and nothing due."""

    reference = Reference({}, {}, ())

    news: list[News] = field(default_factory=list)
    relayed: list[int] = field(default_factory=list)
    photos: set[str] = field(default_factory=set)

    def pending_news(self, limit: int) -> list[News]:
        return [item for item in self.news if item.news_id not in self.relayed][:limit]

    def news_relayed(self, ids: Any) -> None:
        self.relayed.extend(ids)

    def attached_photos(self, names: Sequence[str]) -> frozenset[str]:
        return frozenset(names) & self.photos

    def prune(self) -> int:
        return 0

    def refresh_figures(self) -> int:
        return 0

    def escalate(self) -> int:
        return 0

    def close_silent(self) -> int:
        return 0


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def rasa() -> Iterator[StandIn]:
    stand_in = StandIn()
    stand_in.start()
    yield stand_in
    stand_in.gate.set()
    stand_in.stop()


@pytest.fixture
def crm() -> CrmNews:
    return CrmNews()


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    if not (programs := binaries()):
        pytest.skip("no PostgreSQL binaries on this machine")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with cluster(programs, port) as running:
        yield running.url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'gateway.db'}"
    url: str = request.getfixturevalue("postgresql_url")
    return fresh_database(url)


def fresh_database(url: str) -> str:
    import psycopg

    name = f"gateway_{next(_names)}"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    return url.rsplit("/", 1)[0] + f"/{name}"


@pytest.fixture
def settings(tmp_path: Path, rasa: StandIn, database_url: str) -> Settings:
    domain = tmp_path / "domain.yml"
    domain.write_text(DOMAIN, encoding="utf-8")
    return Settings(
        identity_key=bytes(range(64)),
        gateway_secret=SECRET,
        var=tmp_path,
        database_url=database_url,
        rasa_url=rasa.url,
        domain=domain,
    )


@pytest.fixture
async def gateway(settings: Settings, crm: CrmNews, clock: Clock) -> AsyncIterator[Gateway]:
    """A gateway without background work: tests drive it by ``settle``."""
    gateway = Gateway(settings, crm, NEWS_STATUSES, clock)
    await gateway.open()
    yield gateway
    await gateway.close()


@pytest.fixture
def telegram() -> FakeClient:
    return FakeClient("telegram")


@pytest.fixture
def whatsapp() -> FakeClient:
    return FakeClient("whatsapp")


@pytest.fixture
async def pushing(
    settings: Settings, crm: CrmNews, clock: Clock, telegram: FakeClient, whatsapp: FakeClient
) -> AsyncIterator[Gateway]:
    """A gateway with two fake platforms and without background work."""
    gateway = Gateway(settings, crm, NEWS_STATUSES, clock, platforms_of(telegram, whatsapp))
    await gateway.open()
    yield gateway
    await gateway.close()


@pytest.fixture
async def siti(pushing: Gateway) -> str:
    """A citizen on Telegram."""
    return await pushing.addresses.conversation("telegram", [b"siti"])


@pytest.fixture
async def wati(pushing: Gateway) -> str:
    """A citizen on WhatsApp."""
    return await pushing.addresses.conversation("whatsapp", [b"wati"])


@pytest.fixture
def conversation(gateway: Gateway) -> str:
    return gateway.identity.conversation_id("web", b"siti")


@dataclass
class Served:
    """A gateway with its background work, serving HTTP on a port of its own."""

    gateway: Gateway
    url: str

    def browser(self, **headers: str) -> Browser:
        return Browser(self.url, headers)


@asynccontextmanager
async def serve(settings: Settings, crm: CrmServices, *, pages: Crm | None = None) -> AsyncIterator[Served]:
    """Serve a gateway with its background work on a port of its own, with the pages of a CRM if there is one."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
        gateway = Gateway(settings, crm, NEWS_STATUSES)
        app: Sanic = create_web(gateway, name=f"aduan-{next(_names)}", crm=pages)
        server = await app.create_server(sock=listener, return_asyncio_server=True)
        assert server is not None
        await server.startup()
        await server.before_start()
        await server.start_serving()
        yield Served(gateway, url)
        await server.before_stop()
        await server.close()
        await server.after_stop()


@pytest.fixture
async def served(settings: Settings, crm: CrmNews) -> AsyncIterator[Served]:
    async with serve(settings, crm) as running:
        yield running


@pytest.fixture
def s3(clock: Clock) -> Iterator["S3Server"]:
    """A bucket on a server of its own, empty and with a key that may use it."""
    from tests.servers.s3_server import S3Server  # Takes a second, and only tests of the bucket need it.

    server = S3Server(clock)
    yield server
    server.close()


@pytest.fixture(params=["folder", "bucket"])
def bucket(request: pytest.FixtureRequest) -> BucketSettings | None:
    """Where photos are kept: in a folder, and in a bucket."""
    if request.param == "folder":
        return None
    s3: S3Server = request.getfixturevalue("s3")
    return s3.settings


@pytest.fixture
async def media(tmp_path: Path, bucket: BucketSettings | None, clock: Clock) -> AsyncIterator[Media]:
    """Photos alone, in each store."""
    settings = Settings(identity_key=b"", gateway_secret="", var=tmp_path, database_url="", bucket=bucket)
    media = open_media(settings, clock)
    yield media
    await media.close()
