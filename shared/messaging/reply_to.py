"""Where a client of the broker waits for an answer, told from what only looks so (direct reply-to).

An outsider writes `reply_to` and our relay publishes there: the broker takes such an address apart
unchecked, and closes the connection of whoever sends to one that is none.
"""

import base64
import binascii
import re

ADDRESS = re.compile(
    r"amq\.rabbitmq\.reply-to\.([A-Za-z0-9+/]{16,200}={0,2})\.([A-Za-z0-9+/]{1,60}={0,2})"
)
PROCESS = {b"X"[0]: 12, b"g"[0]: 9}
"""How an Erlang term spells a process, and how many bytes follow the name of its node."""
LENGTHS = {b"v"[0]: 2, b"d"[0]: 2, b"w"[0]: 1, b"s"[0]: 1}
"""How it spells a name, and in how many bytes its length is written."""
NODE = re.compile(rb"reply@[0-9]{1,20}")
"""The broker writes a number for its node: no name of a machine stands there."""


def is_reply_address(text: str) -> bool:
    """Whether a broker has made this address, as far as can be seen from it."""
    found = ADDRESS.fullmatch(text)
    if not found:
        return False
    try:
        process, _ = (base64.b64decode(part, validate=True) for part in found.groups())
    except binascii.Error:
        return False
    return _is_process(process)


def _is_process(term: bytes) -> bool:
    if len(term) < 5 or term[0] != 131 or term[1] not in PROCESS or term[2] not in LENGTHS:
        return False
    starts = 3 + LENGTHS[term[2]]
    ends = starts + int.from_bytes(term[3:starts], "big")
    node, rest = term[starts:ends], term[ends:]
    return bool(NODE.fullmatch(node)) and len(rest) == PROCESS[term[1]]
