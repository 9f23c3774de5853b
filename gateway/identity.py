"""Pseudonyms: what the databases know instead of a platform's number or a browser's token.

Called by the channels (platform id to conversation id and back), ``gateway.inbox`` and ``gateway.outbox``
(hashes of message ids). AES-SIV (RFC 5297) is deterministic, so that one citizen is one conversation; only
the key's holder can turn a pseudonym back.
"""

import base64
import hashlib
import hmac

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV


class UnknownConversation(Exception):
    """The id was not made under this key, or not for any channel of ours."""


class Identity:
    """Turns platform ids into conversation ids (``web:<base32>``) and back."""

    def __init__(self, key: bytes) -> None:
        self._cipher = AESSIV(key)
        self._hash_key = hmac.digest(key, b"aduan: message ids seen", "sha256")

    def conversation_id(self, channel: str, platform_id: bytes) -> str:
        """Return the pseudonym of a citizen on a channel."""
        sealed = self._cipher.encrypt(platform_id, [channel.encode()])
        return f"{channel}:{base64.b32encode(sealed).decode().rstrip('=').lower()}"

    def platform_id(self, conversation_id: str) -> bytes:
        """Return the platform's id behind a pseudonym.

        Raises:
            UnknownConversation: it is none of ours.
        """
        channel, _, name = conversation_id.partition(":")
        try:
            sealed = base64.b32decode(name.upper() + "=" * (-len(name) % 8))
            return self._cipher.decrypt(sealed, [channel.encode()])
        except (ValueError, InvalidTag) as error:
            raise UnknownConversation("not a conversation of this gateway") from error

    def seen_hash(self, *parts: str) -> str:
        """Return what remains of a handled message: a keyed hash of its id."""
        return hmac.digest(self._hash_key, "\0".join(parts).encode(), "sha256").hex()[:32]


def channel_of(conversation_id: str) -> str:
    """Return the channel a conversation belongs to."""
    return conversation_id.partition(":")[0]


def browser_id(token: str) -> bytes:
    """Return the web chat's platform id: a hash, so that no pseudonym leads back to a cookie."""
    return hashlib.sha256(token.encode()).digest()[:16]
