"""Change a report's status as an officer, or from the command line. Called by ``crm.bootstrap.Crm``."""

from dataclasses import dataclass

from crm.domain.complaint import ComplaintView
from crm.domain.reference import Reference
from crm.domain.report_number import ReportNumber
from crm.domain.times import Clock
from crm.services.changes import Changing, WantedChange
from crm.services.find import check_holds, check_version, found_by, read_number
from crm.services.ports import Store
from crm.services.views import officer_view


@dataclass(frozen=True)
class StatusChanging:
    """What changing a status needs."""

    store: Store
    reference: Reference
    clock: Clock

    def change(
        self, number: ReportNumber | str, wanted: WantedChange, *, version: int | None = None
    ) -> ComplaintView:
        """Make a change if the table allows it, and return the report as it is then.

        Without an officer it comes from the command line, which may name any role: whoever has the server
        may do all, but must give what the table demands. With ``version``, what was seen must still be so.

        Raises:
            ComplaintNotFound: there is no such report, or it is not the officer's to see.
            NotAllowed: another unit holds it.
            TransitionRefused: the table does not allow it, or something it requires is missing.
            ConcurrentChange: somebody else changed the report meanwhile.
            StoreUnavailable: the outcome is unknown.
        """
        with self.store.writing() as work:
            complaint = found_by(wanted.officer, read_number(number), work, to_amend=True)
            check_version(complaint, version)
            check_holds(wanted.officer, complaint, wanted.to)
            changed = Changing(work, self.reference, self.clock()).make(complaint, wanted)
            return officer_view(changed, work.follow_ups.of(changed.report_number))
