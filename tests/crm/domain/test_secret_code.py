"""Secret codes: strong enough, and typed without mistakes."""

from math import log2

from crm.domain.secret_code import ALPHABET, LENGTH, bare, new_secret_code


def test_a_code_has_nearly_forty_bits() -> None:
    assert len(set(ALPHABET)) == len(ALPHABET)
    only_letters, only_digits = 22**LENGTH, 10**LENGTH
    assert log2(len(ALPHABET) ** LENGTH - only_letters - only_digits) > 39.9


def test_no_two_signs_of_the_alphabet_are_taken_for_one_another() -> None:
    assert len({bare(sign) for sign in ALPHABET}) == len(ALPHABET)
    assert not set("OILU") & set(ALPHABET)


def test_a_code_is_understood_as_people_type_it() -> None:
    assert bare("7kqm 4t0l") == bare("7KQM-4TOI") == bare("7KQM4T01")


def test_codes_differ() -> None:
    assert len({new_secret_code() for _ in range(1000)}) == 1000


def test_a_code_always_holds_letters_and_digits_by_which_it_is_told_from_words() -> None:
    codes = [bare(new_secret_code()) for _ in range(1000)]
    assert not [code for code in codes if code.isalpha() or code.isdecimal()]
