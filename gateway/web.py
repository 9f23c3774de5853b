"""The web process's HTTP side: one Sanic app with the chat, the city's pages, the health check and the webhooks.

Called by ``gateway.__main__`` and by tests. Calls ``gateway.webchat.routes``, ``gateway.city``, ``gateway.app`` and
its platforms.
"""

from functools import partial
from pathlib import Path

from sanic import HTTPResponse, Request, Sanic, file, json
from sanic.config import Config

from crm.bootstrap import Crm
from gateway.app import Gateway
from gateway.city import pages_of
from gateway.webchat.errors import ForeignOrigin, refusal
from gateway.webchat.routes import WebChat

WEBCHAT = Path(__file__).with_name("webchat")
PAGE = WEBCHAT / "templates" / "chat.html"
REQUEST_LIMIT = 4 * 1024 * 1024  # WhatsApp sends up to 3 MB; photos have their own (gateway.webchat.uploads)

SECURITY_HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(self), camera=(), microphone=()",
}


def create_web(gateway: Gateway, name: str = "aduan", crm: Crm | None = None) -> Sanic:  # type: ignore[type-arg]
    """Return the app that serves ``gateway``; starting and stopping the one does so with the other.

    With ``crm`` it serves the pages of officers and of the public as well.
    """
    app = Sanic(name, configure_logging=False, config=_config(gateway))
    app.blueprint(WebChat(gateway).blueprint())
    for platform in gateway.platforms:
        if (webhook := platform.blueprint()) is not None:
            app.blueprint(webhook)
    if crm is not None:
        app.blueprint(pages_of(crm, gateway))
    app.add_route(_page, "/", methods=["GET"], name="page")
    app.static("/static", WEBCHAT / "static", name="static")
    app.add_route(partial(_health, gateway), "/healthz", methods=["GET"], name="health")
    app.exception(Exception)(lambda request, error: refusal(request, error, gateway.texts))
    app.register_middleware(partial(_refuse_foreign_origin, gateway.settings.public_url), "request")
    app.register_middleware(partial(_secure, https=gateway.settings.secure_cookies), "response")
    app.before_server_start(lambda _app: gateway.start())
    app.before_server_stop(lambda _app: gateway.streams.close())
    app.after_server_stop(lambda _app: gateway.stop())
    return app


def _config(gateway: Gateway) -> Config:
    config = Config(env_prefix="")
    config.REQUEST_MAX_SIZE = REQUEST_LIMIT
    config.PROXIES_COUNT = gateway.settings.proxies or None
    config.ACCESS_LOG = False
    config.MOTD = False
    config.TOUCHUP = False  # rewrites Sanic's code at start, which works for the first app of a process only
    config.FALLBACK_ERROR_FORMAT = "json"
    config.KEEP_ALIVE_TIMEOUT = 30
    config.GRACEFUL_SHUTDOWN_TIMEOUT = 3.0
    return config


async def _page(request: Request) -> HTTPResponse:
    return await file(PAGE, mime_type="text/html; charset=utf-8", headers={"Cache-Control": "no-cache"})


async def _health(gateway: Gateway, request: Request) -> HTTPResponse:
    # A platform that refuses us is an operator's business and no reason to take the web chat away.
    parts = await gateway.health()
    return json({**parts, **gateway.channel_health()}, status=200 if all(parts.values()) else 503)


async def _refuse_foreign_origin(public_url: str, request: Request) -> None:
    # SameSite=Strict already keeps cookies out of other sites' requests; this holds where it fails.
    if request.method in {"GET", "HEAD"}:
        return
    origin = request.headers.get("origin")
    ours = {public_url, f"http://{request.host}", f"https://{request.host}"}
    if (origin and origin not in ours) or request.headers.get("sec-fetch-site") == "cross-site":
        raise ForeignOrigin


async def _secure(request: Request, response: HTTPResponse, *, https: bool) -> None:
    for header, value in SECURITY_HEADERS.items():
        response.headers.setdefault(header, value)
    if https:
        response.headers.setdefault("Strict-Transport-Security", "max-age=31536000")
    default_cache = "no-cache" if request.path.startswith("/static") else "no-store"
    response.headers.setdefault("Cache-Control", default_cache)
