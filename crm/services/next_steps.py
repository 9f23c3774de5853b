"""What an officer may do with a report now, by the table of statuses. Called by ``crm.bootstrap.Crm``."""

from crm.domain.officers import Officer
from crm.domain.report_number import ReportNumber
from crm.domain.status import TRANSITIONS, Step, next_statuses
from crm.services.changes import is_second_person
from crm.services.find import found_by, read_number
from crm.services.ports import Store


def next_steps(number: ReportNumber | str, officer: Officer, *, store: Store) -> tuple[Step, ...]:
    """Return the changes this officer may make now, each with what must be given.

    Raises:
        ComplaintNotFound: there is no such report, or it is not the officer's to see.
        StoreUnavailable: the store does not answer.
    """
    with store.reading() as work:
        complaint = found_by(officer, read_number(number), work)
    return tuple(
        Step(to, TRANSITIONS[complaint.status, to].required)
        for to in next_statuses(complaint.status, officer.role)
        if officer.holds(complaint, to) and is_second_person(complaint, to, officer)
    )
