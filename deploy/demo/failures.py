"""What every failure of the play has in common: it ends the play, and says why to a person."""


class PlayFailed(Exception):
    """The play can not go on, or what it showed is wrong; the words say what and where."""
