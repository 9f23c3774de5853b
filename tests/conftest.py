"""What holds for every test on both sides (Python 3.10 and newer): where no skip is allowed, a skip fails."""

import os

import pytest

# SQLAlchemy 1.4 on the Rasa side announces version 2 at every import; Rasa reports home unless told not to.
os.environ["SQLALCHEMY_SILENCE_UBER_WARNING"] = "1"
os.environ["RASA_TELEMETRY_ENABLED"] = "false"

NO_SKIP = os.environ.get("ADUAN_NO_SKIP") == "1"


def forbid_skip(report: "pytest.TestReport | pytest.CollectReport") -> None:
    """Under ``ADUAN_NO_SKIP=1`` turn a skipped report into a failed one that keeps its reason."""
    if NO_SKIP and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[-1] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"ADUAN_NO_SKIP=1 allows no skip, but this was skipped: {reason}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    forbid_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    report = yield
    forbid_skip(report)
    return report
