"""Statistics in the terminal. Called by ``crm.cli.app``; calls ``crm.bootstrap``.

Numbers are written as Indonesians read them; small counts of private reports are hidden here as well, since what is
printed is passed on.
"""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from crm.bootstrap import open_crm
from crm.domain.figures import Figures, Period, Statistics
from crm.domain.places import JAKARTA
from crm.domain.reference import Reference
from crm.domain.times import utc_now
from crm.formatting import duration, moment, number, percent
from crm.settings import REFERENCE

PUBLISHED = REFERENCE / "published_figures.yml"
_BREAKDOWNS = {"status": "Status", "category": "Kategori", "channel": "Kanal"}


def statistics(
    period: Annotated[
        str, typer.Argument(metavar="PERIODE", help="Bulan (2026-11) atau tahun (2026); kosong: bulan ini.")
    ] = "",
    place: Annotated[str, typer.Option("--wilayah", help="Kode kota, kecamatan, atau kelurahan.")] = JAKARTA,
) -> None:
    """Tampilkan statistik satu bulan atau satu tahun."""
    try:
        wanted = Period.parse(period) if period else Period.month_of(utc_now())
    except ValueError as error:
        raise typer.BadParameter("Tulis bulan seperti 2026-11, atau tahun seperti 2026.") from error
    crm = open_crm()
    crm.refresh_figures()
    print_statistics(Console(), crm.figures(wanted, place), crm.reference)


def load_published(
    file: Annotated[
        Path, typer.Argument(metavar="BERKAS", help="Angka yang diumumkan kota (YAML).")
    ] = PUBLISHED,
) -> None:
    """Muat angka yang sudah diumumkan kota; ditampilkan persis seperti aslinya."""
    periods = ", ".join(str(period) for period in open_crm().load_published(file))
    Console().print(f"Dimuat: {periods or 'tidak ada'}.")


def print_statistics(console: Console, statistics: Statistics, reference: Reference) -> None:
    """Print the figures of a period and place."""
    found = statistics.figures
    title = f"{statistics.place.name}, {statistics.period}"
    if found is None:
        console.print(f"Belum ada angka untuk {title}.")
        return
    facts = Table(title=title, title_justify="left", show_header=False)
    facts.add_column()
    facts.add_column(justify="right")
    for name, fact in _facts(found).items():
        facts.add_row(name, fact)
    console.print(facts)
    for figure, heading in _BREAKDOWNS.items():
        _print_counts(console, heading, _named(found.breakdown(figure), reference))
    _print_counts(console, "Wilayah", {part.name: one["received"] or 0 for part, one in statistics.parts})
    console.print(
        f"Keadaan per {moment(found.as_of)}." + (f" Sumber: {found.source}." if found.source else "")
    )


def _facts(found: Figures) -> dict[str, str]:
    peak = found.peak_day
    return {
        "Masuk": number(found["received"]),
        "Selesai": f"{number(found['finished'])} ({percent(found.finished_share)})",
        "Laporan per hari": number(found.a_day),
        "Hari tersibuk": f"{peak[0]:%d-%m-%Y} ({number(peak[1])})" if peak else "–",
        "Tanggapan pertama, rata-rata": _time(found["answer_mean"]),
        "Tanggapan pertama, median": _time(found["answer_median"]),
        "Sampai selesai, rata-rata": _time(found["finish_mean"]),
        "Sampai selesai, median": _time(found["finish_median"]),
        "Selesai dengan foto bukti": number(found["proven"]),
        "Dibuka lagi oleh pelapor": number(found["reopened"]),
        "Penyelesaian ditolak pemeriksa": number(found["refused_closures"]),
    }


def _named(counts: Mapping[str, int], reference: Reference) -> dict[str, int]:
    labels = {code: category.label for code, category in reference.categories.items()}
    return {labels.get(key, key): count for key, count in counts.items()}


def _print_counts(console: Console, heading: str, counts: Mapping[str, int]) -> None:
    if not counts:
        return
    table = Table(heading)
    table.add_column("Masuk", justify="right")
    for name, count in counts.items():
        table.add_row(name, number(count))
    console.print(table)


def _time(minutes: int | None) -> str:
    return "–" if minutes is None else duration(timedelta(minutes=minutes))
