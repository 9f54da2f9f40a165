"""Offices and ranks: parted from each other, from names and from what they are offices of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Doc, Token

from graphbuild.gazetteer import Gazetteer
from graphbuild.language.repairs.moves import CALENDAR
from graphbuild.mentions.base import ACTING, CERTAIN, FAINT, LONGEST_NAME, QUOTES, UNSURE, TokenMention
from graphbuild.names import family
from graphbuild.occupations import field_of
from graphbuild.phrases import title_ending_at
from graphbuild.titles import find_titles

_UNIT_NOUNS = frozenset(
    "Group Wing Squadron Battalion Brigade Division Regiment Corps Fleet Army Company Battery Troop Platoon Flight Command Unit Flotilla".split()
)
"""Last words of the names of units, which have a number before them."""
_MINISTERIAL = frozenset(("Secretary", "Minister", "Undersecretary"))
_UNDER = frozenset(("Under", "Assistant", "Deputy", "Parliamentary", "Permanent"))
_LONGEST_PORTFOLIO = 12
_LONGEST_OFFICE = 4
_ABROAD = frozenset("Minister Representative Envoy Coordinator Adviser Advisor Director Commissioner Undersecretary".split())
"""Last words of offices that are for a part of the world."""
_STATELY = frozenset(
    "minister president chancellor premier secretary ambassador general gen colonel col admiral adm senator sen governor king emir".split()
)
"""Last words of titles right before a surname."""
_RESPECT = frozenset("Sir Dame Baroness Mr Mrs Ms".split())
_LONGEST_BEHIND = 3
_BEHIND_NAMES = frozenset("MP MSP MEP CBE OBE MBE KCMG CMG KBE DBE".split())
"""Letters behind the names of Britons."""
_LONGEST_NICKNAME = 6
_SURELY = 0.7
"""Score from which on a body is one, and no field: "Director of Public Prosecutions"."""
_COACHES = frozenset("coach referee umpire".split())
_SPECIALISTS = frozenset("specialist strategist archivist receptionist technologist".split())
_NO_OFFICES = frozenset(
    "politician candidate activist campaigner magnate tycoon businessman businesswoman veteran resident supporter victim suspect survivor witness"
    " smuggler nonpartisan non-partisan independent native newcomer winner loser runner-up".split()
)
"""Nouns for what people are or do that is no office of theirs."""
_WITH_PORTFOLIO = frozenset("minister ministers secretary secretaries undersecretary state chief minister-designate".split())
"""Words of offices whose field may be called like a body: "Minister of the Armed Forces", "Chief of the Defence Staff"."""
_BEFORE_RANKS = frozenset("chief commander head leader".split())
"""Nouns for who heads a body, which a rank may follow."""


def nicknamed(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> list[TokenMention]:
    """Find persons with a nickname in quotation marks within their name, of which the model saw a part only: "Carlos "El Zorro" Medina"."""
    people = [m for m in found.values() if m.form == "name" and m.label == "Person"]
    out = []
    for opening in doc:
        if opening.text not in QUOTES or not opening.i:
            continue
        end = next((i for i in range(opening.i + 2, min(opening.i + _LONGEST_NICKNAME, len(doc) - 1)) if doc[i].text in QUOTES), None)
        if end is None or not all(t.is_title or t.lower_ == "the" for t in doc[opening.i + 1 : end]):
            continue
        before, behind = opening.nbor(-1), doc[end + 1]
        if not (before.is_title and behind.is_title and behind.lower_ not in CALENDAR and before.tag_ == behind.tag_ == "NNP" and before.whitespace_):
            continue
        parts = [m for m in people if m.start < end + 2 and opening.i - 1 < m.end]
        if (parts or gazetteer.gender(before.text) is not None) and not any(m.start < opening.i and end < m.end for m in parts):
            first, last = min([opening.i - 1, *(m.start for m in parts)]), max([end + 2, *(m.end for m in parts)])
            out.append(TokenMention(first, last, doc[first:last].root.i, "name", "Person", CERTAIN))
    return out


def respected(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Find persons behind a title whom the model did not see: "Minister Sir Alan Lind", "met with Foreign Minister Lind in Oslo"."""
    taken = {i for m in found.values() for i in range(m.start, m.end)}
    for first in doc[1:]:
        if first.i in taken or first.tag_ != "NNP" or not first.is_title:
            continue
        if doc[first.i - 1].text.rstrip(".") not in _RESPECT and not _bears_office(doc, first, gazetteer):
            continue
        end = first.i
        while end < len(doc) and end - first.i < _LONGEST_BEHIND and doc[end].tag_ == "NNP" and doc[end].is_title and end not in taken:
            end += 1
        yield TokenMention(first.i, end, doc[first.i : end].root.i, "name", "Person", CERTAIN)


