"""Lays reports out for a terminal, with times in WIB. Called by ``crm.cli.app``.

Citizens' words are printed as they are: nothing in them is taken for markup or a control sequence.
"""

from collections.abc import Collection
from datetime import datetime

from rich.console import Console
from rich.table import Table
from rich.text import Text

from crm.domain.complaint import ComplaintPage, ComplaintView, Location, StatusChange
from crm.domain.reference import Reference
from crm.domain.status import Status
from crm.domain.times import WIB

# Colours as JAKI shows them.
_COLOURS = {Status.MENUNGGU: "red", Status.PROSES: "yellow", Status.SELESAI: "green"}


def complaint_page(console: Console, page: ComplaintPage, reference: Reference) -> None:
    """Print one page of a list."""
    if not page.items:
        console.print("Tidak ada laporan." if page.total == 0 else "Halaman ini kosong.")
        return
    table = Table(title=f"{page.total} laporan, halaman {page.page}", title_justify="left")
    for heading in ("Nomor", "Masuk", "Status", "Kategori", "Lokasi", "Unit"):
        table.add_column(heading, no_wrap=heading in ("Nomor", "Masuk", "Status"))
    for item in page.items:
        category = reference.categories.get(item.category_code)
        table.add_row(
            str(item.report_number),
            _moment(item.filed_at),
            _status(item.status),
            category.label if category else item.category_code,
            Text(_place(item.location, reference)),
            reference.unit_name(item.unit),
        )
    console.print(table)
    if page.has_next:
        console.print(f"Lebih lama: --halaman {page.page + 1}")


def complaint_story(console: Console, view: ComplaintView, reference: Reference) -> None:
    """Print a report and its history."""
    category = reference.categories.get(view.category_code)
    facts = {
        "Status": _status(view.status),
        "Masuk": Text(_moment(view.filed_at)),
        "Target": Text(f"ditanggapi {_moment(view.respond_by)}, selesai {_moment(view.finish_by)}"),
        "Kategori": Text(category.label if category else view.category_code),
        "Unit": Text(reference.unit_name(view.unit)),
        "Usul unit": Text(_suggestion(view, reference)),
        "Privasi": Text(view.privacy),
        "Lokasi": Text(_place(view.location, reference)),
        "Foto": Text(", ".join(view.photos) or "-"),
        "Isi": Text(_printable(view.description)),
        **_linked(view, reference),
    }
    table = Table(title=str(view.report_number), title_justify="left", show_header=False)
    for name, fact in facts.items():
        table.add_row(name, fact)
    console.print(table, _history(view, reference), sep="\n")


def areas_summary(console: Console, loaded: Collection[str], reference: Reference) -> None:
    """Print how many outlines were recognised, and what happens with the rest."""
    missing = [area.name for area in reference.areas if area.code not in loaded]
    console.print(f"{len(loaded)} batas kelurahan dimuat.")
    if missing:
        names = ", ".join(missing[:10]) + (", …" if len(missing) > 10 else "")
        console.print(
            f"{len(missing)} belum ada ({names}): di sana lokasi diperkirakan dari titik tengah dan luas."
        )


def _history(view: ComplaintView, reference: Reference) -> Table:
    table = Table("Waktu", "Status", "Oleh", "Unit", "Catatan", title="Riwayat", title_justify="left")
    for change in view.history:
        unit = reference.unit_name(change.unit)
        note = Text(_printable(_note(change)))
        table.add_row(_moment(change.at), _status(change.status), change.role, unit, note)
    return table


def _note(change: StatusChange) -> str:
    """Return an officer's note with the proof: the photos, or why there are none."""
    proof = f"foto: {', '.join(change.photos)}" if change.photos else ""
    missing = f"tanpa foto: {change.no_photo_reason}" if change.no_photo_reason else ""
    return "; ".join(part for part in (change.note, proof, missing) if part)


def _linked(view: ComplaintView, reference: Reference) -> dict[str, Text]:
    """Return what a report has to do with others, why it was rejected, and what its reporter said."""
    refusal = reference.refusals.get(view.refusal or "")
    verdict = view.verdicts[-1] if view.verdicts else None
    said = (
        verdict.answer if verdict else None,
        f"nilai {verdict.rating}" if verdict and verdict.rating else None,
    )
    facts = {
        "Digabung ke": view.merged_into,
        "Lanjutan dari": view.follows,
        "Pecahan dari": view.split_from,
        "Dipecah ke": ", ".join(map(str, view.split_into)),
        "Alasan": refusal.label if refusal else view.refusal,
        "Kata pelapor": ", ".join(part for part in said if part),
        "Dibuka lagi": f"{view.reopened} kali" if view.reopened else None,
        "Tambahan": "; ".join(one.text or ", ".join(one.photos) for one in view.additions),
        "Pertanyaan": "; ".join(f"{one.text} → {one.answer or '(belum dijawab)'}" for one in view.questions),
    }
    return {name: Text(_printable(str(fact))) for name, fact in facts.items() if fact}


def _suggestion(view: ComplaintView, reference: Reference) -> str:
    """Say who should have it by the present rules, and why; a category no longer in the list has none."""
    if view.category_code not in reference.categories:
        return "-"
    unit, because = reference.suggested_unit(view.category_code, view.description)
    return f"{reference.unit_name(unit)}, karena {because}"


def _place(location: Location, reference: Reference) -> str:
    names = {area.code: f"{area.name}, {area.kecamatan}" for area in reference.areas}
    kelurahan = names.get(location.kelurahan_code or "", location.kelurahan_code)
    point = (
        f"{location.lat:.5f}, {location.lon:.5f}"
        if location.lat is not None and location.lon is not None
        else None
    )
    return _printable("; ".join(part for part in (location.text, kelurahan, point) if part))


def _moment(moment: datetime) -> str:
    return f"{moment.astimezone(WIB):%d-%m-%Y %H.%M} WIB"


def _status(status: Status) -> Text:
    return Text(status.label, style=_COLOURS.get(status, ""))


def _printable(text: str) -> str:
    return "".join(sign if sign.isprintable() or sign == "\n" else " " for sign in text)
