"""Proof photos on their way into a report: kept as soon as they came, so that a refused form does not lose them.

A form that is shown again names them, signed for this session: nobody can put another report's photo there.
Used by ``crm.web.console.acts``.
"""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass

from crm.web.shared.forms import PHOTO_LIMIT, PHOTOS_AT_MOST, Form
from crm.web.shared.photos import PhotoProblem, PhotoRefused, Photos

FIELD = "kept"


@dataclass(frozen=True)
class KeptPhotos:
    """The photos of one form: their names, and what was wrong with a further one."""

    names: Sequence[str] = ()
    problem: PhotoProblem | None = None


def sign(name: str, secret: str) -> str:
    """Return a photo's name as a form carries it."""
    digest = hmac.digest(secret.encode(), f"photo {name}".encode(), "sha256").hex()
    return f"{name}~{digest[:32]}"


def signed(value: str, secret: str) -> str | None:
    """Return the name in a form's value, None if this session has not kept it."""
    name = value.partition("~")[0]
    return name if hmac.compare_digest(sign(name, secret).encode(), value.encode()) else None


async def keep_photos(form: Form, photos: Photos, secret: str) -> KeptPhotos:
    """Keep what came with a form, beside what it brought before; the first file that is refused ends it.

    Raises:
        PhotosUnavailable: they cannot be kept now.
    """
    names = [name for value in form.fields.get(FIELD, ()) if (name := signed(value, secret))]
    if len(names) + len(form.files) > PHOTOS_AT_MOST:
        return KeptPhotos(names[:PHOTOS_AT_MOST], PhotoProblem.TOO_MANY)
    for content in form.files:
        if len(content) > PHOTO_LIMIT:
            return KeptPhotos(names, PhotoProblem.TOO_LARGE)
        try:
            names.append(await photos.keep(content))
        except PhotoRefused as refused:
            return KeptPhotos(names, refused.problem)
    return KeptPhotos(names)
