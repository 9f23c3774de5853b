"""What an anonymous reporter does on the tracking page, with number and code. Called by ``crm.web.tracking.routes``."""

from dataclasses import dataclass

from crm.bootstrap import Crm
from crm.domain.complaint import ComplaintView
from crm.domain.errors import DraftIncomplete, TransitionRefused
from crm.domain.status import Status
from crm.domain.times import Clock
from crm.services.verdicts import TIME_TO_ANSWER
from crm.web.shared.forms import PHOTO_LIMIT, PHOTOS_AT_MOST, Form
from crm.web.shared.photos import PhotoProblem, PhotoRefused, Photos
from crm.web.shared.site import Site

ANSWER, ADD, DONE, STILL_OPEN, WITHDRAW = "jawab", "tambah", "sudah", "belum", "cabut"
EMPTY, REFUSED = "empty", "refused"


@dataclass(frozen=True)
class Claimed:
    """What shows a report to be one's own."""

    number: str
    code: str


@dataclass(frozen=True)
class Outcome:
    """What came of an act: ``problem`` names a sentence of the template, ``told`` is one of the services'.

    ``text`` is what was typed, so that it is not lost.
    """

    act: str
    question_id: int | None = None
    problem: str = ""
    told: str = ""
    text: str = ""


def possible(view: ComplaintView, clock: Clock) -> frozenset[str]:
    """Return what its reporter can do with a report now."""
    acts = {ADD} if view.closed_at is None else set()
    if view.status.is_open:
        acts.add(WITHDRAW)
    if view.status is Status.SELESAI and view.finished_at:
        if clock() <= view.finished_at + TIME_TO_ANSWER:
            acts.add(STILL_OPEN)
        if view.closed_at is None:
            acts.add(DONE)
    return frozenset(acts)


async def perform(form: Form, claimed: Claimed, site: Site) -> Outcome:
    """Do what the form says; the caller has made sure that number and code fit.

    Raises:
        PhotosUnavailable: photos cannot be kept now; nothing was done.
        StoreUnavailable: the outcome is unknown; the same again does no harm.
    """
    act, text, question_id = form.text("tindakan"), form.text("text"), form.whole("pertanyaan")
    try:
        photos = await _keep(form, site.photos)
        await site.call(_act, site.crm, claimed, form, photos)
    except PhotoRefused as refused:
        return Outcome(act, question_id, problem=refused.problem, text=text)
    except DraftIncomplete:
        return Outcome(act, question_id, problem=EMPTY, text=text)
    except TransitionRefused as refused:
        problem = EMPTY if act == STILL_OPEN and not text else REFUSED
        return Outcome(act, question_id, problem=problem, told=str(refused), text=text)
    return Outcome(act, question_id)


def _act(crm: Crm, claimed: Claimed, form: Form, photos: list[str]) -> None:
    number, code, text = claimed.number, claimed.code, form.text("text")
    match form.text("tindakan"):
        case "jawab":
            crm.answer_question(form.whole("pertanyaan") or 0, text, secret_code=code, photos=photos)
        case "tambah":
            crm.add_detail(number, text, secret_code=code, photos=photos)
        case "belum":
            crm.still_open(number, text, secret_code=code, photos=photos)
        case "sudah":
            crm.confirm_done(number, secret_code=code, rating=form.whole("nilai"), comment=text)
        case "cabut":
            crm.withdraw(number, secret_code=code, note=text)


async def _keep(form: Form, photos: Photos) -> list[str]:
    if len(form.files) > PHOTOS_AT_MOST:
        raise PhotoRefused(PhotoProblem.TOO_MANY)
    if any(len(content) > PHOTO_LIMIT for content in form.files):
        raise PhotoRefused(PhotoProblem.TOO_LARGE)
    return [await photos.keep(content) for content in form.files]
