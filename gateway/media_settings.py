"""What the environment tells about where photos are kept: nothing (the folder under ``ADUAN_VAR``), or a bucket.

Called by ``gateway.settings``. Calls nothing. The names beside ``ADUAN_MEDIA_URL`` are those all tools for S3 read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from gateway.platform_settings import SettingsError

_URL = re.compile(r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?P<prefix>(/[A-Za-z0-9_.-]+)*)/?")
_ENDPOINT = re.compile(r"https?://([A-Za-z0-9.-]+|\[[0-9A-Fa-f:]+\])(:\d{1,5})?/?")
ENDPOINTS = ("AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL")


@dataclass(frozen=True)
class BucketSettings:
    """A bucket, and the part of it that is ours: "" or a prefix that ends in "/". Without ``endpoint``: Amazon's."""

    bucket: str
    prefix: str
    region: str
    key_id: str = field(repr=False)
    secret: str = field(repr=False)
    endpoint: str | None = None


def read_bucket(environment: Mapping[str, str]) -> BucketSettings | None:
    """Return the bucket for photos, None without ``ADUAN_MEDIA_URL``.

    Raises:
        SettingsError: it names no bucket, or something is missing beside it.
    """
    url = environment.get("ADUAN_MEDIA_URL")
    if not url:
        return None
    named = _URL.fullmatch(url)
    if named is None:
        raise SettingsError(
            f"ADUAN_MEDIA_URL must be s3://bucket or s3://bucket/prefix, not {url!r}; "
            "leave it empty to keep photos in the folder under ADUAN_VAR."
        )
    return BucketSettings(
        bucket=named["bucket"],
        prefix=f"{named['prefix'].lstrip('/')}/" if named["prefix"] else "",
        region=_beside_url(environment, "AWS_REGION"),
        key_id=_beside_url(environment, "AWS_ACCESS_KEY_ID"),
        secret=_beside_url(environment, "AWS_SECRET_ACCESS_KEY"),
        endpoint=_endpoint(environment),
    )


def _beside_url(environment: Mapping[str, str], name: str) -> str:
    if value := environment.get(name):
        return value
    raise SettingsError(f"{name} is not set, but ADUAN_MEDIA_URL is. Set both or neither (.env.example).")


def _endpoint(environment: Mapping[str, str]) -> str | None:
    name = next((name for name in ENDPOINTS if environment.get(name)), None)
    if name is None:
        return None
    if not _ENDPOINT.fullmatch(environment[name]):
        raise SettingsError(f"{name} must be like https://storage.example, not {environment[name]!r}.")
    return environment[name].rstrip("/")
