"""Finds the report a caller names; used by the services that take a report number."""

from crm.domain.complaint import Complaint
from crm.domain.errors import ComplaintNotFound
from crm.domain.report_number import ReportNumber


def read_number(number: ReportNumber | str) -> ReportNumber:
    """Return a report number as a value.

    Raises:
        ComplaintNotFound: it cannot be the number of any report.
    """
    if isinstance(number, ReportNumber):
        return number
    try:
        return ReportNumber.parse(number)
    except ValueError as error:
        raise ComplaintNotFound from error


def required(found: Complaint | None) -> Complaint:
    """Return what was found.

    Raises:
        ComplaintNotFound: nothing was.
    """
    if found is None:
        raise ComplaintNotFound
    return found
