"""Masking: personal data in the usual spellings, and not the facts of a report."""

import pytest

from crm.domain.masking import MASK, mask_personal_data


@pytest.mark.parametrize(
    "secret",
    [
        "081234567890",
        "0812-3456-7890",
        "+62 812 3456 7890",
        "3174012345678901",
        "budi.s@contoh.co.id",
        "B 1234 XYZ",
        "b1234xy",
        "AB-123-CD",
    ],
)
def test_personal_data_are_masked(secret: str) -> None:
    assert mask_personal_data(f"hubungi {secret} ya") == f"hubungi {MASK} ya"


@pytest.mark.parametrize(
    "fact",
    [
        "RT 05 RW 012 nomor 34",
        "sudah 3 bulan, sejak 12-10-2026",
        "Jl. Sudirman Kav 52-53",
        "lihat JK2611240001",
        "di 1000 titik",
        "jam 22.00-23.30",
        "km 12 500",
    ],
)
def test_the_facts_of_a_report_stay(fact: str) -> None:
    assert mask_personal_data(fact) == fact
