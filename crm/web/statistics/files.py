"""The figures as files: JSON, and CSV with one number a line. Called by ``crm.web.statistics.routes``.

Names are Indonesian, numbers plain; what is not known is empty.
"""

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

from crm.domain.figures import Figures, Statistics
from crm.domain.reference import Reference
from crm.domain.times import WIB

NOTE = (
    "Laporan privat dan anonim dihitung dalam kelipatan lima, dibulatkan ke bawah, supaya tidak ada pelapor yang "
    "bisa dikenali. Karena itu jumlah rincian bisa sedikit lebih kecil dari totalnya."
)
PLAIN = {
    "masuk": "received",
    "selesai": "finished",
    "ditanggapi": "answered",
    "selesai_dengan_foto_bukti": "proven",
    "dibuka_lagi_oleh_pelapor": "reopened",
    "penyelesaian_ditolak_pemeriksa": "refused_closures",
    "menit_sampai_tanggapan_rata_rata": "answer_mean",
    "menit_sampai_tanggapan_median": "answer_median",
    "menit_sampai_selesai_rata_rata": "finish_mean",
    "menit_sampai_selesai_median": "finish_median",
}
BREAKDOWNS = {
    "per_status": "status",
    "per_kategori": "category",
    "selesai_per_kategori": "finished_category",
    "per_kanal": "channel",
    "per_hari": "day",
}
CATEGORIES = ("category", "finished_category")


def as_json(statistics: Statistics, figures: Figures, reference: Reference) -> dict[str, Any]:
    """Return the figures as one object."""
    return {
        **_head(statistics, figures),
        "catatan": None if figures.source else NOTE,
        **{name: figures[figure] for name, figure in PLAIN.items()},
        **{name: dict(_breakdown(figures, figure, reference)) for name, figure in BREAKDOWNS.items()},
        "per_wilayah": [
            {"kode": place.code, "nama": place.name, "masuk": one["received"], "selesai": one["finished"]}
            for place, one in statistics.parts
        ],
    }


def as_csv(statistics: Statistics, figures: Figures, reference: Reference) -> str:
    """Return the figures as lines: what, of what, the number."""
    file = StringIO()
    lines = csv.writer(file)
    lines.writerow(("angka", "rincian", "nilai"))
    for name, value in _head(statistics, figures).items():
        if not isinstance(value, dict):
            lines.writerow((name, "", value))
    lines.writerow(("wilayah", statistics.place.code, statistics.place.name))
    for name, figure in PLAIN.items():
        lines.writerow((name, "", figures[figure]))
    for name, figure in BREAKDOWNS.items():
        lines.writerows((name, key, number) for key, number in _breakdown(figures, figure, reference))
    for place, one in statistics.parts:
        lines.writerow(("masuk_per_wilayah", place.name, one["received"]))
        lines.writerow(("selesai_per_wilayah", place.name, one["finished"]))
    return file.getvalue()


def _head(statistics: Statistics, figures: Figures) -> dict[str, Any]:
    return {
        "periode": str(statistics.period),
        "wilayah": {"kode": statistics.place.code, "nama": statistics.place.name},
        "keadaan_per": figures.as_of.astimezone(WIB).isoformat(timespec="minutes"),
        "sumber": figures.source,
    }


def _breakdown(figures: Figures, figure: str, reference: Reference) -> Iterator[tuple[str, int]]:
    found = figures.breakdown(figure)
    if figure == "day":
        found = dict(sorted(found.items()))
    for key, number in found.items():
        category = reference.categories.get(key) if figure in CATEGORIES else None
        yield (category.label if category else key), number
