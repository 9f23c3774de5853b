"""The code that proves an anonymous report to be one's own: nearly 40 random bits in Crockford's base 32.

Of I, L, 1 and of O, 0 only the digits are ever used, and U is left out, so that no two signs can be taken for
one another; whoever types a letter for a digit is understood. Written in two groups: 7KQM-4TXD. It always
holds letters and digits, by which it is told from words when a citizen types it (``bot/nlu``).
"""

import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH = 8

_TYPED = str.maketrans("OIL", "011", " -_.\t\n")


def new_secret_code() -> str:
    """Return a fresh code as it is shown to the citizen."""
    while True:
        signs = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
        if not (signs.isalpha() or signs.isdecimal()):
            return f"{signs[:4]}-{signs[4:]}"


def bare(code: str) -> str:
    """Return a typed code without separators, in capitals, letters taken for the digits they look like."""
    return code.upper().translate(_TYPED)
