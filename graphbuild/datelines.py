"""Date lines: how a report opens that says where, and often when and by which agency, it was written: "LIMA, Aug 17 (AP) –".

This tells only that words have the form of a date line; whoever asks knows whether they open with a place. The date in it is found
in the text before any model has read it, see `graphbuild.dates.dateline`.
"""

from spacy.tokens import Doc, Token

_LONGEST = 16
"""How many tokens a date line has, at most, with the dash that ends it."""
_MONTHS = frozenset(("May", "March"))
"""Months that may be taken for verbs."""
_DASHES = frozenset("— – - -- ―".split())
_SHORT = 3
"""Letters of a word in capitals that may be the first half of a name: "AL-Shabaab"."""


def opens_line(doc: Doc, token: int) -> bool:
    """Tell whether a token is the first of a line."""
    return token == 0 or (doc[token - 1].is_space and "\n" in doc[token - 1].text)


def dateline_end(doc: Doc, start: int) -> int | None:
    """Return the dash that ends the date line which begins at a token, None where a line begins otherwise or no line begins.

    Between the place and the dash stand a country, a date, an agency, no verb. The dash in a name ("Port-au-Prince") ends none.
    """
    if not opens_line(doc, start):
        return None
    for token in doc[start + 1 : start + _LONGEST]:
        if (token.is_space and "\n" in token.text) or (token.pos_ in ("VERB", "AUX") and token.text not in _MONTHS):
            return None
        if token.text == ":" or (token.text in _DASHES and _is_apart(token)):
            return token.i
    return None


def _is_apart(dash: Token) -> bool:
    """Tell whether a dash stands between phrases, not within a word: after a space, or as in "LONDON—British ministers", "(AP)–The"."""
    before = dash.nbor(-1)
    if before.whitespace_ or before.is_space:
        return True
    behind = dash.nbor() if dash.i + 1 < len(dash.doc) else None
    closed = before.text == ")" or (before.is_upper and len(before) > _SHORT)
    return closed and behind is not None and behind.text[:1].isupper() and not behind.is_upper
