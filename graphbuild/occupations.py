"""In which walk of life an office or occupation lies, as far as its words say: enough to doubt that a striker is the minister.

Public life is one field: ministers were generals, judges, professors and managers before. Sport, arts and church stand apart.
"""

import re
from functools import lru_cache

_FIELDS = {
    "trade": "farmer baker fisherman fisherwoman shopkeeper driver mechanic plumber carpenter waiter waitress pilot teacher student nurse"
    " doctor surgeon physician engineer technician trader contractor dentist cardiologist pharmacist paramedic miner",
    "public": "president minister premier chancellor director secretary undersecretary senator congressman congresswoman representative"
    " governor mayor ambassador envoy consul diplomat spokesman spokeswoman spokesperson lawmaker mp parliamentarian deputy"
    " commissioner councillor legislator parliament congress general king queen emir sultan prince admiral general colonel major captain lieutenant sergeant"
    " commander brigadier marshal judge justice prosecutor attorney lawyer sheriff chairman chairwoman ceo executive economist"
    " banker professor scientist historian journalist reporter correspondent editor inspector detective",
    "sport": "striker midfielder defender goalkeeper winger footballer quarterback linebacker pitcher batsman bowler cricketer"
    " golfer boxer sprinter swimmer cyclist gymnast wrestler skater skier jockey referee umpire coach wicketkeeper shortstop"
    " fullback flanker tennis basketball baseball football rugby hockey athlete",
    "arts": "singer actor actress comedian musician composer guitarist drummer pianist violinist rapper songwriter novelist poet"
    " painter sculptor dancer choreographer conductor filmmaker playwright soprano tenor screenwriter illustrator",
    "church": "pope cardinal archbishop bishop priest pastor rabbi imam ayatollah patriarch monk nun reverend vicar",
}
_FIELD_OF = {word: field for field, words in _FIELDS.items() for word in words.split()}


@lru_cache(maxsize=65536)
def field_of(title: str) -> str | None:
    """Return the field of a title, None where its words do not say; the last word that says something decides.

    >>> field_of("Deputy Defense Minister"), field_of("football coach"), field_of("aide")
    ('public', 'sport', None)
    """
    found = [_FIELD_OF[word] for word in re.findall(r"[a-z]+", title.casefold()) if word in _FIELD_OF]
    return found[-1] if found else None
