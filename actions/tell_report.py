"""How reports are told: a page of them with buttons, or one with its whole history and what can be done next.

Called by ``actions.check_status``; a line of a list also by ``actions.follow_up``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions import responses
from actions.base import Domain, label
from actions.reference import category_labels, unit_names
from actions.wording import button, place_in_words, plain
from crm.domain.complaint import ComplaintPage, ComplaintSummary, ComplaintView, StatusChange
from crm.domain.dates import moment_in_words, short_date, short_moment
from crm.domain.status import Status

# What the reporter can do: the response with the button's title, and its payload.
Step = tuple[str, str]

# Characters of history in one message: with what stands above it, it fits the 1,024 of every channel.
HISTORY_LENGTH = 700


@dataclass(frozen=True)
class Teller:
    """Says what a citizen may know, in the words of ``domain``."""

    dispatcher: CollectingDispatcher
    domain: Domain

    def tell_page(self, page: ComplaintPage) -> None:
        """List a page of reports, a button for each and one for the next page."""
        self.dispatcher.utter_message(
            response=responses.STATUS_LIST,
            total=page.total,
            reports="\n".join(map(summary_line, page.items)),
            buttons=self._buttons(page),
        )

    def tell_story(
        self,
        view: ComplaintView,
        custom: dict[str, Any] | None = None,
        *,
        steps: Sequence[Step] = (),
        link: str | None = None,
    ) -> None:
        """Tell a report's status and history, and to its reporter the next steps and where to follow it.

        ``custom`` goes to the gateway with each message.
        """
        first, *rest = _in_messages(view.history)
        self.dispatcher.utter_message(
            response=responses.STATUS_ONE,
            json_message=custom,
            report_number=str(view.report_number),
            kind=category_labels()[view.category_code],
            where=place_in_words(view.location, self.domain),
            state=view.status.label,
            unit=_unit(view.unit),
            history=first,
        )
        for more in rest:
            self.dispatcher.utter_message(
                response=responses.STATUS_HISTORY, json_message=custom, history=more
            )
        lines = self._what_next(view, steps)
        if link:
            lines.append(label(self.domain, responses.STATUS_LINK).format(link=link))
        if lines:
            self.dispatcher.utter_message(
                response=responses.STATUS_NEXT,
                json_message=custom,
                further="\n".join(lines),
                buttons=[button(label(self.domain, title), payload) for title, payload in steps],
            )

    def _what_next(self, view: ComplaintView, steps: Sequence[Step]) -> list[str]:
        waiting = [question.text for question in view.questions if question.answered_at is None]
        lines = []
        if view.expected_by is not None:
            expected = label(self.domain, responses.STATUS_EXPECTED)
            lines.append(expected.format(expected_by=moment_in_words(view.expected_by)))
        if waiting:
            lines.append(label(self.domain, responses.STATUS_QUESTION).format(asked=plain(waiting[-1])))
        if view.status is Status.SELESAI and steps:
            lines.append(label(self.domain, responses.STATUS_IS_IT_DONE))
        elif steps and not lines:
            lines.append(label(self.domain, responses.STATUS_WHAT_NEXT))
        return lines

    def _buttons(self, page: ComplaintPage) -> list[dict[str, str]]:
        numbers = [str(summary.report_number) for summary in page.items]
        buttons = [button(number, f'/check_status{{"report_number": "{number}"}}') for number in numbers]
        if page.has_next:
            older = label(self.domain, responses.LABEL_OLDER)
            buttons.append(button(older, f'/check_status{{"page": "{page.page + 1}"}}'))
        return buttons


def summary_line(summary: ComplaintSummary) -> str:
    """Write a report on one line of a list."""
    kind = category_labels()[summary.category_code]
    filed = short_date(summary.filed_at)
    return f"• {summary.report_number}: {kind}, {filed}. {summary.status.label}, {_unit(summary.unit)}"


def _in_messages(history: Sequence[StatusChange]) -> list[str]:
    messages: list[str] = []
    for line in map(_change, history):
        fits = messages and len(messages[-1]) + len(line) < HISTORY_LENGTH
        messages[-1:] = [f"{messages[-1]}\n{line}"] if fits else [*messages[-1:], line]
    return messages


def _change(change: StatusChange) -> str:
    told = f"• {short_moment(change.at)}: {change.status.label}, {_unit(change.unit)}"
    return f"{told}. {plain(change.note)}" if change.note else told


def _unit(code: str) -> str:
    return unit_names().get(code, code)
