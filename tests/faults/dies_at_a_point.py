"""A process that reaches one crash point after a moment, and otherwise lives."""

import time

from shared.messaging.crash import crash_point

SECONDS_UNTIL_THE_POINT = 0.5
SECONDS_TO_LIVE = 600

if __name__ == "__main__":
    time.sleep(SECONDS_UNTIL_THE_POINT)
    crash_point("the-point")
    time.sleep(SECONDS_TO_LIVE)
