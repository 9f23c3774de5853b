"""Requests to the Cloud API: address, token, and what a failure means.

Called by ``gateway.whatsapp.client``, ``gateway.whatsapp.media`` and ``gateway.whatsapp.check``. The token goes to the
configured address and to Meta's hosts of files only.
"""

import ipaddress
from typing import Any

import httpx

from gateway.delivery.errors import RetryLater, Unknown
from gateway.whatsapp.errors import error_of, failure_of

SECONDS = 20.0
CONNECT_SECONDS = 5.0
META_HOSTS = ("facebook.com", "fbsbx.com", "fbcdn.net", "whatsapp.net")


class Api:
    """One telephone number of ours on the Cloud API."""

    def __init__(self, url: str, version: str, token: str) -> None:
        self._base = httpx.URL(url)
        self._authorization = {"Authorization": f"Bearer {token}"}
        self._http = httpx.AsyncClient(
            base_url=f"{url.rstrip('/')}/{version}",
            timeout=httpx.Timeout(SECONDS, connect=CONNECT_SECONDS),
            trust_env=not _is_loopback(self._base.host),
        )

    async def post(self, path: str, **content: Any) -> dict[str, Any]:
        """Post ``json`` or a form and return the answer.

        Raises:
            SendError: as ``gateway.whatsapp.errors`` decides; ``Unknown`` if the connection broke on the way.
        """
        return _read(await self._request("POST", path, **content))

    async def get(self, path: str, **params: str) -> dict[str, Any]:
        """Get what a path tells.

        Raises:
            SendError: as for ``post``.
        """
        return _read(await self._request("GET", path, params=params))

    async def download(self, url: str, limit: int) -> bytes | None:
        """Return a file, but no more than ``limit`` bytes and one; None if its address is not Meta's.

        Raises:
            SendError: as for ``post``.
        """
        self._refuse_when_closed()
        try:
            if not self._may_know_the_token(httpx.URL(url)):
                return None
            request = self._http.build_request("GET", url, headers=self._authorization)
            response = await self._http.send(request, stream=True)
            try:
                return await _content(response, limit)
            finally:
                await response.aclose()
        except httpx.InvalidURL:
            return None
        except httpx.RequestError as error:
            raise RetryLater(type(error).__name__) from error

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _request(self, method: str, path: str, **content: Any) -> httpx.Response:
        self._refuse_when_closed()
        try:
            response = await self._http.request(method, path, headers=self._authorization, **content)
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.ProxyError) as error:
            raise RetryLater(type(error).__name__) from error
        except httpx.RequestError as error:
            raise Unknown(type(error).__name__) from error
        if not response.is_success:
            raise error_of(failure_of(response))
        return response

    def _refuse_when_closed(self) -> None:
        """The gateway is stopping: what was not begun waits for its next start."""
        if self._http.is_closed:
            raise RetryLater("the connections are closed")

    def _may_know_the_token(self, url: httpx.URL) -> bool:
        if (url.scheme, url.host, url.port) == (self._base.scheme, self._base.host, self._base.port):
            return True
        ours = any(url.host == host or url.host.endswith(f".{host}") for host in META_HOSTS)
        return url.scheme == "https" and ours


async def _content(response: httpx.Response, limit: int) -> bytes:
    if not response.is_success:
        await response.aread()
        raise error_of(failure_of(response))
    content = bytearray()
    async for piece in response.aiter_bytes():
        content += piece
        if len(content) > limit:
            break
    return bytes(content[: limit + 1])


def _read(response: httpx.Response) -> dict[str, Any]:
    try:
        answer = response.json()
    except ValueError as error:
        raise Unknown("an answer that is not JSON") from error
    if not isinstance(answer, dict):
        raise Unknown("an answer that is no object")
    return answer


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
