"""The year: 11,000 officers from nomination to report, through the public HTTP interface.

What one organisation trained in 2019, shaped as its year: courses of 25 seats for 60 countries,
ten a week, one and a half nominations for a seat, every mail and SMS sent to the built-in mailbox.
"""

from .measuring import OFFICERS, run, table

__all__ = ["OFFICERS", "run", "table"]
