"""The play makes its own folder afresh, leaves others alone, and finds a free port."""

import socket
from pathlib import Path

import pytest

from deploy.demo.serving import FolderIsNotOurs, log_of, make_afresh, next_free_port


def test_a_folder_of_an_earlier_play_is_made_afresh(tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    make_afresh(folder)
    log_of(folder).write_text("stopped")
    (folder / "registration.sqlite").write_bytes(b"old")

    make_afresh(folder)

    assert list(folder.iterdir()) == []


def test_a_folder_with_something_else_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")

    with pytest.raises(FolderIsNotOurs):
        make_afresh(tmp_path)

    assert (tmp_path / "thesis.txt").read_text() == "years of work"


def test_a_port_in_use_is_passed_over() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        free = next_free_port(port)

    assert free > port
