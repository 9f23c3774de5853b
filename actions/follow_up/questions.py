"""How the questions about a filed report are worded, and the buttons that lead to them.

Called by ``actions.take_follow_up``, ``actions.ask.follow_up`` and ``actions.tell_report``.
"""

from collections.abc import Mapping

from actions import responses
from actions.follow_up.outcome import Ask, Line, Pending
from actions.wording import plain

QUESTIONS: Mapping[Ask, str] = {
    Ask.RATING: responses.ASK_RATING,
    Ask.COMMENT: responses.ASK_COMMENT,
    Ask.STILL_OPEN: responses.ASK_STILL_OPEN,
    Ask.ANSWER: responses.ASK_ANSWER,
    Ask.DETAIL: responses.ASK_DETAIL,
    Ask.WITHDRAWAL: responses.ASK_WITHDRAWAL,
}
# The label and the payload of the button that leads to a question for words.
BUTTON_OF: Mapping[Ask, tuple[str, str]] = {
    Ask.STILL_OPEN: (responses.LABEL_STILL_OPEN, '/still_open{{"report_number": "{report_number}"}}'),
    Ask.ANSWER: (
        responses.LABEL_ANSWER,
        '/answer_question{{"report_number": "{report_number}", "question": "{question}"}}',
    ),
    Ask.DETAIL: (responses.LABEL_ADD_DETAIL, '/add_detail{{"report_number": "{report_number}"}}'),
}


def question(pending: Pending) -> Line:
    """Return the question for what is pending."""
    asked = responses.ASK_STILL_OPEN_WORDS if pending.photos else QUESTIONS[pending.ask]
    values = {
        "report_number": pending.report_number,
        "officers_question": plain(pending.question),
        "stars": pending.rating,
    }
    return Line(asked, values)
