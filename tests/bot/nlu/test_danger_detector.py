"""Danger: the rules alone, and the rules together with what the classifier thinks."""

from collections.abc import Callable

import pytest
from rasa.shared.nlu.training_data.message import Message

from bot.nlu.danger_classifier import DANGER_PROBABILITY
from bot.nlu.danger_detector import DANGER, DangerDetector
from bot.nlu.danger_rules import DangerRules
from bot.nlu.place_recogniser import text_to_classify
from bot.nlu.reference import vocabulary

Read = Callable[[str], Message]


@pytest.fixture(scope="module")
def detector() -> DangerDetector:
    return DangerDetector(DangerDetector.get_default_config())


@pytest.fixture(scope="module")
def rules() -> DangerRules:
    return DangerRules(vocabulary("danger"))


def judged(message: Message, detector: DangerDetector, likely: float) -> Message:
    message.set("intent", {"name": "file_complaint", "confidence": 0.9}, add_to_output=True)
    message.set(DANGER_PROBABILITY, likely)
    return detector.process([message])[0]


@pytest.mark.parametrize(
    "text",
    [
        "kebakaran di rumah tetangga, tolong!",
        "Ada kecelakaan motor, orangnya berdarah dan pingsan",
        "anak hanyut di kali",
        "ada yg tenggelem, orang tenggelam di kali",
        "saya mau bunuh diri",
        "capek hidup, mau mati aja",
        "i want to die",
        "tawuran bawa celurit di depan gang",
        "ada orang dibacok",
        "rumah roboh ada yang tertimpa",
        "bapak saya sesak napas",
        "tlg ada yang kesetrum di tiang listrik",
        "there's a fire in my building",
        "ada begal bawa golok",
        "gas bocor satu gang",
        "kami tidak bisa keluar, terjebak di lantai dua",
        "banyak anak pingsan waktu upacara",
    ],
)
def test_danger_is_sure_when_the_words_say_so(read: Read, detector: DangerDetector, text: str) -> None:
    message = judged(read(text), detector, likely=0.1)
    assert message.get(DANGER) == "sure"
    assert message.get("intent")["name"] == "report_danger"


@pytest.mark.parametrize(
    "text",
    [
        "pohon tumbang di jl tebet barat",
        "banjir sepinggang di rt 3",
        "air banjir masuk ke dalam rumah",
        "tembok sekolah ambruk",
        "ada tawuran di depan gang",
        "kabel listrik putus di trotoar",
        "ular kobra masuk dapur",
    ],
)
def test_danger_is_possible_and_the_intent_stays(read: Read, detector: DangerDetector, text: str) -> None:
    message = judged(read(text), detector, likely=0.15)
    assert message.get(DANGER) == "maybe"
    assert message.get("intent")["name"] == "file_complaint"


@pytest.mark.parametrize(
    "text",
    [
        "jalan rusak bahaya bgt",
        "lubang ini membahayakan pengendara motor",
        "rawan kecelakaan karena gelap",
        "takut kebakaran kabelnya semrawut",
        "hidran kebakaran ga ada airnya",
        "pohon hampir tumbang, mohon ditebang",
        "pohonnya mau roboh",
        "sebelum ada korban tolong diperbaiki",
        "lampu mati total",
        "kereta api berisik",
        "saya terjebak macet dua jam",
        "tolong ditertibkan parkir liar",
        "di lubang buaya ada sampah",
        "halte rawa buaya kotor",
        "nomor darurat berapa",
        "itu bukan kebakaran",
        "pohon tumbang, alhamdulillah tidak ada korban",
        "minggu lalu tembok sekolah ambruk",
    ],
)
def test_the_words_of_an_ordinary_complaint_are_no_sign(read: Read, rules: DangerRules, text: str) -> None:
    assert rules.level(text_to_classify(read(text))) is None


@pytest.mark.parametrize(
    "text", ["jalan rusak bahaya bgt", "tagihan bikin serangan jantung", "mual mau mati"]
)
def test_an_ordinary_complaint_is_no_danger(read: Read, detector: DangerDetector, text: str) -> None:
    message = judged(read(text), detector, likely=0.005)
    assert message.get(DANGER) is None
    assert message.get("intent")["name"] == "file_complaint"


def test_the_classifier_alone_can_be_sure(read: Read, detector: DangerDetector) -> None:
    assert judged(read("bayinya biru dan diam"), detector, likely=0.8).get(DANGER) == "sure"


def test_a_doubt_of_the_classifier_is_kept_as_possible(read: Read, detector: DangerDetector) -> None:
    assert judged(read("bayinya biru dan diam"), detector, likely=0.4).get(DANGER) == "maybe"


def test_sure_words_are_only_possible_danger_when_the_classifier_doubts(
    read: Read, detector: DangerDetector
) -> None:
    message = judged(read("monyet dikurung kecil di warung"), detector, likely=0.03)
    assert message.get(DANGER) == "maybe"


def test_without_the_classifier_no_word_is_danger(read: Read, detector: DangerDetector) -> None:
    assert detector.process([read("halo")])[0].get(DANGER) is None


@pytest.mark.parametrize(
    "text",
    [
        "pohon tumbang menimpa rumah",
        "banjir sepinggang di rt 3, mobil ga bisa lewat",
        "kabel listrik putus di trotoar",
        "air masuk rumah, ada lansia",
    ],
)
def test_what_may_be_both_is_possible_danger_whatever_the_classifier_thinks(
    read: Read, detector: DangerDetector, text: str
) -> None:
    assert judged(read(text), detector, likely=0.001).get(DANGER) == "maybe"


@pytest.mark.parametrize(
    "text", ["kabel internet putus di jalan", "tiap hujan deras banjir sepinggang", "pohon rawan tumbang"]
)
def test_what_is_feared_or_usual_is_not(read: Read, detector: DangerDetector, text: str) -> None:
    assert judged(read(text), detector, likely=0.001).get(DANGER) is None


def test_what_is_past_counts_one_level_less(read: Read, rules: DangerRules) -> None:
    assert rules.level(text_to_classify(read("minggu lalu ada begal di sini"))) == "maybe"
    assert rules.level(text_to_classify(read("ada begal di sini"))) == "sure"


def test_the_ranking_of_the_intents_stays(read: Read, detector: DangerDetector) -> None:
    message = read("kebakaran!")
    ranking = [{"name": "file_complaint", "confidence": 0.9}]
    message.set("intent_ranking", ranking, add_to_output=True)
    assert judged(message, detector, likely=0.1).get("intent_ranking") == ranking
