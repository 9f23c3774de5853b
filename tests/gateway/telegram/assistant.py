"""What the Rasa stand-in says in these tests: a small report, from greeting to receipt."""

from typing import Any

from tests.gateway.rasa_stand_in import says

ASK_PLACE = "Di mana?"
ASK_PRIVACY = "Siapa yang boleh melihat?"
RECEIPT = "Terkirim. Nomor JK2611240001."


def answer(message: dict[str, Any]) -> dict[str, Any]:
    """Answer a message by its intent, or by its words."""
    parsed = message["parse_data"]
    if parsed is None:
        return says(ASK_PLACE, draft_open=True, custom={"ask": "location"})
    match parsed["intent"]["name"]:
        case "start":
            return says("Selamat datang.")
        case "give_location":
            return says("Ada foto?", draft_open=True)
        case "send_photo":
            return says(ASK_PRIVACY, draft_open=True, buttons=_privacy("publik", "privat"))
        case "choose_privacy":
            return says(RECEIPT)
        case name:
            return says(f"intent {name}")


def _privacy(*choices: str) -> list[dict[str, str]]:
    payload = '/choose_privacy{{"privacy": "{}"}}'
    return [{"title": choice.title(), "payload": payload.format(choice)} for choice in choices]
