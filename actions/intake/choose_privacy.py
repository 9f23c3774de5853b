"""Who may see the report: publik, privat or anonim; privat unless the citizen says otherwise."""

from dataclasses import replace

from actions.intake.decision import Decision, Moment
from actions.intake.questions import proceed

PUBLIK = "publik"
PRIVAT = "privat"
CHOICES = (PUBLIK, PRIVAT, "anonim")

# "terserah", "lewati", "boleh": whoever does not choose gets what JAKI gives by default.
NO_CHOICE = frozenset({"skip", "affirm"})


def answer_privacy(moment: Moment) -> Decision | None:
    """Take a choice, or the default from somebody who leaves it to us."""
    said = moment.turn.privacy
    chosen = said if said in CHOICES else PRIVAT if moment.turn.intent in NO_CHOICE else None
    return proceed(replace(moment.draft, privacy=chosen)) if chosen else None
