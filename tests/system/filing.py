"""Citizens who file one report after the other over a channel, answering whatever is asked, whatever dies meanwhile.

Used by ``test_channels_killed``. What came of it is read from the CRM's database, not from what was said.
"""

import itertools
import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tests.conversations.responses import names_in
from tests.system.citizen import REPORT_NUMBER
from tests.system.phones import Heard, Phone

PATIENCE_SECONDS = 240
PLACE = "di depan SDN 01, kelurahan Tebet Timur"
TAPS = ("Kirim", "Privat (disarankan)", "Lewati")
_poles = itertools.count(1001)

Deed = tuple[Callable[[str], None], str]


class Channel(Protocol):
    """What gives telephones: ``tests.system.phones.Telegram`` or ``WhatsApp``."""

    channel: str

    def phone(self, name: str) -> Phone:
        """Give somebody a telephone."""


@dataclass
class Filing:
    """One citizen's way to a receipt. ``pole`` stands in the complaint and in no other."""

    phone: Phone
    pole: str = field(default_factory=lambda: f"tiang nomor {next(_poles)}")
    is_open: bool = False

    @property
    def receipts(self) -> set[str]:
        """All report numbers this citizen was told."""
        return {number for heard in self.phone.heard for number in REPORT_NUMBER.findall(heard.text)}

    def run(self) -> None:
        """Report, and answer what is asked until there is a receipt."""
        self.is_open = True
        deed: Deed | None = (self.phone.says, f"lampu jalan mati di {self.pole}, sudah seminggu")
        last_deed = deed
        read = 0
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not self.receipts:
            if deed:
                deed[0](deed[1])
                last_deed = deed
            while len(self.phone.heard) == read:
                assert time.monotonic() < deadline, f"silence{self}"
                time.sleep(0.02)
            new = self.phone.heard[read:]
            read += len(new)
            reactions = (self._reaction(heard, last_deed) for heard in reversed(new))
            deed = next(filter(None, reactions), None)
        self.is_open = False

    def _reaction(self, heard: Heard, last_deed: Deed) -> Deed | None:
        rest = heard.text.partition("\n")[2]  # behind "perhaps twice"
        names = names_in(heard.text) | names_in(rest)
        if "utter_gateway_failed" in names:
            return last_deed
        if title := next((title for title in TAPS if title in heard.titles), None):
            return (self.phone.taps, title)
        if any(name.startswith("utter_ask_place") for name in names):
            return (self.phone.says, PLACE)
        return None

    def __str__(self) -> str:
        return f" on {self.phone.channel}, {self.pole}\n\n" + "\n".join(map(str, self.phone.heard))


class Crowd:
    """Keeps so many citizens of one channel filing until ``enough``."""

    def __init__(self, channel: Channel, at_once: int) -> None:
        self.channel = channel
        self.filings: list[Filing] = []
        self.troubles: list[BaseException] = []
        self.points = 0
        self._enough = threading.Event()
        self._threads = [threading.Thread(target=self._file_on) for _ in range(at_once)]

    def start(self) -> None:
        """Begin."""
        for thread in self._threads:
            thread.start()

    def count_points(self) -> None:
        """Note that something dies now: each open filing is one point at which it happens."""
        self.points += sum(filing.is_open for filing in self.filings)

    def finish(self) -> None:
        """Let nobody begin any more, and wait for those who have."""
        self._enough.set()
        for thread in self._threads:
            thread.join()

    def _file_on(self) -> None:
        while not self._enough.is_set():
            filing = Filing(self.channel.phone("Siti"))
            self.filings.append(filing)
            try:
                filing.run()
            except BaseException as trouble:
                self.troubles.append(trouble)
                return


@dataclass(frozen=True)
class Outcome:
    """What became of the filings of one channel."""

    channel: str
    points: int
    filings: int
    filed: int
    lost: int
    doubled: int
    false_receipts: int

    def __str__(self) -> str:
        return (
            f"{self.channel}: {self.points} points tried, {self.filings} filings, {self.filed} filed once, "
            f"{self.lost} lost, {self.doubled} doubled, {self.false_receipts} false receipts"
        )


def outcome(crowd: Crowd, crm_database: Path) -> Outcome:
    """Compare what citizens were told with what is filed."""
    with sqlite3.connect(crm_database) as crm:
        rows: Iterable[tuple[str, str]] = crm.execute("SELECT report_number, description FROM complaint")
        reports = dict(rows)
    crm.close()
    own = {
        filing.pole: {number for number, words in reports.items() if f"{filing.pole}," in words}
        for filing in crowd.filings
    }
    return Outcome(
        channel=crowd.channel.channel,
        points=crowd.points,
        filings=len(crowd.filings),
        filed=sum(len(numbers) == 1 for numbers in own.values()),
        lost=sum(not numbers for numbers in own.values()),
        doubled=sum(len(numbers) > 1 for numbers in own.values()),
        false_receipts=sum(len(filing.receipts - own[filing.pole]) for filing in crowd.filings),
    )
