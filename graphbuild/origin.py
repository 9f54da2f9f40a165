"""Origin lines: the agency that a text was taken from, as its date line or its last line says.

SEOUL, South Korea (AP) — The ministers …          Source: Xinhua
"""

import re
from typing import Final

_HEAD: Final = 400
_PLACE: Final = r"(?:[A-Z][\w.’'/-]*,?[ \t]+(?:\d{1,2},?[ \t]+)?){0,8}"
_NAME: Final = r"[A-Z][\w.&’' -]{1,40}"
_DATE_LINE: Final = re.compile(rf"^[ \t]*{_PLACE}\(({_NAME})\)[ \t]*(?:[-–—]{{1,2}}|:)[ \t]", re.MULTILINE)
_CREDIT: Final = re.compile(rf"^\W{{0,3}}(?:[Ss]ource|SOURCE|[Vv]ia|[Cc]redit)[ \t]*:[ \t]*({_NAME}?)[.\s)]*\Z", re.MULTILINE)
_SHORT: Final = {
    "AAP": "Australian Associated Press", "AFP": "Agence France-Presse", "ANI": "Asian News International", "AP": "Associated Press",
    "APP": "Associated Press of Pakistan", "CP": "Canadian Press", "DPA": "Deutsche Presse-Agentur", "EFE": "Agencia EFE",
    "KCNA": "Korean Central News Agency", "PA": "Press Association", "PTI": "Press Trust of India", "SPA": "Saudi Press Agency",
    "UPI": "United Press International", "WAM": "Emirates News Agency",
}  # fmt: skip
"""Short names of news agencies, as they stand in date lines."""


def wire_origin(text: str) -> str | None:
    """Return the agency that a text says it comes from; None if it says none.

    >>> wire_origin("SEOUL, South Korea (AP) — The ministers met.")
    'Associated Press'
    >>> wire_origin("The agency (AP) - so it is called - reported it.") is None
    True
    """
    found = _DATE_LINE.search(text[:_HEAD]) or _CREDIT.search(text[-_HEAD:].rstrip())
    return _full(found[1]) if found else None


def _full(name: str) -> str | None:
    name = " ".join(name.split()).rstrip(".").removeprefix("The ")
    if name.lower().startswith(("own ", "staff")) or any(c.isdigit() for c in name):  # the paper itself, or a date
        return None
    return _SHORT.get(name.upper(), name) if len(name) <= 4 else name
