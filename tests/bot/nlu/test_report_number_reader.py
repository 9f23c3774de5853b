"""Report numbers and secret codes, whatever way they are typed."""

from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.report_number_reader import REPORT_NUMBER, SECRET_CODE, ReportNumberReader


def read(text: str) -> dict[str, Any]:
    message = ReportNumberReader().process([Message.build(text)])[0]
    return {"number": message.get(REPORT_NUMBER), "code": message.get(SECRET_CODE)}


@pytest.mark.parametrize(
    "text",
    [
        "JK2611240001",
        "cek jk2611240001 dong",
        "nomor JK 261124 0001",
        "JK-261124-0001",
        "jk 26 11 24 0001",
        "laporan saya (Jk.2611240001) gimana",
        "status#JK2611240001?",
    ],
)
def test_a_number_is_given_in_its_standard_form(text: str) -> None:
    assert read(text)["number"] == "JK2611240001"


def test_another_prefix_and_a_fifth_digit_are_numbers_too() -> None:
    assert read("cek ADU26112410001")["number"] == "ADU26112410001"


@pytest.mark.parametrize(
    "text",
    [
        "B 1234 XYZ parkir liar",
        "telepon 081234567890",
        "JK2613450001",
        "jl raya bogor km 22",
        "surat no 27/2019",
        "tgl 24 11 2026",
        "",
    ],
)
def test_other_numbers_are_none(text: str) -> None:
    assert read(text)["number"] is None


@pytest.mark.parametrize(
    "text",
    [
        "JK2611240001 7KQM-4TXD",
        "cek jk 261124-0001 kode 7kqm4txd",
        "kode rahasia: 7KQM 4TXD",
        "kodenya 7kqm-4txd",
        "7KQM-4TXD",
    ],
)
def test_a_secret_code_is_given_in_its_standard_form(text: str) -> None:
    assert read(text)["code"] == "7KQM-4TXD"


@pytest.mark.parametrize(
    "text",
    ["jalan berlubang", "kode pos 12810", "plat B1234XYZ parkir sembarangan", "JK2611240001", "lupa kodenya"],
)  # noqa: E501
def test_ordinary_words_are_no_code(text: str) -> None:
    assert read(text)["code"] is None
