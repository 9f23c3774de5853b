"""Which topic a question about the service has, found by the words of ``data/reference/faq.yml``.

Called by the actions that answer questions; each topic has its answer in ``domain.yml``.
"""

from collections.abc import Mapping
from functools import lru_cache

from actions.reference import vocabulary, words_of


def topic_of(text: str) -> str | None:
    """Return the topic most of whose words stand in ``text``, the earlier of equals; None without any."""
    said = f" {' '.join(words_of(text))} "
    counts = {topic: sum(f" {phrase} " in said for phrase in phrases) for topic, phrases in topics().items()}
    best = max(counts, key=lambda topic: counts[topic])
    return best if counts[best] else None


@lru_cache(maxsize=1)
def topics() -> Mapping[str, tuple[str, ...]]:
    """Return the words and phrases of each topic, in the order of the file."""
    return {topic: tuple(map(str, phrases)) for topic, phrases in vocabulary("faq").items()}
