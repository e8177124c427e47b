"""Why a step of an import is refused."""

from shared.refusals import Refused


class FileIsNoSheet(Refused):
    """The file is neither CSV nor a workbook (.xlsx), whatever it is called; `errors` say what."""

    status = 422
    title = "This file is no spreadsheet that can be read"


class ImportIsTooLarge(Refused):
    """A file to import has at most 15 MB."""

    status = 413
    title = "This file is too large"


class ImportHasMoved(Refused):
    """From where the import stands this can not be done: it is not read yet, or done already."""

    title = "The import no longer allows this"


class ImportHasBadRows(Refused):
    """Some rows can not be taken, and a file is taken whole or not at all; `errors` name the first.

    Correct the file, or ask for its good rows only, with `only_good` or `leave_out_faulty`."""

    status = 422
    title = "Some rows cannot be taken; nothing was imported"


class ImportHasNoGoodRows(Refused):
    """No row of the file can be taken."""

    status = 422
    title = "No row of this file can be taken"


class ImportIsForgotten(Refused):
    """What the file said is deleted after 30 days; upload it again."""

    title = "What this file said is not kept any more"


class ImportWasBuiltOn(Refused):
    """Something rests on what was imported by now; `errors` say what it is."""

    title = "Something rests on this import by now"


class TooManyImportsWait(Refused):
    """Ten files that are read and not confirmed are enough: confirm or discard some first."""

    title = "Too many files wait to be confirmed"


class RowsNamePartiesForStaffOnly(Refused):
    """A file for several parties is imported by a coordinator; name the party of yours."""

    status = 422
    title = "Say for which party this file is"
