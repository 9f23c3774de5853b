"""Hides people's names where a form of address gives them away: "Pak Budi", "rumah bu tini", "a.n. Joko".

Called by ``crm.domain.masking``. In small letters "pak" mostly calls the reader ("tolong pak lampu mati"):
there only what follows "rumah pak", "milik bu" and the like is a name. Other names are not found.
"""

import re

_TITLE = (
    r"(?i:pak|bpk|bapak|bu|ibu|mas|mbak?|bang|kang|sdri?|saudar[ai]|tuan|nyonya|tn|ny|haji|hj|ustadz?)\.?"
)
# An office is a fact of the report and stays; a name may follow it: "Pak RT Budi".
_OFFICE = r"(?i:rt|rw|lurah|camat|ketua|kepala|satpam|polisi|haji|h)\b\.?"
_TITLES = rf"{_TITLE}(?:[ ]+{_OFFICE})*"
_OWNED = r"(?i:rumah|milik|punya|kepunyaan|warung|toko|bengkel|kontrakan|kos|oleh|tetangga|anak|istri|suami)"
_CALLED = r"(?i:a\.n\.|a/n|atas[ ]nama|bernama|nama[ ]saya|namanya)"
_CAPITALS = r"[A-Z][a-z'’]+(?:[ ]+[A-Z][a-z'’]+){0,2}"
_NAME = re.compile(
    rf"(?<![\w.])(?P<before>{_TITLES}[ ]+)(?P<name>{_CAPITALS})"
    rf"|(?<!\w)(?P<of>(?:{_OWNED}[ ]+{_TITLES}|{_CALLED})[ ]+)(?P<owner>[^\W\d_]{{3,}})"
)
_STREET = re.compile(r"(?:jl|jln|jalan|gg|gang|masjid|mesjid|musala|rs|rsud|sekolah)\.?[ ]+$", re.IGNORECASE)
_NO_NAMES = frozenset(
    """
    kota gubernur wagub walikota wali bupati presiden menteri dinas lurah camat ketua kepala petugas
    polisi satpam hansip guru dokter sopir supir parkir penjual pedagang ojek ogah tani hamil orang
    haji tetangga saya kami kita dan atau yang itu ini sana sini di ke dari juga lain tersebut
    sebelah samping depan belakang tolong mohon harap minta selamat terima ada sudah belum tidak
    bukan mau agar untuk jalan lampu sampah
    """.split()
)


def mask_names(text: str, mask: str) -> str:
    """Return ``text`` with what looks like a name replaced."""

    def hidden(found: re.Match[str]) -> str:
        shown = found["before"] or found["of"]
        name = found["name"] or found["owner"]
        is_place = _STREET.search(text[: found.start()])
        is_word = name.split()[0].lower() in _NO_NAMES
        return found.group() if is_place or is_word else f"{shown}{mask}"

    return _NAME.sub(hidden, text)
