"""`python healthy.py [PORT PATH]`: whether the process of this container is ready, as an exit code.

It is asked where CADRE_OPERATIONS says, unless told otherwise.
"""

import http.client
import os
import sys

SECONDS = 5.0


def is_ready(port: int, path: str) -> bool:
    """Whether it says so itself, in time."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        asked.request("GET", path)
        answer = asked.getresponse()
        print(answer.read(200).decode(errors="replace"))
    except OSError as error:
        print(type(error).__name__)
        return False
    return answer.status == http.client.OK


if __name__ == "__main__":
    port = os.environ.get("CADRE_OPERATIONS", "").rpartition(":")[2]
    port, path = sys.argv[1:3] if len(sys.argv) > 2 else (port, "/health/ready")
    sys.exit(not is_ready(int(port), path))
