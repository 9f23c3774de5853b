"""Intents: what people want, on talk that nobody trained on; and complaint, status or something else apart.

Called by ``__main__``. Pure counting over ``Parsed`` texts.
"""

from collections.abc import Sequence

from benchmarks.understanding.tables import share
from benchmarks.understanding.texts import Parsed

# Intents of ours that are part of one with a fixed name, for the comparison only.
SAME = {"small_talk": "out_of_scope", "nlu_fallback": "out_of_scope", "report_danger": "file_complaint"}
COMPLAINT, STATUS, ELSE = "file_complaint", "check_status", "else"


def intent_pairs(parsed: Sequence[Parsed]) -> list[tuple[str, str]]:
    """Give (truth, guess) of texts whose intent is known."""
    return [(p.known["intent"], SAME.get(p.intent, p.intent)) for p in parsed if "intent" in p.known]


def told_apart(talk: Sequence[Parsed], complaints: Sequence[Parsed]) -> str:
    """Give the share of texts put right among complaint, status question and everything else."""
    pairs = [(_kind(p.known["intent"]), _kind(p.intent)) for p in talk]
    pairs += [(COMPLAINT, _kind(p.intent)) for p in complaints]
    return share(truth == guess for truth, guess in pairs)


def recall_of(pairs: Sequence[tuple[str, str]], labels: Sequence[str]) -> str:
    """Give the share of texts with one of these intents that were understood."""
    return share(truth == guess for truth, guess in pairs if truth in labels)


def is_complaint(parsed: Parsed) -> bool:
    """Tell whether the text was taken for a complaint, danger included."""
    return _kind(parsed.intent) == COMPLAINT


def _kind(intent: str) -> str:
    intent = SAME.get(intent, intent)
    return intent if intent in (COMPLAINT, STATUS) else ELSE
