"""What the newest model takes published reports to be about: the Rasa side of ``benchmarks.routing``.

``.venv/bot/bin/python -m benchmarks.routing_answers TEXTS.jsonl ANSWERS.jsonl``
Writes one object a line: ``text`` and ``categories``, best first. The texts are measured, never learnt from.
"""

import json
import sys
import warnings
from pathlib import Path

from bot.nlu.__main__ import Reader, newest_model
from bot.nlu.reference import ROOT


def main() -> None:
    """Parse every text of the first file and write the second."""
    texts, answers = map(Path, sys.argv[1:])
    warnings.simplefilter("ignore")
    reader = Reader(newest_model(ROOT / "models"))
    with answers.open("w", encoding="utf-8") as lines:
        for line in texts.read_text(encoding="utf-8").splitlines():
            text = json.loads(line)["text"]
            categories = reader.read(text)["understanding"]["categories"]
            lines.write(json.dumps({"text": text, "categories": categories}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
