"""The summary tells people the same figures as the last line tells programs."""

from io import StringIO

import pytest

from deploy.demo.accounts import keep_accounts
from deploy.demo.mail import links_in
from deploy.demo.summary import NOTE, addresses, by_country, in_numbers
from deploy.demo.telling import teller_on

from .recorded import a_small_course

NAMES = {"EG": {"en": "Egypt"}, "JO": {"en": "Jordan"}}


def test_the_table_has_a_line_for_each_country_and_one_for_all() -> None:
    lines = by_country(a_small_course(), NAMES)

    assert lines == [
        "        nominated  seats  women  days  certificates",
        "Egypt           1      0      0     0             0",
        "Jordan          1      1      1     5             1",
        "All             2      1      1     5             1",
    ]


def test_the_sentences_carry_the_figures_of_the_account() -> None:
    account = keep_accounts(a_small_course(), 1.0)

    text = " ".join(in_numbers(account))

    assert "2 officers of 2 countries were nominated" in text
    assert "4 e-mails and 2 SMS arrived" in text
    assert "0 lost, 0 doubled, 0 unsettled" in text


def test_addresses_stand_below_one_another_and_the_note_says_specimen() -> None:
    lines = addresses({"The events": "http://a/events", "Mail": "http://a/mailbox"})

    assert lines == ["The events  http://a/events", "Mail        http://a/mailbox"]
    assert "SPECIMEN" in NOTE
    assert "INVENTED" in NOTE


def test_lines_are_plain_where_nobody_watches() -> None:
    stream = StringIO()

    teller_on(stream).done("A course is planned")

    assert stream.getvalue() == "  ✓ A course is planned\n"


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(("no_colour", "is_coloured"), [("", True), ("1", False)])
def test_colour_is_for_terminals_that_want_it(
    monkeypatch: pytest.MonkeyPatch, no_colour: str, is_coloured: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", no_colour)
    monkeypatch.setenv("TERM", "xterm")
    terminal = Terminal()

    teller_on(terminal).done("A course is planned")

    assert ("\033[" in terminal.getvalue()) == is_coloured


def test_a_link_in_a_mail_ends_where_the_reader_sees_it_end() -> None:
    text = "Answer here:\nhttp://a/registration/offer/AbC-_9\n(or see <http://a/help>)."

    links = links_in(text)

    assert links == ["http://a/registration/offer/AbC-_9", "http://a/help"]
