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


@pytest.mark.parametrize(
    ("written", "masked"),
    [
        ("mobil Pak Budi menghalangi", f"mobil Pak {MASK} menghalangi"),
        ("kata Bu RT Siti Aminah, got mampet", f"kata Bu RT {MASK}, got mampet"),
        ("depan rumah pak joko ada lubang", f"depan rumah pak {MASK} ada lubang"),
        ("warung bu haji tini buang limbah", f"warung bu haji {MASK} buang limbah"),
        ("a.n. Dewi", f"a.n. {MASK}"),
        ("nama saya rahmat", f"nama saya {MASK}"),
    ],
)
def test_names_after_a_form_of_address_are_masked(written: str, masked: str) -> None:
    assert mask_personal_data(written) == masked


@pytest.mark.parametrize(
    "fact",
    [
        "tolong pak lampu mati",
        "TOLONG PAK LAMPU MATI",
        "Pak Lurah tidak pernah datang",
        "Bapak Gubernur yang terhormat",
        "depan rumah pak rt",
        "di Ibu Kota",
        "ada Pak Ogah di putaran",
        "rumah bapak saya banjir",
        "gang Haji Mawar",
        "Jl. Haji Mawar dekat Masjid",
    ],
)
def test_offices_calls_and_streets_are_no_names(fact: str) -> None:
    assert mask_personal_data(fact) == fact
