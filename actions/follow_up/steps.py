"""What a reporter can do next with a report, as buttons. Called by ``actions.check_status``."""

from actions import responses
from actions.follow_up.own_reports import awaits_verdict, can_reopen
from actions.tell_report import Step
from crm.domain.complaint import ComplaintView

# More do not fit under a message of every channel.
MOST_STEPS = 3


def next_steps(view: ComplaintView) -> tuple[Step, ...]:
    """Return titles (responses) and payloads of the buttons, what the city waits for first."""
    number = view.report_number
    own = f'{{"report_number": "{number}"}}'
    steps: list[Step] = []
    if waiting := [question for question in view.questions if question.answered_at is None]:
        asked = f'{{"report_number": "{number}", "question": "{waiting[-1].question_id}"}}'
        steps.append((responses.LABEL_ANSWER, f"/answer_question{asked}"))
    if awaits_verdict(view):
        steps.append((responses.LABEL_DONE, f"/confirm_done{own}"))
    if can_reopen(view):
        steps.append((responses.LABEL_STILL_OPEN, f"/still_open{own}"))
    if view.status.is_open:
        steps.append((responses.LABEL_ADD_DETAIL, f"/add_detail{own}"))
        steps.append((responses.LABEL_WITHDRAW, f"/withdraw{own}"))
    return tuple(steps[:MOST_STEPS])
