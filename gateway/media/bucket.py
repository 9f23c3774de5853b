"""The store of photos in an S3-compatible bucket.

Called by ``gateway.media.media``. Calls boto3. An object's time cannot be set and would tell when its sender was in the
chat. A new photo therefore lies under ``undecided/``; once a report has it, it is copied to ``kept/`` and the first
object deleted, so that the time that stays is the hourly sweep's (docs/adr/0009). Nothing but the bytes goes along:
no name of a file, no metadata, no tags, no ACL (private is the default, and buckets without ACLs refuse any).
"""

import ipaddress
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from gateway.clock import Clock
from gateway.media.store import MediaUnavailable
from gateway.media_settings import BucketSettings
from gateway.platform_settings import SettingsError

if TYPE_CHECKING:
    from types_boto3_s3 import S3Client

log = logging.getLogger(__name__)

UNDECIDED, FOR_GOOD = "undecided/", "kept/"
TYPE = "image/jpeg"
CONNECT_SECONDS, ANSWER_SECONDS, TRIES = 5, 20, 2
SERVER_ERROR, BUSY = 500, (408, 429)
NO_SUCH_KEY = "NoSuchKey"


class BucketStore:
    """Implements ``PhotoStore``."""

    def __init__(self, settings: BucketSettings, clock: Clock) -> None:
        """Prepare the calls; opens no connection.

        Raises:
            SettingsError: they cannot be prepared with these settings, or others that boto3 reads.
        """
        self._settings = settings
        self._bucket = settings.bucket
        self._clock = clock
        try:
            self._s3 = _client(settings)
        except BotoCoreError as error:
            raise SettingsError(f"ADUAN_MEDIA_URL: the AWS_… settings cannot be used: {error}") from error

    def check(self) -> None:
        """Ask for a list of the bucket; see ``PhotoStore``."""
        try:
            self._s3.list_objects_v2(Bucket=self._bucket, Prefix=self._settings.prefix, MaxKeys=1)
        except ClientError as error:
            if _status(error) < SERVER_ERROR and _status(error) not in BUSY:
                raise SettingsError(self._refusal(_code(error))) from None
            log.warning("The bucket of photos does not work now: %s", _code(error))
        except BotoCoreError as error:
            log.warning("The bucket of photos does not answer: %s", type(error).__name__)

    def keep(self, name: str, photo: bytes) -> None:
        """Keep a new photo; see ``PhotoStore``."""
        with _failures():
            self._s3.put_object(
                Bucket=self._bucket, Key=self._key(UNDECIDED, name), Body=photo, ContentType=TYPE
            )

    def read(self, name: str) -> bytes | None:
        """Return a photo; see ``PhotoStore``. Whatever is kept for good while we look is found at the second place."""
        return self._content(self._key(UNDECIDED, name)) or self._content(self._key(FOR_GOOD, name))

    def drop(self, name: str) -> None:
        """Delete a photo; see ``PhotoStore``."""
        with _failures():
            for state in (UNDECIDED, FOR_GOOD):
                self._s3.delete_object(Bucket=self._bucket, Key=self._key(state, name))

    def undecided(self, age: timedelta) -> list[str]:
        """Return the undecided photos older than ``age``; see ``PhotoStore``."""
        before = self._clock() - age
        start = self._key(UNDECIDED, "")
        with _failures():
            pages = self._s3.get_paginator("list_objects_v2").paginate(Bucket=self._bucket, Prefix=start)
            return [
                found["Key"].removeprefix(start)
                for page in pages
                for found in page.get("Contents", ())
                if found["LastModified"] < before
            ]

    def keep_for_good(self, name: str) -> None:
        """Copy the photo to where it stays and delete the first object; see ``PhotoStore``."""
        source = self._key(UNDECIDED, name)
        with _failures():
            self._s3.copy_object(
                Bucket=self._bucket,
                Key=self._key(FOR_GOOD, name),
                CopySource={"Bucket": self._bucket, "Key": source},
            )
            self._s3.delete_object(Bucket=self._bucket, Key=source)

    def close(self) -> None:
        """Close connections."""
        self._s3.close()

    def _key(self, state: str, name: str) -> str:
        return f"{self._settings.prefix}{state}{name}"

    def _content(self, key: str) -> bytes | None:
        with _failures():
            try:
                return self._s3.get_object(Bucket=self._bucket, Key=key)["Body"].read()
            except ClientError as error:
                if _code(error) == NO_SUCH_KEY:
                    return None
                raise

    def _refusal(self, code: str) -> str:
        at = self._settings.endpoint or "AWS"
        return (
            f"ADUAN_MEDIA_URL: {at} does not let us use the bucket {self._bucket!r} ({code}). Check its name, "
            "AWS_REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and what the key may do (docs/media.md)."
        )


def _client(settings: BucketSettings) -> "S3Client":
    return boto3.session.Session().client(
        "s3",
        endpoint_url=settings.endpoint,
        region_name=settings.region,
        aws_access_key_id=settings.key_id,
        aws_secret_access_key=settings.secret,
        config=_config(settings.endpoint),
    )


def _config(endpoint: str | None) -> Config:
    return Config(
        connect_timeout=CONNECT_SECONDS,
        read_timeout=ANSWER_SECONDS,
        retries={"mode": "standard", "total_max_attempts": TRIES},
        # Servers other than Amazon's know neither hosts named after buckets nor its newer checksums.
        s3={"addressing_style": "path" if endpoint else "auto"},
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        proxies={} if _is_loopback(endpoint) else None,
    )


def _is_loopback(endpoint: str | None) -> bool:
    host = urlsplit(endpoint or "").hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


@contextmanager
def _failures() -> Iterator[None]:
    """What goes wrong is told by its code: the server's sentence may hold addresses and keys of objects."""
    try:
        yield
    except ClientError as error:
        raise MediaUnavailable(_code(error)) from None
    except BotoCoreError as error:
        raise MediaUnavailable(type(error).__name__) from None


def _code(error: ClientError) -> str:
    return error.response.get("Error", {}).get("Code", "an error without a code")


def _status(error: ClientError) -> int:
    return error.response.get("ResponseMetadata", {}).get("HTTPStatusCode", SERVER_ERROR)
