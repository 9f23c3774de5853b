"""The commands for officers' accounts. Added to the command line by ``crm.cli.app``; calls ``crm.bootstrap``.

Here the first administrator is made. Passwords are made by the command and shown once: officers change them.
"""

import secrets
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from crm.bootstrap import open_crm
from crm.domain.officers import NewOfficer
from crm.domain.status import Role

officers_app = typer.Typer(help="Akun petugas.", no_args_is_help=True)

Username = Annotated[str, typer.Argument(metavar="NAMA_PENGGUNA")]


@officers_app.command()
def add(
    username: Username,
    name: Annotated[str, typer.Option("--nama", help="Nama lengkap.")],
    role: Annotated[Role, typer.Option("--peran", case_sensitive=False)],
    unit: Annotated[str | None, typer.Option(help="Kode unit; wajib untuk dinas dan sudin.")] = None,
    area: Annotated[
        str | None, typer.Option("--wilayah", help="Awal kode kelurahan, misalnya 31.74 atau 31.74.04.1001.")
    ] = None,
) -> None:
    """Buat akun petugas, juga administrator pertama. Kata sandinya dicetak sekali."""
    password = _new_password()
    officer = open_crm().create_officer(NewOfficer(username, name, role, unit, area), password, by=None)
    _tell_password(officer.username, password)


@officers_app.command("list")
def list_() -> None:
    """Tampilkan semua akun petugas."""
    crm = open_crm()
    table = Table("Nama pengguna", "Nama", "Peran", "Unit", "Wilayah", "Kode kedua", "Aktif")
    for officer in crm.list_officers(by=None):
        table.add_row(
            officer.username,
            Text(officer.name),
            officer.role,
            crm.reference.unit_name(officer.unit) if officer.unit else "-",
            officer.area or "-",
            "ya" if officer.has_totp else "belum",
            "ya" if officer.active else "tidak",
        )
    Console().print(table)


@officers_app.command()
def stop(username: Username) -> None:
    """Hentikan akun petugas; sesinya langsung berakhir."""
    officer = open_crm().stop_officer(username, by=None)
    Console().print(f"Akun {officer.username} dihentikan.")


@officers_app.command()
def reset(username: Username) -> None:
    """Beri kata sandi baru dan hapus kode kedua; akun yang dihentikan bisa dipakai lagi."""
    password = _new_password()
    officer = open_crm().reset_officer(username, password, by=None)
    _tell_password(officer.username, password)


def _new_password() -> str:
    return secrets.token_urlsafe(12)


def _tell_password(username: str, password: str) -> None:
    typer.echo(f"Akun {username} siap. Kata sandi sementara: {password}")
    typer.echo("Sampaikan langsung ke orangnya; ia menggantinya dan memasang kode kedua di konsol.")
