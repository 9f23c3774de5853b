"""The responses of ``domain.yml`` that code chooses, each named once.

Rules utter none themselves (actions.answer tells why). A contract test holds names and domain together.
"""

# First contact and small talk
WELCOME = "utter_welcome"
GREET_AGAIN = "utter_greet_again"
GREET_IN_INTAKE = "utter_greet_in_intake"
DATA_NOTICE = "utter_data_notice"
ENGLISH_HINT = "utter_english_hint"
OUT_OF_SCOPE = "utter_out_of_scope"
HELP = "utter_help"
ASK_HUMAN = "utter_ask_human"
PRIVACY_DIFFERENCE = "utter_privacy_difference"
BOT_CHALLENGE = "utter_bot_challenge"
GOODBYE = "utter_goodbye"
INSULT = "utter_insult"
PHOTO_HOW = "utter_photo_how"
SMALL_TALK = "utter_small_talk"
THANK = "utter_thank"
AFFIRM_IDLE = "utter_affirm_idle"
SENT_ALREADY = "utter_sent_already"
DENY_IDLE = "utter_deny_idle"
NOTHING_TO_SKIP = "utter_nothing_to_skip"
NOTHING_TO_CANCEL = "utter_nothing_to_cancel"
NOTHING_TO_CHANGE = "utter_nothing_to_change"
FALLBACK = "utter_fallback"
NOT_UNDERSTOOD = "utter_not_understood"
ONLY_EMOJI = "utter_only_emoji"
MENU = "utter_menu"
TROUBLE = "utter_trouble"

# How the service works, by topic of data/reference/faq.yml
SERVICE_INFO = "utter_service_info"
FAQ = {
    "status_words": "utter_faq_status_words",
    "emergency": "utter_faq_emergency",
    "change_sent": "utter_faq_change_sent",
    "not_content": "utter_faq_not_content",
    "data": "utter_faq_data",
    "cost": "utter_faq_cost",
    "hours": "utter_faq_hours",
    "account": "utter_faq_account",
    "media": "utter_faq_media",
    "after_sending": "utter_faq_after_sending",
    "how_long": "utter_faq_how_long",
    "who": "utter_faq_who",
    "area": "utter_faq_area",
    "about": "utter_faq_about",
    "channels": "utter_faq_channels",
    "topics": "utter_faq_topics",
}

# Danger
DANGER = "utter_danger"
DANGER_OR_DESPAIR = "utter_danger_or_despair"
DANGER_MAYBE = "utter_danger_maybe"

# The questions of the intake; AGAIN where the same question was asked just before
ASK_DESCRIPTION = "utter_ask_description"
ASK_DESCRIPTION_AGAIN = "utter_ask_description_again"
ASK_DESCRIPTION_OF_PLACE = "utter_ask_description_of_place"
ASK_DESCRIPTION_OF_PHOTO = "utter_ask_description_of_photo"
ASK_DESCRIPTION_ANEW = "utter_ask_description_anew"
ASK_CATEGORY = "utter_ask_category"
ASK_CATEGORY_OPEN = "utter_ask_category_open"
ASK_PLACE = "utter_ask_place"
ASK_PLACE_AGAIN = "utter_ask_place_again"
ASK_PLACE_ANEW = "utter_ask_place_anew"
ASK_PLACE_OUTSIDE = "utter_ask_place_outside"
ASK_PLACE_OUTSIDE_POINT = "utter_ask_place_outside_point"
ASK_AREA = "utter_ask_area"
ASK_AREA_CHOOSE = "utter_ask_area_choose"
ASK_AREA_NEAR = "utter_ask_area_near"
ASK_LANDMARK = "utter_ask_landmark"
ASK_PHOTOS = "utter_ask_photos"
ASK_PHOTOS_AGAIN = "utter_ask_photos_again"
ASK_PHOTOS_MORE = "utter_ask_photos_more"
ASK_PRIVACY = "utter_ask_privacy"
ASK_PRIVACY_AGAIN = "utter_ask_privacy_again"
ASK_CONFIRMATION = "utter_ask_confirmation"
ASK_CONFIRMATION_AGAIN = "utter_ask_confirmation_again"

