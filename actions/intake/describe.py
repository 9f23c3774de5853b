"""The problem itself: description and category."""

from collections.abc import Sequence
from dataclasses import replace

from actions.draft import Draft
from actions.intake.decision import Decision, Moment
from actions.intake.questions import proceed
from actions.reference import category_labels, category_names, opens_with_a_correction, words_of
from actions.turn import CategoryGuess, Turn

# Sure enough to skip the question: the best guess is more likely than not by a margin that a second guess
# cannot overtake. From the calibration curve (docs/understanding.md): of real reports this sure, 96 % are right.
SURE_SCORE = 0.7
SURE_MARGIN = 0.2

# How many of the best guesses become buttons; "lainnya" comes besides.
BUTTONS = 3
OTHER = "lainnya"

# What nobody understood is still a description when it is a sentence rather than a stray word.
SENTENCE = 3

# "bukan jalan, harusnya listrik": a correction of so few words is about the category.
SHORT_CORRECTION = 6

# Intents whose words may describe a problem although none was recognised in them.
FREE_WORDS = frozenset({"nlu_fallback", "file_complaint", "change_answer"})


def answer_description(moment: Moment) -> Decision | None:
    """Take the message as the answer to "what is wrong?"."""
    turn = moment.turn
    if not turn.typed or not turn.words:
        return None
    is_sentence = turn.intent == "nlu_fallback" and turn.words >= SENTENCE
    insists = turn.intent in FREE_WORDS and moment.draft.misunderstood > 0
    if turn.has_problem or ((is_sentence or insists) and not turn.location):
        return proceed(describe(moment.draft, turn))
    return None


def describe(draft: Draft, turn: Turn) -> Draft:
    """Keep the citizen's words and what they say of the category."""
    return _with_guesses(replace(draft, description=turn.text), turn.categories)


def add_to_description(draft: Draft, words: str) -> Draft:
    """Put more of the citizen's words behind the earlier ones; the category stays."""
    return replace(draft, description=f"{draft.description}\n{words}")


def sure_category(guesses: Sequence[CategoryGuess]) -> str | None:
    """Return the best guess when it is sure enough to skip the question."""
    if not guesses:
        return None
    margin = guesses[0].score - (guesses[1].score if len(guesses) > 1 else 0.0)
    return guesses[0].code if guesses[0].score >= SURE_SCORE and margin >= SURE_MARGIN else None


def answer_category(moment: Moment) -> Decision | None:
    """Take a button, the name of a category, or words that point to one."""
    turn = moment.turn
    chosen = turn.category
    if turn.typed and turn.intent not in ("affirm", "deny", "skip"):
        chosen = _named(turn, moment.draft.category_candidates) or sure_category(turn.categories)
    if chosen not in category_labels():
        return None
    return proceed(replace(moment.draft, category=chosen))


def corrected_category(turn: Turn, current: str | None) -> str | None:
    """Return the category that a correction names: "bukan jalan, tapi parkir liar", "jenisnya got"."""
    if not turn.typed or turn.intent not in ("change_answer", "deny") or turn.names_a_place:
        return None
    names_it = turn.answer == "category"
    said = set(words_of(turn.text))
    whole = [
        code
        for code, (label, *others) in category_names().items()
        if code != current and (label <= said or (names_it and any(name <= said for name in others)))
    ]
    if len(whole) == 1:
        return whole[0]
    is_short = turn.words <= SHORT_CORRECTION and opens_with_a_correction(turn.text)
    return _pointed_at(turn, current) if names_it or is_short else None


def _pointed_at(turn: Turn, current: str | None) -> str | None:
    """Find the category by a word of its label that the current one has not, else by the guesses."""
    labels = {code: set(words_of(label)) for code, label in category_labels().items()}
    said = set(words_of(turn.text)) - labels.get(current or "", set())
    named = [code for code, words in labels.items() if words & said]
    if len(named) == 1:
        return named[0]
    likely = turn.categories[0] if turn.categories else None
    return likely.code if likely and turn.has_problem and likely.score >= SURE_SCORE else None


def category_buttons(draft: Draft) -> tuple[str, ...]:
    """Return the codes to offer: the best guesses, "lainnya" last."""
    likely = tuple(code for code in draft.category_candidates if code != OTHER)[:BUTTONS]
    return (*likely, OTHER)


def _with_guesses(draft: Draft, guesses: Sequence[CategoryGuess]) -> Draft:
    return replace(
        draft,
        category=sure_category(guesses),
        predicted_category=guesses[0].code if guesses else None,
        category_candidates=tuple(guess.code for guess in guesses[:BUTTONS]),
    )


def _named(turn: Turn, candidates: Sequence[str]) -> str | None:
    """Find the one category named: by any word of a candidate's label, by all words of another's."""
    said = set(words_of(turn.text))
    labels = {code: set(words_of(label)) for code, label in category_labels().items()}
    offered = [code for code in (*candidates, OTHER) if said & labels[code]]
    named = offered or [
        code for code, names in category_names().items() if any(name <= said for name in names)
    ]
    return named[0] if len(named) == 1 else None
