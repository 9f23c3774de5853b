"""The model for the current inputs: found by fingerprint, trained only when there is none.

Called by ops.run at start, by ``make test``, and by benchmarks; runs ``rasa train`` in the bot environment.
``models/<fingerprint>.tar.gz`` is named after everything that training reads, so a changed example, rule,
fact or component makes a new model and an unchanged tree never waits.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import subprocess
import sys
import tempfile
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console

from ops.settings import BOT_PYTHON, ROOT

INPUT_FILES = ("domain.yml", "config.yml", "requirements/bot.txt")
INPUT_TREES = {"data": ("*.yml", "*.yaml", "*.csv", "*.json", "*.txt"), "bot/nlu": ("*.py",)}
# Only these hold training data; data/reference/ has YAML of its own that Rasa would take for its.
TRAINING_FOLDERS = ("data/nlu", "data/rules", "data/stories")
KEPT_MODELS = 2
COMPONENT_LINE = re.compile(r"Starting to train component '(\w+)'")

# Rasa runs small linear models: more threads and the GPU look-up only cost memory and time.
RASA_ENVIRONMENT = {
    "RASA_TELEMETRY_ENABLED": "false",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TF_INTRA_OP_PARALLELISM_THREADS": "1",
    "TF_INTER_OP_PARALLELISM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "CUDA_VISIBLE_DEVICES": "-1",
    "MALLOC_ARENA_MAX": "2",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONUNBUFFERED": "1",
}


class TrainingError(Exception):
    """Rasa could not train; the message holds the end of its log and where the rest is."""


def fingerprint(root: Path = ROOT) -> str:
    """A short hash of every file that training reads: names and contents."""
    digest = hashlib.sha256()
    for file in inputs(root):
        digest.update(f"{file.relative_to(root).as_posix()}\0".encode() + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def inputs(root: Path) -> list[Path]:
    """The files that training reads, in a fixed order."""
    found = [root / name for name in INPUT_FILES if (root / name).is_file()]
    for tree, patterns in INPUT_TREES.items():
        found += [file for pattern in patterns for file in (root / tree).rglob(pattern)]
    return sorted(found)


def model_path(root: Path = ROOT) -> Path:
    """Where the model for the current inputs is, or will be once trained."""
    return root / "models" / f"{fingerprint(root)}.tar.gz"


def ensure_model(console: Console, root: Path = ROOT, log: Path | None = None) -> Path:
    """The model for the current inputs, trained now if need be; its progress goes to ``console``.

    Raises:
        TrainingError: there is nothing to train from, or Rasa failed.
    """
    model = model_path(root)
    with only_trainer(model.parent):
        if not model.is_file():
            train(model, console, root, log or root / "var" / "log" / "train.log")
        os.utime(model)
        drop_old_models(model.parent)
    return model


@contextmanager
def only_trainer(models: Path) -> Iterator[None]:
    """Hold the training lock: a second start waits here and then finds the model made by the first."""
    models.mkdir(parents=True, exist_ok=True)
    with (models / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def train(model: Path, console: Console, root: Path, log: Path) -> None:
    """Train ``model``; the whole output goes to ``log``, one live line to ``console``."""
    if not (root / "domain.yml").is_file():
        raise TrainingError(f"There is no domain.yml in {root}: nothing to train from.")
    log.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=model.parent, prefix=".training-") as draft:
        folders = [folder for folder in TRAINING_FOLDERS if (root / folder).is_dir()]
        command = [str(BOT_PYTHON), "-m", "rasa", "train", "--data", *folders]
        command += ["--out", draft, "--fixed-model-name", model.name]
        environment = {**os.environ, **RASA_ENVIRONMENT, "RASA_MAX_CACHE_SIZE": "0", "PYTHONPATH": str(root)}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        process = subprocess.Popen(
            command, cwd=root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        with process, console.status("Training the model (about a minute): reading the examples") as status:
            try:
                last_lines = follow(process, log, lambda step: status.update(f"Training the model: {step}"))
            finally:
                process.kill()
        made = Path(draft) / model.name
        if not made.is_file():
            raise TrainingError(f"Training failed:\n{''.join(last_lines)}The whole log is in {log}.")
        made.replace(model)
    console.print(f"Trained [bold]{model.name}[/] ({model.stat().st_size / 1e6:.1f} MB); log in {log}")


def follow(process: subprocess.Popen[str], log: Path, show: Callable[[str], None]) -> deque[str]:
    """Copy the output of ``process`` to ``log`` until it ends, name its steps, and give its last lines."""
    last_lines: deque[str] = deque(maxlen=15)
    with log.open("w", encoding="utf-8") as stream:
        for line in process.stdout or ():
            stream.write(line)
            last_lines.append(line)
            if step := COMPONENT_LINE.search(line):
                show(step.group(1))
    process.wait()
    return last_lines


def drop_old_models(models: Path) -> None:
    """Keep the models used last, this one and the one before; remove the others."""
    newest_first = sorted(models.glob("*.tar.gz"), key=lambda file: file.stat().st_mtime, reverse=True)
    for old in newest_first[KEPT_MODELS:]:
        old.unlink()


def main() -> int:
    """Command line: ``python -m ops.train`` makes sure that there is a model and prints where it is."""
    console = Console(stderr=True)
    try:
        print(ensure_model(console))
    except TrainingError as error:
        console.print(str(error), style="red", markup=False)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