# What is said in an intake besides the questions
NOTED_PROBLEM = "utter_noted_problem"
NOTED_CHANGE = "utter_noted_change"
NOTED_ADDITION = "utter_noted_addition"
NOTED_ALREADY = "utter_noted_already"
NOTED_LATER = "utter_noted_later"
NOTED_NO_DANGER = "utter_noted_no_danger"
NOTED_NO_PHOTOS = "utter_noted_no_photos"
NOTED_PLACE_ADDITION = "utter_noted_place_addition"
NOTED_PRIVACY = "utter_noted_privacy"
NOTED_PHOTO = "utter_noted_photo"
PHOTO_LIMIT = "utter_photo_limit"
PLACE_NEEDED = "utter_place_needed"
LEFT = "utter_left"
LEFT_AFTER_DANGER = "utter_left_after_danger"
STARTED_ANEW = "utter_started_anew"
DRAFT_EXPIRED = "utter_draft_expired"

# The end of an intake
FILED_PUBLIK = "utter_filed_publik"
FILED_PRIVAT = "utter_filed_privat"
FILED_ANONIM = "utter_filed_anonim"
NOT_FILED = "utter_not_filed"
NOT_COMPLETE = "utter_not_complete"

# Why we ask
WHY_DESCRIPTION = "utter_why_description"
WHY_CATEGORY = "utter_why_category"
WHY_PLACE = "utter_why_place"
WHY_PHOTOS = "utter_why_photos"
WHY_PRIVACY = "utter_why_privacy"
WHY_ANY = "utter_why_any"

# Status
STATUS_OR_AGAIN = "utter_status_or_again"
STATUS_NONE = "utter_status_none"
STATUS_LIST = "utter_status_list"
STATUS_ONE = "utter_status_one"
STATUS_HISTORY = "utter_status_history"
STATUS_NOT_FOUND = "utter_status_not_found"
STATUS_CODE_WITHOUT_NUMBER = "utter_status_code_without_number"
STATUS_TROUBLE = "utter_status_trouble"
STATUS_EXPECTED = "utter_status_expected"
STATUS_QUESTION = "utter_status_question"
STATUS_WHAT_NEXT = "utter_status_what_next"
STATUS_IS_IT_DONE = "utter_status_is_it_done"
STATUS_LINK = "utter_status_link"
STATUS_NEXT = "utter_status_next"

# After filing: what the citizen does with a report
DONE = "utter_done"
ASK_RATING = "utter_ask_rating"
ASK_COMMENT = "utter_ask_comment"
COMMENTED = "utter_commented"
COMMENT_IN_WORDS = "utter_comment_in_words"
ASK_STILL_OPEN = "utter_ask_still_open"
ASK_STILL_OPEN_WORDS = "utter_ask_still_open_words"
REOPENED = "utter_reopened"
TOO_LATE_TO_REOPEN = "utter_too_late_to_reopen"
NONE_TO_REOPEN = "utter_none_to_reopen"
NOT_FINISHED = "utter_not_finished"
ASK_ANSWER = "utter_ask_answer"
ANSWERED = "utter_answered"
NO_QUESTION = "utter_no_question"
ASK_DETAIL = "utter_ask_detail"
DETAIL_ADDED = "utter_detail_added"
TOO_LATE_TO_ADD = "utter_too_late_to_add"
ASK_WITHDRAWAL = "utter_ask_withdrawal"
WITHDRAWN = "utter_withdrawn"
TOO_LATE_TO_WITHDRAW = "utter_too_late_to_withdraw"
NONE_IN_PROGRESS = "utter_none_in_progress"
HEAR_LESS = "utter_hear_less"
HEAR_ALL = "utter_hear_all"
WILL_TELL = "utter_will_tell"
FOLLOW_UP_WHICH = "utter_follow_up_which"
FOLLOW_UP_ENOUGH = "utter_follow_up_enough"
FOLLOW_UP_LEFT = "utter_follow_up_left"
FOLLOW_UP_LATER = "utter_follow_up_later"
FOLLOW_UP_WAITED = "utter_follow_up_waited"
FOLLOW_UP_ANONYMOUS = "utter_follow_up_anonymous"
FOLLOW_UP_TROUBLE = "utter_follow_up_trouble"

# Words inside other messages and on buttons
LABEL_UNKNOWN_AREA = "utter_label_unknown_area"
LABEL_SHARED_POINT = "utter_label_shared_point"
LABEL_NO_PHOTOS = "utter_label_no_photos"
LABEL_PHOTOS = "utter_label_photos"
LABEL_OLDER = "utter_label_older"
LABEL_ANSWER = "utter_label_answer"
LABEL_DONE = "utter_label_done"
LABEL_STILL_OPEN = "utter_label_still_open"
LABEL_ADD_DETAIL = "utter_label_add_detail"
LABEL_WITHDRAW = "utter_label_withdraw"
LABEL_PRIVACY = {
    "publik": "utter_label_privacy_publik",
    "privat": "utter_label_privacy_privat",
    "anonim": "utter_label_privacy_anonim",
}
