"""Photos: optional, several possible, at any moment."""

from dataclasses import replace

from actions import responses
from actions.draft import Draft, Question
from actions.intake.decision import Decision, Moment, Say
from actions.intake.questions import proceed
from actions.turn import Turn

# More help nobody: the officer looks at the first few.
MOST_PHOTOS = 5

ENOUGH = frozenset({"skip", "deny"})
# "Ga jadi foto" leaves out the photos, not the report.
NO_PHOTOS = ENOUGH | {"cancel"}


def answer_photos(moment: Moment) -> Decision | None:
    """Keep a photo and ask for the next, or go on when the citizen has no (more) photos."""
    draft, turn = moment.draft, moment.turn
    if turn.photos:
        fuller = with_photos(draft, turn.photos)
        limit = (Say(responses.PHOTO_LIMIT, {"limit": MOST_PHOTOS}),) if is_full(fuller) else ()
        return proceed(fuller, *limit) if is_full(fuller) else Decision(fuller, Question.PHOTOS)
    if _declines(turn) or turn.intent in ENOUGH or (turn.intent == "affirm" and draft.photos):
        return proceed(replace(draft, photos=draft.photos or ()))
    wants_to_send = turn.intent in ("affirm", "send_photo")
    return Decision(draft, Question.PHOTOS) if wants_to_send else None


def decline_photos(moment: Moment) -> Decision | None:
    """Take "nggak ada fotonya" while something else is asked, and ask that again."""
    draft, turn = moment.draft, moment.turn
    only_names_them = turn.words <= 1  # "fotonya", to the question what is to be changed
    if moment.question is Question.PHOTOS or only_names_them or not _declines(turn):
        return None
    return proceed(replace(draft, photos=draft.photos or ()), Say(responses.NOTED_NO_PHOTOS))


def with_photos(draft: Draft, photos: tuple[str, ...]) -> Draft:
    """Return the draft with ``photos`` behind those it has, each once, as many as fit."""
    together = dict.fromkeys((*(draft.photos or ()), *photos))
    return replace(draft, photos=tuple(together)[:MOST_PHOTOS])


def is_full(draft: Draft) -> bool:
    """Tell whether no further photo fits."""
    return len(draft.photos or ()) >= MOST_PHOTOS


def _declines(turn: Turn) -> bool:
    return turn.intent in NO_PHOTOS and turn.answer == "photos"
