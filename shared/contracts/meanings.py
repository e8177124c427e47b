"""What each field of an event means: the words beneath it, or those of the common glossary."""

import ast
import inspect
import sys
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from pydantic import BaseModel

GLOSSARY: Mapping[str, str] = MappingProxyType(
    {
        "activity_id": "The activity it is about.",
        "answer_by": "Until when an answer is taken.",
        "assignment_id": "The assignment.",
        "attendance_id": "The record of one officer at one session.",
        "calendar": "Weekends, half days, holidays and Ramadan, dated.",
        "calendar_country": "Whose working week is kept.",
        "call_id": "The call for nominations.",
        "certificate_id": "The certificate.",
        "channel": "How it was sent.",
        "channel_id": "The nomination channel.",
        "changed": "What is not as announced: room, venue, time, instructors, who takes part.",
        "city": "The city it takes place in, by language.",
        "code": "The project's short code.",
        "confirmed_at": "When the seat was accepted.",
        "country": "ISO 3166-1 alpha-2.",
        "days_attended": "Days on which at least one session was attended.",
        "deadline": "Until when nominations are taken.",
        "decision": "What was decided.",
        "delivery": "How it is delivered.",
        "deputy_id": "Who stands in for the holder.",
        "deputy_login": "Digest of the token subject the deputy signs in with.",
        "dimension": "What is bounded: party, sex, unit, specialism, language …",
        "donors": "The bodies that pay for it.",
        "email": "Where mails go.",
        "ends": "When it ends.",
        "ends_on": "The last day.",
        "enrolment_id": "The officer's place in the activity.",
        "family": "Family name.",
        "from_on": "The first day it holds.",
        "given": "Given names.",
        "held_on": "The day the session was held.",
        "holder_id": "The focal point who holds it.",
        "holder_login": "Digest of the token subject the holder signs in with.",
        "instant": "The moment this is, in UTC.",
        "instructor_ids": "Who teaches.",
        "invitation_id": "The invitation.",
        "issued_at": "When it was issued.",
        "kind": "What kind it is.",
        "language": "The language it is written in, or the person prefers.",
        "languages": "Languages it is held in (BCP 47).",
        "late": "Whether it came after the deadline.",
        "link": "The page to go to.",
        "local": "What the clock on the wall shows.",
        "login": "Digest of the token subject this person signs in with.",
        "maximum": "At most so many seats; none: no bound.",
        "message": "Which message it was.",
        "minimum": "At least so many seats.",
        "minimum_seats": "With fewer seats filled the activity may not take place.",
        "module": "What is taught, by language.",
        "names": "What it is called, by language.",
        "nominated": "How many officers were nominated.",
        "nomination_id": "The nomination.",
        "number": "Its number within the activity.",
        "obstacles": "The quotas that nobody waiting would keep.",
        "offer_id": "The offer of the seat.",
        "officer_reference": "The party's own reference of the officer, set only when the "
        "recipient is not the officer.",
        "on_passport": "Whether the passport spells it so.",
        "parties": "The parties asked to nominate.",
        "partner_id": "The partnership.",
        "party": "The party it concerns: a country (ISO alpha-2), or another body's code.",
        "participation_id": "The participation.",
        "person_id": "The person, by id; names and addresses travel apart.",
        "phone": "E.164.",
        "project_id": "The project it belongs to.",
        "quotas": "The bounds that every selection keeps.",
        "rank_band": "Junior, middle or senior.",
        "reason": "Why, as a code.",
        "recipient_id": "Who is written to: the officer, or the focal point where contact goes "
        "through them.",
        "reference": "The short reference people see.",
        "role": "In which role.",
        "room": "The room.",
        "script": "ISO 15924.",
        "seats": "How many seats there are.",
        "selected": "How many have a seat.",
        "session_id": "The session.",
        "sessions_attended": "Sessions the officer attended.",
        "sessions_held": "Sessions held.",
        "sex": "As the field's indicators need it.",
        "specialisms": "What the officer is specialised in, as codes.",
        "starts": "When it begins.",
        "starts_on": "The first day.",
        "state": "Where it stands.",
        "status": "Where it stands after this fact.",
        "submitted_at": "When it was submitted.",
        "unit": "The kind of unit the officer serves in, as a code.",
        "until_on": "The last day it holds; none: until further notice.",
        "value": "Which party, sex, unit, specialism or language; yes, for a first time.",
        "venue": "The venue's name, by language.",
        "venue_id": "The venue.",
        "visibility": "How much may be told outside: discreet and closed name no topic or place.",
        "waitlisted": "How many wait for a freed seat.",
        "wants_email": "Whether mails are wanted.",
        "wants_sms": "Whether SMS are wanted.",
        "zone": "IANA time zone.",
    }
)
"""A word means the same wherever it stands; a field that needs another meaning says so itself."""


def meanings(model: type[BaseModel]) -> dict[str, str]:
    """The meaning of each field, of those that have one; a subclass's words win."""
    said = {name: GLOSSARY[name] for name in model.model_fields if name in GLOSSARY}
    for one in reversed(model.__mro__):
        if issubclass(one, BaseModel) and one is not BaseModel:
            said |= _words_beneath(one)
    return said


def _words_beneath(model: type[BaseModel]) -> dict[str, str]:
    """The string under an annotated name, as documentation tools read it."""
    words: dict[str, str] = {}
    previous: ast.stmt | None = None
    for statement in _bodies(model.__module__).get(model.__name__, ()):
        match previous, statement:
            case (
                ast.AnnAssign(target=ast.Name(id=name)),
                ast.Expr(value=ast.Constant(value=str(text))),
            ):
                words[name] = inspect.cleandoc(text)
        previous = statement
    return words


@lru_cache(maxsize=64)
def _bodies(module: str) -> Mapping[str, Sequence[ast.stmt]]:
    """The statements of each class of a module, by the name of the class."""
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {one.name: one.body for one in tree.body if isinstance(one, ast.ClassDef)}
