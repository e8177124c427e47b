"""What every table of registration belongs to."""

from sqlalchemy import MetaData

METADATA = MetaData()
