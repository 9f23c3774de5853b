"""The commands for transfers between units. Added to the command line by ``crm.cli.app``; calls ``crm.bootstrap``."""

from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crm.bootstrap import open_crm

transfers_app = typer.Typer(help="Pemindahan antarunit.", no_args_is_help=True)

TransferId = Annotated[int, typer.Argument(metavar="ID", help="Nomor permintaan dari daftar.")]


@transfers_app.command("list")
def list_() -> None:
    """Tampilkan permintaan yang menunggu keputusan."""
    crm = open_crm()
    waiting = crm.pending_transfers(None)
    if not waiting:
        Console().print("Tidak ada permintaan pemindahan.")
        return
    table = Table("ID", "Nomor", "Dari", "Ke", "Alasan")
    for request in waiting:
        units = [crm.reference.unit_name(unit) for unit in (request.from_unit, request.to_unit)]
        table.add_row(str(request.transfer_id), str(request.report_number), *units, Text(request.reason))
    Console().print(table)


@transfers_app.command()
def ask(
    number: Annotated[str, typer.Argument(metavar="NOMOR", help="Nomor laporan.")],
    unit: Annotated[str, typer.Argument(metavar="UNIT", help="Kode unit yang dituju.")],
    reason: Annotated[str, typer.Option("--alasan", help="Mengapa harus dipindahkan.")],
) -> None:
    """Minta laporan dipindahkan ke unit lain."""
    request = open_crm().request_transfer(number, None, unit, reason)
    Console().print(f"Permintaan {request.transfer_id} menunggu keputusan.")


@transfers_app.command()
def approve(
    transfer_id: TransferId,
    note: Annotated[str, typer.Option("--note", "--catatan", help="Catatan; pelapor membacanya.")] = "",
) -> None:
    """Setujui pemindahan. Pelapor dikabari."""
    request = open_crm().decide_transfer(transfer_id, None, approve=True, note=note)
    Console().print(f"Laporan {request.report_number} dipindahkan.")


@transfers_app.command()
def refuse(
    transfer_id: TransferId,
    note: Annotated[str, typer.Option("--note", "--catatan", help="Catatan untuk unit yang meminta.")],
) -> None:
    """Tolak pemindahan."""
    request = open_crm().decide_transfer(transfer_id, None, approve=False, note=note)
    Console().print(f"Laporan {request.report_number} tetap di unitnya.")
