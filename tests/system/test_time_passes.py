"""What the running system does by itself as time passes: close drafts, forget keys, delete stray photos.

Time is made to pass by making what is kept older; then the web process dies, and does at its start what it
does every minute (drafts) and every hour (the rest).
"""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tests.system.citizen import Citizen, file_privately, reach_confirmation
from tests.system.running import System, until

DONE_SECONDS = 60


def test_after_days_drafts_keys_and_stray_photos_are_gone(
    newcomer: Callable[[], Citizen], system: System, tmp_path: Path
) -> None:
    silent, nameless, named = newcomer(), newcomer(), newcomer()
    silent.says("lampu jalan mati sudah seminggu")
    silent.is_asked_for("place")
    silent.sends_photo(tmp_path)
    until(lambda: silent.answers, DONE_SECONDS, "the photo is answered")
    [stray] = photos(system)
    reach_confirmation(nameless, privacy="Anonim", photo_from=tmp_path)
    nameless.taps("Kirim")
    nameless.gets("filed_anonim")
    [attached] = photos(system) - {stray}
    file_privately(named)
    assert len(draft_keys(system)) == 2
    grow_older(system, timedelta(days=9))
    system.kill("web")
    silent.gets("draft_expired")
    until(lambda: len(draft_keys(system)) == 1, DONE_SECONDS, "the key of the anonymous draft is forgotten")
    until(lambda: photos(system) == {attached}, DONE_SECONDS, "only the photo of the report is left")
    silent.says("lampu jalan mati sudah seminggu")
    silent.is_asked_for("place")


def photos(system: System) -> set[str]:
    return set(os.listdir(system.var / "media"))


def draft_keys(system: System) -> list[str]:
    with closing(sqlite3.connect(system.var / "crm.db")) as crm:
        rows = crm.execute("SELECT draft_key FROM complaint WHERE draft_key IS NOT NULL")
        return [key for (key,) in rows]


def grow_older(system: System, age: timedelta) -> None:
    """Make open drafts, reports and photos older."""
    then = datetime.now(UTC).replace(tzinfo=None) - age
    aged = {
        "gateway.db": "UPDATE conversation SET draft_silent_since = ? WHERE draft_silent_since IS NOT NULL",
        "crm.db": "UPDATE complaint SET filed_at = ?",
    }
    for file, statement in aged.items():
        with closing(sqlite3.connect(system.var / file)) as database, database:
            assert database.execute(statement, [then.isoformat(" ", "microseconds")]).rowcount
    for photo in (system.var / "media").iterdir():
        os.utime(photo, (then.timestamp(), then.timestamp()))
