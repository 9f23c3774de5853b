"""The commands. Called by ``python -m crm`` (``make crm``); calls ``crm.bootstrap`` and ``crm.cli.tables``.

Those for accounts and transfers stand in ``crm.cli.officers`` and ``crm.cli.transfers``.
Whoever may run it on the server may do what any officer may do; ``--sebagai`` says in what capacity.
"""

import json
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape

from crm.bootstrap import open_crm
from crm.cli.figures import load_published, statistics
from crm.cli.officers import officers_app
from crm.cli.tables import areas_summary, complaint_page, complaint_story
from crm.cli.transfers import transfers_app
from crm.domain.complaint import ComplaintFilter
from crm.domain.errors import (
    AreasUnreadable,
    ComplaintNotFound,
    FiguresUnreadable,
    NoSuchPlace,
    OfficerRefused,
    StoreUnavailable,
    TransitionRefused,
)
from crm.domain.officers import OFFICER_ROLES
from crm.domain.status import TRANSITIONS, Role, Status
from crm.settings import SettingRefused

app = typer.Typer(
    help="Laporan warga: lihat, telusuri, dan ubah statusnya.", no_args_is_help=True, add_completion=False
)
areas_app = typer.Typer(help="Batas kelurahan.", no_args_is_help=True)
app.add_typer(areas_app, name="areas")
app.command("statistik")(statistics)
app.command("muat-statistik")(load_published)
app.add_typer(officers_app, name="officer")
app.add_typer(transfers_app, name="transfer")

# Errors whose message is written for whoever typed the command.
TELLING = (
    TransitionRefused,
    OfficerRefused,
    AreasUnreadable,
    FiguresUnreadable,
    NoSuchPlace,
    SettingRefused,
)

Number = Annotated[str, typer.Argument(metavar="NOMOR", help="Nomor laporan, misalnya JK2611240001.")]


@app.command("list")
def list_(
    status: Annotated[Status | None, typer.Option(help="Hanya status ini.", case_sensitive=False)] = None,
    category: Annotated[str | None, typer.Option("--kategori", help="Hanya kode kategori ini.")] = None,
    unit: Annotated[str | None, typer.Option(help="Hanya kode unit ini.")] = None,
    kelurahan: Annotated[str | None, typer.Option(help="Hanya kode kelurahan ini.")] = None,
    page: Annotated[int, typer.Option("--halaman", min=1)] = 1,
) -> None:
    """Tampilkan laporan, yang terbaru dulu."""
    crm = open_crm()
    _known("kategori", category, crm.reference.categories)
    _known("unit", unit, crm.reference.units)
    found = crm.search_complaints(ComplaintFilter(status, category, unit, kelurahan), page=page)
    complaint_page(Console(), found, crm.reference)


@app.command()
def show(number: Number) -> None:
    """Tampilkan satu laporan beserta riwayatnya."""
    crm = open_crm()
    complaint_story(Console(), crm.read_complaint(number), crm.reference)


@app.command()
def move(  # noqa: PLR0913
    number: Number,
    to: Annotated[Status, typer.Argument(metavar="STATUS", help="Status baru.", case_sensitive=False)],
    note: Annotated[str, typer.Option("--note", "--catatan", help="Catatan; pelapor membacanya.")] = "",
    unit: Annotated[str | None, typer.Option(help="Kode unit yang bertanggung jawab.")] = None,
    role: Annotated[Role | None, typer.Option("--sebagai", help="Bertindak sebagai siapa.")] = None,
    no_photo_reason: Annotated[
        str, typer.Option("--foto-alasan", help="Mengapa tidak ada foto bukti (Menunggu Validasi).")
    ] = "",
    reason: Annotated[
        str | None, typer.Option("--alasan", help="Kode alasan dari refusals.yml (Ditolak).")
    ] = None,
    into: Annotated[
        str | None, typer.Option("--ke", metavar="NOMOR", help="Laporan tujuan (Digabung).")
    ] = None,
) -> None:
    """Ubah status laporan. Pelapor dikabari, kecuali laporannya anonim."""
    crm = open_crm()
    view = crm.change_status(
        number,
        to,
        role=role or _acting(crm.read_complaint(number).status, to),
        note=note,
        unit=unit,
        no_photo_reason=no_photo_reason,
        reason=reason,
        into=into,
    )
    Console().print(f"Laporan {view.report_number} sekarang: [bold]{view.status.label}[/]")


@areas_app.command()
def load(file: Annotated[Path, typer.Argument(metavar="BERKAS", help="GeoJSON batas kelurahan.")]) -> None:
    """Muat batas kelurahan yang tepat dari GeoJSON; batas yang lama diganti."""
    crm = open_crm()
    areas_summary(Console(), crm.load_areas(file), crm.reference)


@app.command()
def corpus(
    since: Annotated[
        datetime | None,
        typer.Option(
            metavar="YYYY-MM-DD", formats=["%Y-%m-%d"], help="Hanya laporan sejak tanggal ini (WIB)."
        ),
    ] = None,
    with_private: Annotated[
        bool,
        typer.Option("--with-private", help="Juga laporan privat dan anonim: hasilnya hanya untuk petugas."),
    ] = False,
) -> None:
    """Cetak bahan latihan model (JSON Lines): isi laporan, kategori tebakan, kategori pilihan warga.

    Hanya laporan publik, kecuali diminta. Nomor telepon, NIK, surel, pelat, nomor laporan, dan nama sesudah
    sapaan ditutup; pelapor, titik lokasi, dan waktu tidak ikut. Periksa lagi sebelum dipakai: nama tanpa
    sapaan dan alamat tidak dikenali.
    """
    crm = open_crm()
    for one in crm.corpus(since=since.date() if since else None, with_private=with_private):
        line = {
            "text": one.text,
            "predicted_category": one.predicted_category,
            "category": one.category,
            "corrected": one.corrected,
        }
        typer.echo(json.dumps(line | ({"privacy": one.privacy} if with_private else {}), ensure_ascii=False))


@app.command()
def overdue() -> None:
    """Eskalasi laporan yang lewat target, dan tutup yang selesai 7 hari tanpa jawaban. Pelapor dikabari."""
    crm = open_crm()
    Console().print(f"{crm.escalate()} laporan dieskalasi, {crm.close_silent()} laporan ditutup.")


@app.command()
def prune() -> None:
    """Hapus tanda draf laporan anonim yang sudah tidak diperlukan."""
    Console().print(f"{open_crm().prune()} tanda draf dihapus.")


def main() -> None:
    """Run the command line; what goes wrong is told in a sentence, with exit code 1."""
    try:
        app()
    except ComplaintNotFound:
        _fail("Tidak ada laporan dengan nomor itu. Periksa lagi nomornya.")
    except TELLING as error:
        _fail(str(error))
    except StoreUnavailable:
        _fail("Basis data tidak menjawab. Periksa DATABASE_URL, lalu coba lagi.")


def _fail(sentence: str) -> None:
    Console(stderr=True).print(f"[red]{escape(sentence)}[/]")
    raise SystemExit(1)


def _known(what: str, code: str | None, codes: Iterable[str]) -> None:
    known = list(codes)
    if code is not None and code not in known:
        raise typer.BadParameter(f"{what} {code} tidak dikenal. Yang dikenal: {', '.join(known)}.")


def _acting(present: Status, to: Status) -> Role:
    """Return the officer who may make a change; where none may, the refusal follows from the table."""
    transition = TRANSITIONS.get((present, to))
    officers = sorted(transition.roles & OFFICER_ROLES) if transition else []
    return officers[0] if officers else Role.BIRO_PEMERINTAHAN
