"""Secret codes: strong enough, and typed without mistakes."""

from math import log2

from crm.domain.secret_code import ALPHABET, LENGTH, bare, new_secret_code


def test_a_code_has_forty_bits_or_more() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert LENGTH * log2(len(ALPHABET)) >= 40


def test_no_two_signs_of_the_alphabet_are_taken_for_one_another() -> None:
    assert len({bare(sign) for sign in ALPHABET}) == len(ALPHABET)
    assert not set("OILU") & set(ALPHABET)


def test_a_code_is_understood_as_people_type_it() -> None:
    assert bare("7kqm 4t0l") == bare("7KQM-4TOI") == bare("7KQM4T01")


def test_codes_differ() -> None:
    assert len({new_secret_code() for _ in range(1000)}) == 1000
