"""Why a file is no workbook that can be read, in the words of who has to save it again."""

from ..rows import Fault

DAMAGED = Fault(
    "file-damaged", "The file is damaged or not a spreadsheet. Save it again as .xlsx or CSV UTF-8."
)
EXPANDS_TOO_MUCH = Fault(
    "file-expands-too-much",
    "The file unpacks to far more than a list of officers. Copy the list into a new workbook.",
)
NOT_SAFE = Fault(
    "file-not-safe", "The file declares XML entities, as no spreadsheet does; it was not read."
)
NO_SHEET = Fault("sheet-missing", "The workbook has no visible sheet with a list.")
OLD_WORKBOOK = Fault(
    "file-is-xls",
    "This is a workbook of the old kind (.xls) or one with a password. Open it, take the password "
    "off and save it as .xlsx.",
)
OPEN_DOCUMENT = Fault(
    "file-is-ods", "This is an OpenDocument file (.ods). Open it and save it as .xlsx or CSV UTF-8."
)
WORD_DOCUMENT = Fault(
    "file-is-word", "This is a text document. Copy its table into a spreadsheet and save as .xlsx."
)
BINARY_WORKBOOK = Fault(
    "file-is-xlsb", "This is a binary workbook (.xlsb). Open it and save it as .xlsx."
)
OTHER_ARCHIVE = Fault(
    "file-not-a-workbook", "This is an archive and not a workbook. Send the .xlsx file itself."
)
PORTABLE_DOCUMENT = Fault(
    "file-is-pdf", "This is a PDF. Send the list as .xlsx or CSV UTF-8, as it was before."
)
WEB_PAGE = Fault(
    "file-is-a-web-page", "This is a web page, whatever its name. Open it and save it as .xlsx."
)


class CannotBeRead(Exception):
    """The file is no workbook, or not one that is safe to read; `fault` says what to do."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.code)
        self.fault = fault
