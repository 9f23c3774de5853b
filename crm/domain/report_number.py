"""The number citizens know a report by: prefix, day in Jakarta, sequence of that day.

Form of JAKI: ``JK`` + YYMMDD + at least four digits (JK2503050007). Made when a report is filed, read
wherever a citizen or officer names one.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

_WRITTEN = re.compile(r"([A-Z]{2,5})([0-9]{6})([0-9]{4,8})", re.ASCII)
_SEPARATORS = re.compile(r"[\s.\-_/#]+")


@dataclass(frozen=True)
class ReportNumber:
    """A report number; ``sequence`` counts from 1 on each ``day`` in Jakarta."""

    prefix: str
    day: date
    sequence: int

    def __str__(self) -> str:
        return f"{self.prefix}{self.day:%y%m%d}{self.sequence:04d}"

    @classmethod
    def parse(cls, text: str) -> "ReportNumber":
        """Read a number as people write it: small letters, blanks and dashes are forgiven.

        Raises:
            ValueError: it is not a report number.
        """
        written = _WRITTEN.fullmatch(_SEPARATORS.sub("", text).upper())
        if not written:
            raise ValueError("not a report number")
        prefix, day, sequence = written.groups()
        return cls(prefix, datetime.strptime(day, "%y%m%d").date(), int(sequence))
