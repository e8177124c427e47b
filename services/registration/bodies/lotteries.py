"""What others add to the seed of a lottery."""

from typing import Annotated

from pydantic import StringConstraints

from shared.web.body import Taken


class ContributeToSeed(Taken):
    """Letters, figures and signs that nobody foresees, as a public beacon or dice give them."""

    words: Annotated[
        str, StringConstraints(min_length=8, max_length=200, pattern=r"^[A-Za-z0-9+/=_.:-]+$")
    ]
