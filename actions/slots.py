"""The slots of ``domain.yml``, each named once.

Read and written by ``actions.draft`` (the intake) and the actions that keep something between two turns.
"""

REQUESTED_SLOT = "requested_slot"

DRAFT_ID = "draft_id"
DESCRIPTION = "description"
CATEGORY = "category"
PREDICTED_CATEGORY = "predicted_category"
CATEGORY_CANDIDATES = "category_candidates"
PLACE = "place"
PHOTOS = "photos"
PRIVACY = "privacy"
CONFIRMATION = "confirmation"
MISUNDERSTOOD = "misunderstood"
SECOND_COMPLAINT = "second_complaint"

FOLLOW_UP = "follow_up"

NOTICE_GIVEN = "notice_given"
ENGLISH_HINT_GIVEN = "english_hint_given"