def _bears_office(doc: Doc, first: Token, gazetteer: Gazetteer) -> bool:
    """Tell whether an office of state or a rank in capitals stands right before a name that nothing else is known by, in running text."""
    title = title_ending_at(doc, first.i, gazetteer)
    if title is None or not title[0].is_title or title[-1].lower_.rstrip(".") not in _STATELY or gazetteer.lookup(first.text):
        return False
    behind = doc[first.i + 1] if first.i + 1 < len(doc) else None
    prose = any(t.is_lower and t.pos_ in ("VERB", "AUX") for t in first.sent)
    return prose and first.lower_ not in CALENDAR and gazetteer.title(first.text) is None and not (behind is not None and behind.lower_ in ("of", "for"))


def is_office_of(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> bool:
    """Tell whether what was taken for a body or place is an office with its country or field: "the Organization's Regional Director for Europe"."""
    if mention.form != "name" or family(mention.label) not in ("organization", "place"):
        return False
    inner = [m for m in found.values() if m is not mention and mention.start <= m.start and m.end <= mention.end]
    return any(m.label == "Position" and m.start <= mention.root < m.end for m in inner) or _is_of_deed(doc, mention, inner)


def _is_of_deed(doc: Doc, mention: TokenMention, inner: list[TokenMention]) -> bool:
    """Tell whether what was taken for a place is what one country does for another: "Chile's support for Peru"."""
    owned = any(m.label == "Country" and doc[m.end - 1].head.i == mention.root for m in inner)
    return family(mention.label) == "place" and owned and any(t.lower_ in ("for", "against", "with", "to") for t in doc[mention.root + 1 : mention.end])


def titles_apart(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Part an office and the rank behind it, which the model took for one title: "Minister of Defence Brigadier General", "police chief Colonel"."""
    words = doc[mention.start : mention.end]
    cut = None
    one = gazetteer.title(words.text) is not None and not (len(words) > 1 and words[-1].is_title and words[-2].is_lower)
    if mention.label == "Position" and len(words) > 1 and not one:
        within = [i for i in range(mention.start + 1, mention.end) if doc[i].text[0].isalpha() and doc[i - 1].text != "-"]
        ranks = [i for i in within if _kind(doc[i : mention.end].text.rstrip("."), gazetteer) == "rank"]
        whole = (i for i in ranks if i > mention.start + 1 and (before := title_ending_at(doc, i, gazetteer)) is not None and before.start == mention.start)
        cut = next(whole, next((i for i in ranks if _is_role_before(doc, i, mention.end, gazetteer)), None))
    for start, end in [(mention.start, cut), (cut, mention.end)] if cut is not None else [(mention.start, mention.end)]:
        yield replace(mention, start=start, end=end, root=doc[start:end].root.i) if cut is not None else mention


def is_no_office(doc: Doc, mention: TokenMention, gazetteer: Gazetteer, names: Mapping[int, int]) -> bool:
    """Tell whether what was taken for a title says how somebody lives or leans, or begins a name: "fisherman", "Buddhist", "pro-Russian", "Min"."""
    if mention.label != "Position" or mention.form != "name" or gazetteer.title(mention.text(doc)) is not None:
        return False
    if mention.end < names.get(mention.start, 0):
        return True
    last = doc[mention.end - 1]
    head = last.lemma_.lower()
    if field_of(head) in ("trade", "sport"):
        return head not in _COACHES
    leans = head.endswith(("ist", "crat")) and field_of(head) is None and head not in _SPECIALISTS
    sided = doc[mention.start].lower_ in ("pro", "anti") and mention.end - mention.start == len(("pro", "-", "Russian"))
    return leans or sided or head in _NO_OFFICES or (last.pos_ == "ADJ" and mention.start > 0 and doc[mention.start - 1].text == "-")


def _is_role_before(doc: Doc, rank: int, end: int, gazetteer: Gazetteer) -> bool:
    """Tell whether an office ends where a rank begins, and the two are no office together: "police chief General", not "Director General"."""
    role = doc[rank - 1]
    alike = role.is_title == doc[rank].is_title
    one = alike and _kind(doc[rank - 1 : end].text, gazetteer) is not None
    return not one and (_kind(role.lower_, gazetteer) == "office" or role.lower_ in _BEFORE_RANKS)


def is_honorific(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> bool:
    """Tell whether a title is only one of respect: "Sir", "Dr"."""
    return mention.label in ("Position", "Person") and all(_kind(t.text, gazetteer) == "honorific" or t.is_punct for t in doc[mention.start : mention.end])


def without_country(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> TokenMention:
    """Cut a nationality or a body off the front of a title: the office is "President", "Director", not "South Korean President", "FAO Director"."""
    if mention.label != "Position":
        return mention
    for (start, end), other in found.items():
        if end == mention.end and mention.start + 1 < start and other.label == "Country":
            of = start - 1 - (doc[start - 1].lower_ == "the")
            if of > mention.start and doc[of].lower_ == "of":  # "President of China Xi Jinping"
                return replace(mention, end=of, root=doc[mention.start : of].root.i)
        body = family(other.label) == "organization" and other.form == "name" and (end - start > 1 or doc[start].is_upper)
        if start == mention.start and end < mention.end and (other.label == "Country" or body):
            start = end + (doc[end].tag_ == "POS")
            return replace(mention, start=start, root=doc[start : mention.end].root.i) if start < mention.end else mention
    return mention


def without_whole(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> TokenMention:
    """Cut the body that an office is of off its end: the office is "director", not "director of the Refugee Council"; "Minister of Defence" stays."""
    of = next((i for i in range(mention.start + 1, mention.end - 1) if doc[i].lower_ == "of"), None)
    if mention.label != "Position" or mention.form != "name" or of is None or doc[of - 1].lower_ in _WITH_PORTFOLIO:
        return mention
    start = of + 1 + (doc[of + 1].lower_ == "the")
    whole = found.get((start, mention.end))
    body = whole is not None and whole.form == "name" and whole.score >= _SURELY and (family(whole.label) == "organization" or whole.label == "Country")
    return replace(mention, end=of, root=doc[mention.start : of].root.i) if body else mention


def without_title(mention: TokenMention, doc: Doc, gazetteer: Gazetteer) -> Iterable[TokenMention]:
    """Split "Army Gen. Paul LaCamera" into a Position and a Person where the model kept them together."""
    start, end = mention.start, mention.end
    while end - start > 2 and doc[end - 1].text in _BEHIND_NAMES:
        end -= 1
    while start < end - 1 and (gazetteer.title(doc[start].text) is not None or (start > mention.start and doc[start].text == ".")):
        start += 1
    if start + 2 < end and _kind(doc[start : start + 2].text, gazetteer) == "honorific":
        start += 2  # "Rt Hon"
    kept = replace(mention, start=start, end=end, root=doc[start:end].root.i)
    titled = [i for i in range(mention.start, start) if _kind(doc[i].text, gazetteer) in ("rank", "office") and doc[i].text != "."]
    if not titled:
        return (kept,)
    return (TokenMention(titled[0], titled[-1] + 1, titled[-1], "name", "Position", mention.score), kept)


def with_titles(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> dict[tuple[int, int], TokenMention]:
    """Add the titles at names that the model did not see, also where it took name and title for one long title."""
    people = sorted((m.start, m.end) for m in found.values() if m.label == "Person" and m.form == "name")
    swallowed = [m for m in found.values() if m.label == "Position" and any(m.start <= start and end <= m.end for start, end in people)]
    kept = {key: m for key, m in found.items() if m not in swallowed}
    named = {i for m in kept.values() if m.form == "name" or m.label == "Position" for i in range(m.start, m.end)}
    titles = (TokenMention(start, end, doc[start:end].root.i, "name", "Position", 0.8) for start, end in find_titles(doc, people, named, gazetteer))
    return kept | {(m.start, m.end): m for m in titles}


def in_command(doc: Doc, mention: TokenMention) -> TokenMention:
    """Take "commanding" into an office that the model found without it: "commanding general of the division", "deputy commanding officer"."""
    if mention.label != "Position" or mention.start == 0 or doc[mention.start].lower_ not in ("general", "officer"):
        return mention
    start = mention.start - (doc[mention.start - 1].lower_ == "commanding")
    start -= start < mention.start and start > 0 and doc[start - 1].lower_ == "deputy"
    return replace(mention, start=start)


def unit_and_office(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> Iterable[TokenMention]:
    """Part a numbered unit from the office that is held in it: "507th Maintenance Group Commander", "3rd Brigade deputy commander"."""
    if mention.label != "Position" or mention.form != "name":
        return (mention,)
    start = mention.start
    while start and (is_ordinal(doc[start - 1]) or (doc[start - 1].is_title and not is_ordinal(doc[start]))):
        start -= 1
    cut = max((i + 1 for i in range(start + 1, mention.end - 1) if doc[i].text in _UNIT_NOUNS), default=start)
    if cut == start or not is_ordinal(doc[start]) or not all(t.is_title for t in doc[start + 1 : cut]):
        return (mention,)
    office = replace(mention, start=cut, root=doc[cut : mention.end].root.i)
    if any(m.start <= start and cut <= m.end for m in found.values() if m.label == "MilitaryForce"):
        return (office,)
    return (TokenMention(start, cut, cut - 1, "name", "MilitaryForce", CERTAIN), office)


def is_ordinal(token: Token) -> bool:
    """Recognise "507th"."""
    return token.text[0].isdigit() and token.lower_.endswith(("st", "nd", "rd", "th"))


def office_and_rank(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> Iterable[TokenMention]:
    """Part an office from the rank behind it: "Deputy Minister of Defence Lieutenant General"."""
    if mention.label != "Position" or mention.form != "name" or not any(t.lower_ == "of" for t in doc[mention.start : mention.end]):
        return (mention,)
    start = next((i for i in range(mention.start + 3, mention.end) if _kind(doc[i : mention.end].text, gazetteer) == "rank"), None)
    if start is None or doc[start - 1].lower_ in ("of", "the", "for", "and", "-"):
        return (mention,)
    start -= doc[start - 1].lower_ == "senior"
    parts = ((mention.start, start), (start, mention.end))
    return tuple(replace(mention, start=a, end=b, root=doc[a:b].root.i) for a, b in parts)


def with_portfolio(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> TokenMention:
    """Take what part of the world an office is for into its name: "Minister for the Middle East", "Special Representative for Syria"."""
    end = mention.end
    if mention.label != "Position" or doc[end - 1].text not in _ABROAD or end + 1 >= len(doc) or doc[end].lower_ != "for":
        return mention
    starts = {m.start: m.end for m in found.values() if m.label in ("Region", "Country") and m.form == "name"}
    while end + 1 < len(doc) and (doc[end].lower_ == "for" or (doc[end].lower_ == "and" and end > mention.end)):
        first = end + 1 + (doc[end + 1].lower_ == "the")
        if first not in starts or (doc[end].lower_ == "and" and _is_served(doc, starts[first])):
            break
        end = starts[first]
    owned = end < len(doc) and doc[end].tag_ in ("POS", "NN", "NNS", "NNP", "JJ") and not _is_name_there(end, found)
    return mention if owned else replace(mention, end=end)


def with_first_country(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> TokenMention:
    """Take the first of two countries with a hyphen into the name that the model cut after it: "the U.S.-Indonesia Strategic Dialogue"."""
    if mention.label not in ("Event", "Agreement") or mention.form != "name" or mention.start < 2 or doc[mention.start - 1].text not in ("-", "–"):
        return mention
    ends = {m.end: m.start for m in found.values() if m.label == "Country" and m.form == "name"}
    start = ends.get(mention.start - 1)
    second = any(m.label == "Country" and m.start == mention.start and m.end < mention.end for m in found.values())
    return replace(mention, start=start) if start is not None and second else mention


def departments(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Find the offices of ministers whole, with all that stands up to their name: "Under Secretary of State for Political Affairs Ana Lind"."""
    people = {m.start for m in found.values() if m.label == "Person" and m.form == "name"}
    countries = {m.start for m in found.values() if m.label == "Country" and m.form == "name"}
    for mention in [m for m in found.values() if m.label == "Position" and m.form == "name"]:
        start, end = mention.start, mention.end
        ministerial = any(t.text in _MINISTERIAL for t in doc[start:end])
        if start > 1 and doc[start - 1].lower_ in ("of", "for") and doc[start - 2].text in _MINISTERIAL and _kind(doc[start:end].text, gazetteer) is None:
            start -= 2
        start -= start > 0 and doc[start - 1].text in _UNDER and doc[start].text in ("Secretary", "Secretaries")
        if end + 1 < len(doc) and doc[end - 1].text == "Secretary" and doc[end].text == "-" and doc[end + 1].text == "General":
            end += 2  # "Special Representative of the Secretary-General"
        if ministerial and end < len(doc) and doc[end].lower_ in ("of", "for"):
            stop = end
            while stop < min(len(doc), end + _LONGEST_PORTFOLIO) and stop not in people and stop not in countries and _may_be_in_portfolio(doc[stop]):
                stop += 1
            end = stop if stop in people and doc[stop - 1].is_title else end
        if (start, end) != (mention.start, mention.end):
            yield replace(mention, start=start, end=end, root=doc[start:end].root.i)


def _may_be_in_portfolio(token: Token) -> bool:
    return (token.is_title and token.pos_ != "VERB") or token.lower_ in ("of", "for", "the", "and", "&", "-")


def _is_name_there(start: int, found: dict[tuple[int, int], TokenMention]) -> bool:
    return any(m.start == start and m.label in ("Person", "Position") for m in found.values())


def _is_served(doc: Doc, end: int) -> bool:
    """Tell whether a name is the subject of what follows: "the envoy for Syria and Japan said"."""
    return end < len(doc) and doc[end].pos_ in ("VERB", "AUX")


def _kind(word: str, gazetteer: Gazetteer) -> str | None:
    title = gazetteer.title(word)
    return title.kind if title else None


def person_by_title(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> TokenMention:
    """Take a title that acts for the person who holds it: in "the secretary then left" it is no office but somebody."""
    head = doc[mention.root]
    if (
        mention.label != "Position"
        or not mention.start
        or doc[mention.start - 1].lower_ not in ("the", "his", "her", "our", "their")
        or head.dep_ not in ACTING
    ):
        return mention
    named = any(
        m.label == "Person" and m.form == "name" and (m.start in (mention.end, mention.end + 1) or doc[m.root].head.i == head.i) for m in found.values()
    )
    if named or any(c.dep_ in ("nmod", "appos") for c in head.children):
        return mention
    return replace(mention, start=mention.start - 1, form="noun", label="Person")


def holders_unseen(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> Iterator[TokenMention]:
    """Find the names behind an office and a comma that the model did not see: "with Iran's Foreign Minister, Hossein Amirabdollahian"."""
    taken = {i for m in found.values() if m.form == "name" for i in range(m.start, m.end)}
    for mention in [m for m in found.values() if m.label == "Position" and m.form == "name" and doc[m.root].tag_ in ("NNP", "NN")]:
        start = end = mention.end + 1
        if start >= len(doc) or doc[start - 1].text != ",":
            continue
        while end < len(doc) and end not in taken and doc[end].tag_ == "NNP" and doc[end].is_title:
            end += 1
        name = doc[start:end]
        apposed = len(name) > 1 and name.root.dep_ == "appos" and name.root.head.i in range(mention.start, mention.end)
        if apposed and len(name) <= LONGEST_NAME and (end == len(doc) or doc[end].is_punct or doc[end].pos_ in ("VERB", "AUX", "ADP", "CCONJ")):
            yield TokenMention(start, end, name.root.i, "name", "Person", UNSURE)


def offices_alone(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Find who is called only by an office written out as a name: "The Foreign Secretary hosted her"."""
    taken = {i for m in found.values() for i in range(m.start, m.end)}
    for article in doc[:-2]:
        if article.lower_ != "the" or not doc[article.i + 1].is_title or article.i in taken or article.i + 1 in taken:
            continue
        ends = range(min(len(doc), article.i + 1 + _LONGEST_OFFICE), article.i + 2, -1)
        end = next((e for e in ends if doc[e - 1].is_title and _kind(doc[article.i + 1 : e].text, gazetteer) == "office"), None)
        root = doc[article.i + 1 : end].root if end is not None else article
        if end is None or root.dep_ not in ACTING or taken & set(range(article.i, min(len(doc), end + 1))):
            continue
        if doc[end : end + 1].text in ("of", "for", ",", "-"):
            continue
        yield TokenMention(article.i, end, root.i, "noun", "Person", FAINT)
