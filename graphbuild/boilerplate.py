"""Lines that are no part of the article: buttons, credits, notices of rights, invitations to read or subscribe."""

import re

_LONGEST = 240
_BUTTON = re.compile(
    r"(?:share|tweet|e-?mail|print|pin ?it|whatsapp|facebook|twitter|linkedin|reddit|telegram|copy link|save|comments?(?: \(\d+\))?|\d+ (?:shares?|"
    r"comments?)|menu|search|home|advertisement|"
    r"sponsored|loading|skip to (?:main )?content|back to top|log in|sign in|sign up|subscribe(?: now)?|listen|play video|watch live|close|next|"
    r"previous|follow us|related|most read|topics?:?.{0,60})"
    r"(?:[\s|·•,/]{1,4}(?:share|tweet|e-?mail|print|whatsapp|facebook|twitter|linkedin|reddit|telegram|copy link|save)){0,8}[.…:!]{0,3}",
    re.IGNORECASE,
)
_INVITATION = re.compile(
    r"(?:read (?:more|also|next|the full (?:story|article|statement))|see also|also read|more on this(?: story)?|related (?:stories|articles|topics|"
    r"content)|recommended|you may also like|"
    r"share (?:this|on|via)\b|follow (?:us|@)|follow .{1,40} on (?:twitter|facebook|x|instagram)|click here|tap here|sign up (?:for|to)|subscribe "
    r"to|download (?:our|the) app|"
    r"get (?:our|the) (?:latest|daily|free)|this (?:article|story) (?:was|has been|is) (?:originally|first|republished|updated)|we use cookies|by "
    r"clicking|watch:|listen:|video:)",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"[\[(]?(?:(?:photo(?:graph)?s?|pictures?|images?|illustration|graphic|video|source|file photo)(?: (?:by|credit|courtesy|source)(?: "
    r"of)?)?\s?[:/|©]|photo(?:graph)? (?:by|courtesy)|"
    r"(?:ap|afp|reuters|epa|getty|pool)(?: photo| images)?\s?/)|.{0,200}\b(?:getty images|ap photo|afp via getty|shutterstock)\b.{0,40}\Z",
    re.IGNORECASE,
)
_RIGHTS = re.compile(r"(?:©|\(c\)|copyright\b).{0,160}|.{0,120}\ball rights reserved\b.{0,80}", re.IGNORECASE)
_DESK = re.compile(r"[\[(]?(?:(?:additional |writing and )?(?:reporting|editing|writing|compiled|edited|reported) by\b|our standards:).{2,200}", re.IGNORECASE)


def is_boilerplate(line: str) -> bool:
    """Tell whether a whole line is boilerplate.

    >>> is_boilerplate("Share  Tweet  Email"), is_boilerplate("Share prices fell.")
    (True, False)
    """
    text = line.strip()
    if not text or len(text) > _LONGEST:
        return False
    if _BUTTON.fullmatch(text) or _RIGHTS.fullmatch(text) or _DESK.fullmatch(text):
        return True
    return bool(_INVITATION.match(text) or _CREDIT.match(text))
