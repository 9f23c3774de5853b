"""The web chat's HTTP interface (docs/architecture.md, 5): parse, keep, acknowledge; never wait for Rasa.

Mounted by ``gateway.web``. Calls what lies beside it, and the gateway's inbox, outbox and photos.
"""

from functools import partial

from sanic import Blueprint, HTTPResponse, Request, empty, json, raw

from gateway.app import Gateway
from gateway.limits import RateLimit
from gateway.webchat import parse
from gateway.webchat.areas import Areas
from gateway.webchat.errors import NoSession
from gateway.webchat.limits import network_of
from gateway.webchat.sessions import Sessions
from gateway.webchat.uploads import read_upload

COOKIE = "aduan_chat"
COOKIE_SECONDS = 400 * 24 * 3600  # the longest that browsers keep any
MINUTE, HOUR = 60, 3600
PHOTO_CACHE = "private, max-age=31536000, immutable"
# Many citizens share one address: the mobile networks put thousands behind it.
MESSAGES_A_MINUTE, ADDRESS_MESSAGES_A_MINUTE, ADDRESS_SESSIONS_AN_HOUR = 30, 300, 200


class WebChat:
    """The handlers of the web chat."""

    def __init__(self, gateway: Gateway) -> None:
        self._gateway = gateway
        self._streams = gateway.streams
        self._sessions = Sessions(gateway.store, gateway.inbox, gateway.identity, gateway.clock)
        self._areas = Areas.load(gateway.settings.reference)
        self._messages = RateLimit(MESSAGES_A_MINUTE, MINUTE)
        self._address_messages = RateLimit(ADDRESS_MESSAGES_A_MINUTE, MINUTE)
        self._address_sessions = RateLimit(ADDRESS_SESSIONS_AN_HOUR, HOUR)

    def blueprint(self) -> Blueprint:
        """Return the routes, all under ``/chat``."""
        chat = Blueprint("webchat", url_prefix="/chat")
        chat.add_route(self.begin_session, "/session", methods=["POST"])
        chat.add_route(self.end_session, "/session", methods=["DELETE"])
        chat.add_route(self.receive_message, "/messages", methods=["POST"])
        chat.add_route(partial(self.receive_photo), "/photos", methods=["POST"], name="photos", stream=True)
        chat.add_route(self.show_photo, "/photos/<name:str>", methods=["GET"])
        chat.add_route(self.send_events, "/events", methods=["GET"])
        chat.add_route(self.acknowledge, "/ack", methods=["POST"])
        chat.add_route(self.list_areas, "/areas", methods=["GET"])
        return chat

    async def begin_session(self, request: Request) -> HTTPResponse:
        """Give a new browser its conversation; leave a known one as it is."""
        if await self._sessions.find(request.cookies.get(COOKIE)):
            return json({}, status=200)
        self._address_sessions.count(_address(request))
        response = json({}, status=201)
        self._set_cookie(response, await self._sessions.begin(), COOKIE_SECONDS)
        return response

    async def end_session(self, request: Request) -> HTTPResponse:
        """Forget the conversation."""
        conversation_id = await self._conversation(request)
        await self._sessions.end(conversation_id)
        self._streams.close(conversation_id)
        response = empty()
        self._set_cookie(response, "", 0)
        return response

    async def receive_message(self, request: Request) -> HTTPResponse:
        """Keep a text, a tapped button or a place."""
        conversation_id = await self._conversation(request)
        self._count(request, conversation_id)
        body = parse.parse_json(request.body)
        await self._gateway.inbox.keep(parse.parse_message(body, conversation_id, self._areas))
        return json({}, status=202)

    async def receive_photo(self, request: Request) -> HTTPResponse:
        """Check and store a photo, and keep the message that it came."""
        conversation_id = await self._conversation(request)
        self._count(request, conversation_id)
        upload = await read_upload(request)
        name = await self._gateway.media.keep_photo(upload.content)
        message = parse.photo_message(conversation_id, upload.message_id, name, upload.caption)
        if not await self._gateway.inbox.keep(message):
            await self._gateway.media.drop_photo(name)
        return json({}, status=202)

    async def show_photo(self, request: Request, name: str) -> HTTPResponse:
        """Show a photo that a message named: names are random, so only who was told one can ask for it."""
        await self._conversation(request)
        photo = await self._gateway.media.read(name)
        if photo is None:
            return empty(404)
        return raw(photo, content_type="image/jpeg", headers={"Cache-Control": PHOTO_CACHE})

    async def send_events(self, request: Request) -> None:
        """Send what waits and what comes, for as long as the browser listens."""
        conversation_id = await self._conversation(request)
        with self._streams.open(conversation_id) as stream:
            response = await request.respond(
                content_type="text/event-stream; charset=utf-8", headers={"X-Accel-Buffering": "no"}
            )
            async for event in stream.events(self._gateway.outbox):
                await response.send(event)
            await response.eof()

    async def acknowledge(self, request: Request) -> HTTPResponse:
        """Forget what has arrived in the browser."""
        conversation_id = await self._conversation(request)
        ids = parse.parse_acknowledged(parse.parse_json(request.body))
        await self._gateway.outbox.arrived(conversation_id, ids)
        return json({})

    async def list_areas(self, request: Request) -> HTTPResponse:
        """List kota, kecamatan and kelurahan for the picker."""
        return json(self._areas.tree, headers={"Cache-Control": "public, max-age=3600"})

    async def _conversation(self, request: Request) -> str:
        if conversation_id := await self._sessions.find(request.cookies.get(COOKIE)):
            return conversation_id
        raise NoSession

    def _count(self, request: Request, conversation_id: str) -> None:
        self._messages.count(conversation_id)
        self._address_messages.count(_address(request))

    def _set_cookie(self, response: HTTPResponse, token: str, seconds: int) -> None:
        response.add_cookie(
            COOKIE,
            token,
            path="/",
            max_age=seconds,
            httponly=True,
            samesite="Strict",
            secure=self._gateway.settings.secure_cookies,
        )


def _address(request: Request) -> str:
    return network_of(request.remote_addr or request.ip)
