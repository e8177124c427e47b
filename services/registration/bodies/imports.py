"""What is said when an import is confirmed."""

from shared.web.body import Taken


class ConfirmRosterImport(Taken):
    """All rows are taken, or none; `only_good` leaves out those that can not be taken."""

    only_good: bool = False
