"""Escalate what missed its target: supervisors find it, and reporters are told the new date before they ask.

Called by ``crm.bootstrap.Crm`` every few minutes. Hours and days are the city's: they count through nights
and holidays. ``respond_by`` and ``finish_by`` stay as they were promised.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from crm.domain.complaint import Complaint
from crm.domain.news import NewsKind, Telling
from crm.domain.reference import Reference
from crm.domain.times import Clock
from crm.services.ports import Store
from crm.services.tell import tell

AT_ONCE = 200
# For reports whose category is no longer in the list.
USUAL_HOURS, USUAL_DAYS = 6, 7


@dataclass(frozen=True)
class Escalating:
    """What escalating needs."""

    store: Store
    reference: Reference
    clock: Clock

    def escalate(self) -> int:
        """Escalate every report whose next step is overdue and for which no later date was promised.

        A promise missed as well is escalated again. Safe to repeat, and while others do it.

        Raises:
            StoreUnavailable: the rest follows next time.
        """
        escalated = 0
        while count := self._escalate_some(self.clock()):
            escalated += count
        return escalated

    def _escalate_some(self, now: datetime) -> int:
        with self.store.writing() as work:
            overdue = work.worklist.overdue(now, AT_ONCE)
            for complaint in overdue:
                expected_by = now + self._time_for_next_step(complaint)
                work.complaints.amend(replace(complaint, expected_by=expected_by, escalated_at=now))
                tell(work, complaint, Telling(at=now, kind=NewsKind.LATE, expected_by=expected_by))
            return len(overdue)

    def _time_for_next_step(self, complaint: Complaint) -> timedelta:
        """Return as long again as the category's target for the step that was missed."""
        category = self.reference.categories.get(complaint.category_code)
        if complaint.responded_at is None:
            return timedelta(hours=category.respond_hours if category else USUAL_HOURS)
        return timedelta(days=category.finish_days if category else USUAL_DAYS)
