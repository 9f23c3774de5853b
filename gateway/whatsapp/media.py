"""Files: what citizens sent is fetched in two steps, what we send is uploaded first.

Called by ``gateway.whatsapp.client``. Calls ``gateway.whatsapp.api``. The address of a file is good for five minutes:
it is asked for when the file is wanted, and never taken from a webhook.
"""

from gateway.delivery.errors import ChannelDown, MediaGone, RetryLater, SendError, Unknown
from gateway.whatsapp.api import Api

ASKED_AT_MOST = 2
TYPE, NAME = "image/jpeg", "foto.jpg"


async def fetch(api: Api, phone_number_id: str, media_id: str, limit: int) -> bytes:
    """Return the bytes of a file, of one that is too long the first ``limit`` and one more.

    Raises:
        MediaGone: it is not there, or kept where our token must not go.
        RetryLater, ChannelDown: it can be tried again.
    """
    for _ in range(ASKED_AT_MOST):
        address = await _address(api, phone_number_id, media_id)
        try:
            content = await api.download(address, limit)
        except RetryLater:
            raise
        except SendError:
            continue  # The address has expired meanwhile: ask for a new one.
        if content is None:
            break
        return content
    raise MediaGone("no such file for us")


async def upload(api: Api, phone_number_id: str, photo: bytes) -> str:
    """Upload a photo and return the id to send it by.

    Raises:
        SendError: as ``Api.post``, never ``Unknown``: nothing was sent yet.
    """
    try:
        answer = await api.post(
            f"/{phone_number_id}/media",
            data={"messaging_product": "whatsapp", "type": TYPE},
            files={"file": (NAME, photo, TYPE)},
        )
        return str(answer["id"])
    except (Unknown, KeyError) as error:
        raise RetryLater("the upload of a picture") from error


async def _address(api: Api, phone_number_id: str, media_id: str) -> str:
    try:
        answer = await api.get(f"/{media_id}", phone_number_id=phone_number_id)
    except Unknown as error:
        raise RetryLater(str(error)) from error
    except (RetryLater, ChannelDown):
        raise
    except SendError as error:
        raise MediaGone(str(error)) from error
    url = answer.get("url")
    if not isinstance(url, str):
        raise MediaGone("no address in the answer")
    return url
