"""What the words around a name say of its class, where they leave no doubt: a dateline, a title before it, a noun for a firm, "which"."""

from spacy.tokens import Doc, Token

from graphbuild.gazetteer import Gazetteer
from graphbuild.names import family

_DASHES = frozenset("— – - -- ―".split())
_DATELINE = 9
"""How many words a dateline has, at most."""
_FIRMS = frozenset(
    "firm company bank producer maker manufacturer developer operator airline carrier brewer retailer shipbuilder publisher supplier contractor"
    " conglomerate miner utility insurer lender start-up startup bottler refiner automaker carmaker drugmaker chipmaker steelmaker supermarket chain"
    " consultancy brewery shipyard exporter importer".split()
)
"""Nouns that only firms are called."""
_BODIES = {"Country", "Alliance", "Organization", "GovernmentBody", "MilitaryForce", "ArmedGroup", "PoliticalParty", "Company"}
_LEGAL_FORMS = frozenset("llp llc ltd plc inc corp gmbh asa sa nv ag ab oyj spa srl pty".split())


def class_in_context(doc: Doc, start: int, end: int, label: str, gazetteer: Gazetteer) -> str:
    """Return the class of the name in tokens `start:end`, given that which its own words have: `label`."""
    if _opens_dateline(doc, start, end):
        return "City" if family(label) in ("person", "organization") else label
    if _is_title_of(doc, start, end, label, gazetteer):
        return "Position"
    if label == "Person" and _is_firm(doc, start, end):
        return "Company"
    if family(label) in ("organization", "place") and _bears_title(doc, start, end, gazetteer):
        return "Person"
    return label


def _opens_dateline(doc: Doc, start: int, end: int) -> bool:
    """Recognise a name in capitals that opens a line and is followed by a dash: "MILLBROOK —", "LIMA, Aug 17 (AP) -"."""
    opens = start == 0 or (doc[start - 1].is_space and "\n" in doc[start - 1].text)
    if not opens or not all(t.is_upper or t.is_punct for t in doc[start:end]) or len(doc[start]) < 4:
        return False
    dash = next((i for i in range(end, min(end + _DATELINE, len(doc))) if doc[i].text in _DASHES and doc[i - 1].whitespace_), None)
    return dash is not None and (dash == end or doc[end].text in (",", "("))


def _is_title_of(doc: Doc, start: int, end: int, label: str, gazetteer: Gazetteer) -> bool:
    """Recognise a title that was taken for a body: "Justice Ana Lind", "MP Rui Andrade"."""
    title = gazetteer.title(doc[start:end].text) if family(label) == "organization" and end - start == 1 else None
    return title is not None and title.kind != "honorific" and end < len(doc) and _is_person(doc, end)


def _is_person(doc: Doc, start: int) -> bool:
    return any(span.start == start and span.label_ == "Person" and span._.form == "name" for span in doc.spans.get("mentions", ()))


def _is_firm(doc: Doc, start: int, end: int) -> bool:
    """Recognise a firm that was taken for a person: "Ratcliff LLP", "the sugar producer Mitr Phol", "San Miguel, which tried"."""
    if doc[end - 1].lower_.rstrip(".") in _LEGAL_FORMS and end - start > 1:
        return True
    noun = doc[start - 1] if start else None
    root = doc[start:end].root
    renames = noun is not None and noun.lemma_.lower() in _FIRMS and noun.tag_ == "NN" and noun.head.i in (root.i, *(t.i for t in noun.ancestors))
    return (renames and noun is not None and (root.head.i == noun.i or noun.head.i == root.i)) or _has_which(doc, root, end)


def _has_which(doc: Doc, root: Token, end: int) -> bool:
    """Tell whether "which" takes a name up: it does of no person."""
    if end + 1 >= len(doc) or doc[end].text != "," or doc[end + 1].lower_ != "which":
        return False
    return doc[end + 1].dep_ in ("nsubj", "nsubj:pass", "obj") and any(c.dep_ == "acl:relcl" and doc[end + 1] in c.subtree for c in root.children)


def _bears_title(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> bool:
    """Recognise a person who was taken for a body or place, by the title of a person right before: "PRIME MINISTER HARROW'S CALL"."""
    if not 0 < end - start < 3 or not start or gazetteer.lookup(doc[start:end].text, _BODIES) or doc[start - 1].tag_ not in ("NNP", "NN"):
        return False
    titles = (gazetteer.title(doc[first:start].text) for first in range(max(0, start - 3), start))
    title = next((t for t in titles if t is not None), None)
    own = doc[start:end].root
    return title is not None and title.kind != "honorific" and doc[start - 1].dep_ in ("nmod:desc", "compound", "flat") and own.pos_ == "PROPN"
