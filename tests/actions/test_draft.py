"""A draft survives being kept in slots, and tells what it still lacks."""

import json

from actions.draft import Draft, Place, empty_draft, read_draft, slot_values

FULL = Draft(
    draft_id="1",
    description="jalan berlubang",
    category="jalan",
    predicted_category="trotoar",
    category_candidates=("trotoar", "jalan"),
    place=Place(text="depan SDN 01", kelurahan_code="31.74.01.1001", lat=-6.2, lon=106.8, candidates=("x",)),
    photos=("a", "b"),
    privacy="privat",
    confirmation="kirim",
    misunderstood=1,
    english_hint_given=True,
)


def test_a_draft_comes_back_from_its_slots_unchanged():
    assert read_draft(json.loads(json.dumps(slot_values(FULL)))) == FULL
    assert read_draft(json.loads(json.dumps(slot_values(Draft())))) == Draft()


def test_empty_slots_are_an_empty_draft():
    assert read_draft({}) == Draft()


def test_no_photos_is_not_the_same_as_not_asked():
    assert read_draft(slot_values(Draft(photos=()))).photos == ()
    assert read_draft(slot_values(Draft(photos=None))).photos is None


def test_an_empty_draft_keeps_only_what_concerns_the_citizen():
    assert empty_draft(FULL) == Draft(english_hint_given=True)
