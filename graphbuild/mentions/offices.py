"""Offices and ranks: parted from each other, from names and from what they are offices of."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from spacy.tokens import Doc, Token

from graphbuild.gazetteer import Gazetteer
from graphbuild.language.index import spelled, words_between
from graphbuild.language.repairs.moves import CALENDAR
from graphbuild.mentions.base import ACTING, CERTAIN, FAINT, LONGEST_NAME, QUOTES, UNSURE, TokenMention
from graphbuild.names import family
from graphbuild.occupations import field_of
from graphbuild.phrases import is_one_of_people, title_ending_at
from graphbuild.surroundings import KIN
from graphbuild.titles import find_titles, kind_of

_UNIT_NOUNS = frozenset(
    "Group Wing Squadron Battalion Brigade Division Regiment Corps Fleet Army Company Battery Troop Platoon Flight Command Unit Flotilla".split()
)
"""Last words of the names of units, which have a number before them."""
_MINISTERIAL = frozenset(("Secretary", "Minister", "Undersecretary"))
_FIELDED = frozenset(("Minister", "Secretary", "Commissioner"))
"""Words of offices whose field is part of the name, also where it is long."""
_SENT = ("representative", "envoy", "adviser", "advisor", "coordinator")
_SENDING = frozenset("Special Personal Deputy Acting Senior Principal".split())
"""Words before those whom a secretary-general sends."""
_LONGEST_IN_FIELD = 2
"""Words that one part of a field takes, at most: "Diaspora Affairs"."""
_JOINING = frozenset(("of", "for", "the", "and", "&"))
_UNDER = frozenset(("Under", "Assistant", "Deputy", "Parliamentary", "Permanent"))
_LONGEST_PORTFOLIO = 12
_LONGEST_OFFICE = 4
_GRADES = _UNDER | frozenset("Prime Cabinet Vice First High Acting Union Federal".split())
"""Words before an office that are part of it."""
_ABROAD = frozenset("Minister Representative Envoy Coordinator Adviser Advisor Director Commissioner Undersecretary".split())
"""Last words of offices that are for a part of the world."""
_BEHIND_FIELDS = frozenset("minister secretary director commissioner adviser advisor attaché attache counsellor spokesman spokeswoman spokesperson".split())
"""Offices in small letters that a noun before them says the field of."""
_WITH_OFFICES = frozenset(
    "club company team party government union board council group bank firm school university hospital museum city town village county state district"
    " province region cabinet embassy ministry committee parliament congress federation association league charity society community campaign army navy"
    " police church opposition rebel coalition factory plant project shadow film stage theatre theater art music casting deputy assistant".split()
)
"""Nouns before an office for what it is an office of, or for another office."""
_HEADING_FIELDS = frozenset("chief head director deputy minister secretary".split())
_FIELDS_HEADED = frozenset(
    "defence defense staff police operations intelligence security communications policy research protocol mission state delegation logistics training"
    " planning plans finance engineering personnel information education studies production sales marketing programmes programs culture health justice"
    " trade transport agriculture energy labour labor tourism industry religion sports".split()
)
"""What offices are of, and is no body."""
_FORCES_HEADED = frozenset("Forces Force Staff".split())
_FOR_FIELDS = frozenset("minister secretary commissioner ombudsman ombudswoman coordinator rapporteur adviser advisor".split())
_FARING = frozenset("retired fugitive jailed ousted deposed exiled longtime veteran imprisoned disgraced late".split())
"""Words before an office for what became of its holder."""
_STATELY = frozenset(
    "minister president chancellor premier secretary ambassador general gen colonel col admiral adm senator sen governor king emir".split()
)
"""Last words of titles right before a surname."""
_RESPECT = frozenset("Sir Dame Baroness Mr Mrs Ms Madam Mme Dr Prof Hon Honourable Honorable Sheikh Sheikha Shaikh Highness Excellency Shri Smt Datuk".split())
_LONGEST_BEHIND = 3
_PARTICLES = frozenset("bin bint ibn van von de da del der dos al el ould".split())
"""Small words within names, behind which one goes on."""
_BEHIND_NAMES = frozenset("MP MSP MEP CBE OBE MBE KCMG CMG KBE DBE".split())
"""Letters behind the names of Britons."""
_SHORT_FORM = 3
"""Letters of the longest short form of a title that may be a name, too."""
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
_GENERAL = frozenset("secretary director attorney governor inspector consul prosecutor auditor solicitor surgeon commissioner".split())
"""Offices that "general" is a part of: "Deputy Secretary General"."""
_SERVICES = frozenset("Army Navy Marine Fleet".split())
"""First words of ranks: "Army General"."""
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


def without_origin(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Find persons called by the front of a name that stands in full elsewhere, taken for places: "Abu Jandal" of "Abu Jandal al-Kuwaiti"."""
    people = (m.text(doc).replace(" el-", " al-") for m in found.values() if m.form == "name" and m.label == "Person")
    fronts = {name.partition(" al-")[0] for name in people if " al-" in name}
    places = (m for m in found.values() if m.form == "name" and family(m.label) == "place" and m.end > m.start + 1)
    return [replace(m, label="Person", certainty=CERTAIN) for m in places if m.text(doc) in fronts]


def respected(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Find persons behind a title whom the model did not see: "Minister Sir Alan Lind", "met with Foreign Minister Lind in Oslo"."""
    taken = {i for m in found.values() for i in range(m.start, m.end)}
    for first in doc[1:]:
        if first.i in taken or first.tag_ != "NNP" or not first.is_title:
            continue
        if doc[first.i - 1].text.rstrip(".") not in _RESPECT and not _bears_office(doc, first, gazetteer):
            continue
        end = _end_of_name(doc, first.i, taken)
        if doc[first.i - 1].text.rstrip(".") not in _RESPECT and _may_be_field(doc, first, end, gazetteer):
            continue
        yield TokenMention(first.i, end, doc[first.i : end].root.i, "name", "Person", CERTAIN)


def _may_be_field(doc: Doc, first: Token, end: int, gazetteer: Gazetteer) -> bool:
    """Tell whether words behind "Minister of …" are no name but the rest of what the office is for: "Affairs" in "of Foreign Affairs and Trade"."""
    title = title_ending_at(doc, first.i, gazetteer)
    closed = end == len(doc) or doc[end].pos_ in ("VERB", "AUX") or doc[end].text in (",", ".", ")")
    return title is not None and title.end < first.i and (not closed or doc[first.i - 1].lower_ in ("and", "&"))


def _end_of_name(doc: Doc, first: int, taken: set[int]) -> int:
    """Go right over the names of a person, and over small words with a name behind them: "Sheikh Hamad bin Khalifa Al-Thani"."""
    end, names = first, 0
    while end < len(doc) and names < _LONGEST_BEHIND and end not in taken:
        particle = end > first and doc[end].lower_ in _PARTICLES and end + 1 < len(doc) and doc[end + 1].is_title
        hyphen = end > first and doc[end].text == "-" and not doc[end - 1].whitespace_ and not doc[end].whitespace_
        if doc[end].text in _BEHIND_NAMES or not (particle or hyphen or (doc[end].tag_ == "NNP" and doc[end].is_title)):
            break
        names = 0 if particle or hyphen else names + 1
        end += 1
    return end


def whole_rank(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> TokenMention:
    """Take into a rank the word before it with which it is another: "Colonel" before "General"."""
    if mention.label != "Position" or mention.form != "name" or not mention.start:
        return mention
    whole = kind_of(words_between(doc, mention.start - 1, mention.end), gazetteer) == "rank" == kind_of(mention.text(doc), gazetteer)
    return replace(mention, start=mention.start - 1) if whole and doc[mention.start - 1].is_title else mention


def whole_office(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> TokenMention:
    """Take into an office the word behind it without which it is none: "d'Affaires" behind "Chargé"."""
    if mention.label != "Position" or mention.form != "name" or mention.end >= len(doc) or gazetteer.title(mention.text(doc)) is not None:
        return mention
    whole = kind_of(words_between(doc, mention.start, mention.end + 1), gazetteer) == "office"
    return replace(mention, end=mention.end + 1) if whole else mention


def _bears_office(doc: Doc, first: Token, gazetteer: Gazetteer) -> bool:
    """Tell whether an office of state or a rank in capitals stands right before a name that nothing else is known by, in running text."""
    title = title_ending_at(doc, first.i, gazetteer)
    if title is None or not title[0].is_title or title[-1].lower_.rstrip(".") not in _STATELY:
        return False
    full = kind_of(title.text, gazetteer) == "rank" and first.i + 1 < len(doc) and first.nbor(1).is_title and first.nbor(1).tag_ == "NNP"
    if gazetteer.lookup(words_between(doc, first.i, first.i + 2) if full else first.text):
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
        within = [i for i in within if doc[i].lower_ != "general" or doc[i - 1].lower_ not in _GENERAL]
        ranks = [i for i in within if kind_of(words_between(doc, i, mention.end).rstrip("."), gazetteer) == "rank"]
        whole = (i for i in ranks if i > mention.start + 1 and (before := title_ending_at(doc, i, gazetteer)) is not None and before.start == mention.start)
        cut = next(whole, next((i for i in ranks if _is_role_before(doc, i, mention.end, gazetteer)), None))
    if cut is None:
        yield from _offices_joined(doc, mention, gazetteer) if mention.label == "Position" and not one else (mention,)
        return
    cut -= cut > mention.start + 1 and doc[cut - 1].text in _SERVICES and doc[cut - 2].lower_ not in ("of", "the")
    for start, end in ((mention.start, cut - (doc[cut - 1].text == ",")), (cut, mention.end)):
        yield replace(mention, start=start, end=end, root=doc[start:end].root.i)


def _offices_joined(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Part two offices with "and" between them: "Deputy Prime Minister and Defence Minister", "president and chief executive"."""
    joins = [i for i in range(mention.start + 1, mention.end - 1) if doc[i].lower_ == "and"]
    cuts = [i for i in joins if _ends_in_office(doc, mention.start, i, gazetteer) and _ends_in_office(doc, i + 1, mention.end, gazetteer)]
    starts, ends = [mention.start, *(i + 1 for i in cuts)], [*cuts, mention.end]
    yield from (replace(mention, start=a, end=b, root=doc[a:b].root.i) for a, b in zip(starts, ends, strict=True))


def _ends_in_office(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> bool:
    """Tell whether words are an office, what it is for aside: "Minister of State for Trade"."""
    last = next((i for i in range(start, end) if doc[i].lower_ in ("of", "for")), end) - 1
    return last >= start and kind_of(doc[last].text, gazetteer) in ("office", "rank")


def as_office(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Read what was taken for a body as an office where it is called so: "High Representative for Trade", "Chair of the African Union"."""
    if mention.form != "name" or family(mention.label) != "organization" or not doc[mention.start].is_title:
        yield mention
        return
    small = next((i for i in range(mention.start + 1, mention.end - 1) if doc[i].lower_ in ("of", "for")), mention.end)
    fielded = small < mention.end and kind_of(doc[small - 1].text, gazetteer) == "office"  # "Alpin AG" is no attorney general
    if not fielded and (mention.end - mention.start == 1 or kind_of(mention.text(doc), gazetteer) != "office"):
        yield mention
        return
    end = small if small < mention.end and doc[small].lower_ == "of" else mention.end
    yield replace(mention, end=end, root=doc[mention.start : end].root.i, label="Position")
    inside = (s for s in doc.spans.get("mentions", ()) if end < s.start and s.end == mention.end and s._.form == "name")
    yield from (TokenMention(s.start, s.end, s.root.i, "name", s.label_, s._.score) for s in inside)


def after_rank(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> TokenMention:
    """Read as somebody the two names behind a rank that the model took for a ship or place: "Captain Ana Lind"."""
    if mention.form != "name" or mention.label not in ("Vehicle", "Facility", "Place", "City") or mention.end - mention.start < 2 or not mention.start:
        return mention
    ranked = kind_of(doc[mention.start - 1].text, gazetteer) == "rank" and gazetteer.gender(doc[mention.start].text) is not None
    return replace(mention, label="Person") if ranked else mention


def is_no_office(doc: Doc, mention: TokenMention, gazetteer: Gazetteer, names: Mapping[int, int]) -> bool:
    """Tell whether what was taken for a title says how somebody lives or leans, or begins a name: "fisherman", "Buddhist", "pro-Russian", "Min"."""
    if mention.label != "Position" or mention.form != "name":
        return False
    if _is_not_held(doc, mention.start):
        return True
    if gazetteer.title(mention.text(doc)) is not None:
        return False
    if mention.end < names.get(mention.start, 0) or gazetteer.demonym_of(mention.text(doc)) is not None:
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
    one = alike and kind_of(words_between(doc, rank - 1, end), gazetteer) is not None
    return not one and (kind_of(role.lower_, gazetteer) == "office" or role.lower_ in _BEFORE_RANKS)


def _is_not_held(doc: Doc, start: int) -> bool:
    """Tell whether an office is only run for, or its holder in flight and no longer it: "candidate for president", "the fugitive minister"."""
    before = doc[start - 1].lower_ if start else ""
    sought = before == "for" and start > 1 and doc[start - 2].lemma_.lower() in ("candidate", "run", "nominee", "contender")
    return sought or "fugitive" in (before, doc[start].lower_)


def is_honorific(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> bool:
    """Tell whether what was taken for a title, somebody or a body is only a title of respect: "Sir", "Dr", "H.E."."""
    named = mention.label in ("Position", "Person") or (mention.form == "name" and family(mention.label) == "organization")
    return named and all(kind_of(t.text, gazetteer) == "honorific" or t.is_punct for t in doc[mention.start : mention.end])


def is_titled_person(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> bool:
    """Tell whether what was taken for a body is a person with a rank: "Marine Corps Gen. Ana Lind"."""
    if mention.form != "name" or family(mention.label) != "organization":
        return False
    people = [m for m in found.values() if m.label == "Person" and m.form == "name" and mention.start < m.start and m.end == mention.end]
    return any(kind_of(doc[m.start - 1].text, gazetteer) in ("rank", "office") for m in people)


def without_respect(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> TokenMention:
    """Cut titles of respect off the ends of an office: "Amir Sheikh", "H.E. Ambassador"."""
    if mention.label != "Position" or mention.form != "name" or gazetteer.title(mention.text(doc)) is not None:
        return mention
    start, end = mention.start, mention.end
    while start < end - 1 and (kind_of(doc[start].text, gazetteer) == "honorific" or doc[start].is_punct):
        start += 1
    while end > start + 1 and kind_of(doc[end - 1].text, gazetteer) == "honorific" and doc[end - 2].lower_ not in ("first", "second"):  # "First Lady"
        end -= 1
    return replace(mention, start=start, end=end, root=doc[start:end].root.i)


def is_respect(doc: Doc, token: Token, gazetteer: Gazetteer) -> bool:
    """Tell whether what is written like a pronoun is a title of respect, or begins one: "HE Prime Minister Ana Lind", "His Highness Sheikh Ali"."""
    if token.i + 1 >= len(doc):
        return False
    follows = token.nbor(1).is_title or token.nbor(1).lower_ == "the"
    alone = token.is_upper and len(token) > 1 and follows and kind_of(token.text, gazetteer) == "honorific"
    return alone or (token.nbor(1).is_title and kind_of(words_between(doc, token.i, token.i + 2), gazetteer) == "honorific")


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


def without_served(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> TokenMention:
    """Cut whom somebody speaks for off an office in small letters: the office is "spokeswoman", not "spokeswoman for the Peruvian leader"."""
    small = next((i for i in range(mention.start + 1, mention.end - 1) if doc[i].lower_ == "for"), None)
    if mention.label != "Position" or small is None or not doc[small - 1].is_lower or not doc[mention.end - 1].is_lower:
        return mention
    served = any(m.label == "Country" and small < m.start < mention.end for m in found.values())
    return replace(mention, end=small, root=doc[mention.start : small].root.i) if served else mention


def without_title(mention: TokenMention, doc: Doc, gazetteer: Gazetteer) -> Iterable[TokenMention]:
    """Split "Army Gen. Paul LaCamera" into a Position and a Person where the model kept them together."""
    start, end = mention.start, mention.end
    while end - start > 2 and doc[end - 1].text in _BEHIND_NAMES:
        end -= 1
    while start < end - 1 and (_is_title_in(doc, start, gazetteer) or (start > mention.start and doc[start].text == ".")):
        start += 1
    if start + 2 < end and kind_of(words_between(doc, start, start + 2), gazetteer) == "honorific":
        start += 2  # "Rt Hon"
    torn = start > 0 and doc[start - 1].is_alpha and gazetteer.title(doc[start].text) is None
    if torn and start + 1 < end and kind_of(words_between(doc, start - 1, start + 1), gazetteer) == "office":
        start += 1  # "Chargé d'Affaires"
    kept = replace(mention, start=start, end=end, root=doc[start:end].root.i)
    titled = [i for i in range(mention.start, start) if kind_of(doc[i].text, gazetteer) in ("rank", "office") and doc[i].text != "."]
    if not titled:
        return (kept,)
    return (TokenMention(titled[0], titled[-1] + 1, titled[-1], "name", "Position", mention.score), kept)


def without_nationality(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Part a name and the noun before it for where somebody comes from: "Briton Ana Lind", "the Spaniard Rui Sola"."""
    start = mention.start + 1
    if mention.end - start < 2 or not is_one_of_people(doc[mention.start], gazetteer):
        yield mention
        return
    yield TokenMention(mention.start, start, mention.start, "name", "Country", CERTAIN)
    yield replace(mention, start=start, root=doc[start : mention.end].root.i, label="Person")


def kin_named(doc: Doc, mention: TokenMention) -> TokenMention:
    """Read the name of a place right behind somebody's kin as the person's: "his daughter, Georgia", "their son Jordan"."""
    if mention.form != "name" or mention.label not in ("Country", "City", "Region", "Place", "Facility") or mention.start < 2:
        return mention
    noun = doc[mention.start - 1 - (doc[mention.start - 1].text == ",")]
    owned = any(c.dep_ == "nmod:poss" for c in noun.children) and noun.tag_ == "NN" and noun.lemma_.lower() in KIN
    named = doc[mention.root].dep_ in ("appos", "flat", "nmod:desc") and doc[mention.root].head.i == noun.i
    return replace(mention, label="Person") if owned and named else mention


def _is_title_in(doc: Doc, token: int, gazetteer: Gazetteer) -> bool:
    """Tell whether a word at the head of a name is a title, and no given name: "the Amir Tamim", but not "with Amir Husseini"."""
    if gazetteer.title(doc[token].text) is None:
        return False
    ranked = token > 0 and doc[token].text.isalpha() and len(doc[token]) <= _SHORT_FORM and kind_of(doc[token - 1].text, gazetteer) in ("rank", "office")
    if ranked and kind_of(words_between(doc, token - 1, token + 1), gazetteer) is None:
        return False  # "General Min Aung"
    told = (token > 0 and doc[token - 1].lower_ in ("the", "highness")) or kind_of(doc[token + 1].text, gazetteer) == "honorific"
    return gazetteer.gender(doc[token].text) is None or told


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
    start = next((i for i in range(mention.start + 3, mention.end) if kind_of(words_between(doc, i, mention.end), gazetteer) == "rank"), None)
    if start is None or doc[start - 1].lower_ in ("of", "the", "for", "and", "-"):
        return (mention,)
    start -= doc[start - 1].lower_ == "senior" or doc[start - 1].text in _SERVICES
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


def with_field(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> TokenMention:
    """Take all that an office is for into its name: "Minister of Trade and Industry", "Cabinet Secretary for Foreign and Diaspora Affairs"."""
    if mention.label != "Position" or mention.form != "name":
        return mention
    head = next((i for i in range(mention.end - 1, mention.start - 1, -1) if doc[i].text in _FIELDED), None)
    if head is None or head + 2 >= len(doc) or doc[head + 1].lower_ not in ("of", "for") or (doc[head].text == "Secretary" and doc[head + 1].lower_ == "of"):
        return mention
    end = _end_of_field(doc, head + 1, found, gazetteer)
    joined = max((i for i in range(head + 1, end) if doc[i].lower_ in _JOINING or doc[i].text == ","), default=head)
    runs_on = end - joined - 1 > _LONGEST_IN_FIELD and not any(m.start == end and m.label == "Person" for m in found.values())  # over an unseen name
    return replace(mention, end=end) if end > mention.end and not runs_on else mention


def with_plain_field(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> TokenMention:
    """Take what an office is for into its name where that is no body: "hydrocarbons secretary", "director of operations", "minister for women"."""
    if mention.label != "Position" or mention.form != "name":
        return mention
    start, end = mention.start, mention.end
    if doc[end - 1].lower_ in _BEHIND_FIELDS and doc[end - 1].is_lower:
        taken = {i for m in found.values() if m.form == "name" and m is not mention for i in range(m.start, m.end)}
        while start and start - 1 not in taken and _is_field_before(doc[start - 1], doc[end - 1]):
            start -= 1
    stop = _end_of_plain_field(doc, end)
    return mention if (start, stop) == (mention.start, end) else replace(mention, start=start, end=stop)


def _is_field_before(word: Token, office: Token) -> bool:
    """Tell whether a noun right before an office in small letters says what it is for: "hydrocarbons secretary", not "club secretary"."""
    plain = word.tag_ in ("NN", "NNS") and word.is_lower and word.is_alpha
    return plain and word.dep_ == "compound" and word.head in (office, office.head) and word.lemma_.lower() not in _WITH_OFFICES


def _end_of_plain_field(doc: Doc, end: int) -> int:
    """Return where the nouns end that say behind a preposition what an office is for: "chief of defense", "commissioner for human rights"."""
    if end + 1 >= len(doc):
        return end
    head, case, field = doc[end - 1].lower_, doc[end].lower_, doc[end + 1]
    if case == "of" and head in _HEADING_FIELDS and field.lower_ in _FIELDS_HEADED:
        stop = end + 2
        while stop < len(doc) and doc[stop].text in _FORCES_HEADED and field.is_title:
            stop += 1
        return stop
    if case != "for" or head not in _FOR_FIELDS or not doc[end - 1].is_lower:
        return end
    stop = end + 1
    while stop < len(doc) and doc[stop].is_lower and doc[stop].tag_ in ("NN", "NNS", "JJ") and doc[stop].pos_ != "VERB":
        stop += 1
    closed = stop == len(doc) or doc[stop].text in (",", ".", ")", ";") or doc[stop].pos_ in ("VERB", "AUX", "PROPN")
    return stop if stop > end + 1 and closed and doc[stop - 1].tag_ != "JJ" else end


def without_state(doc: Doc, mention: TokenMention) -> TokenMention:
    """Cut how somebody fares off the front of an office, and whose aide they are off its end: "retired marshal", "secretary of Chad's jailed president"."""
    if mention.label != "Position" or mention.form != "name":
        return mention
    start, end = mention.start, mention.end
    while start < end - 1 and doc[start].lower_ in _FARING:
        start += 1
    owned = next((i for i in range(start, end) if doc[i].tag_ == "POS"), None)
    of = next((i for i in range(start + 1, owned) if doc[i].lower_ in ("of", "to", "for")), None) if owned is not None else None
    end = of if of is not None else end
    return mention if (start, end) == (mention.start, mention.end) else replace(mention, start=start, end=end, root=doc[start:end].root.i)


def is_in_field(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> bool:
    """Tell whether what was taken for a body is a part of what an office is for: the end of "Minister of Foreign Affairs and International Cooperation"."""
    if mention.form != "name" or family(mention.label) != "organization" or not mention.start or doc[mention.start - 1].lower_ not in ("and", "&", "for"):
        return False
    offices = [m for m in found.values() if m.label == "Position" and m.form == "name"]
    inside = any(m.start < mention.start and mention.end == m.end for m in offices) and doc[mention.start - 1].lower_ != "for"
    behind = any(0 < mention.start - m.end <= _LONGEST_IN_FIELD + 1 and doc[m.end].lower_ == "for" for m in offices)
    return inside or (behind and doc[mention.end - 1].text == "Affairs")


def envoys(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> Iterator[TokenMention]:
    """Find who acts for a secretary-general: "Special Representative of the UN Secretary-General for Chad", "Deputy Envoy of the Secretary-General"."""
    areas = {m.start: m.end for m in found.values() if m.label in ("Country", "Region", "Place", "City") and m.form == "name"}
    for of in [t.nbor(1) for t in spelled(doc, _SENT) if t.is_title and 0 < t.i < len(doc) - 4 and t.nbor(1).lower_ in ("of", "to")]:
        end = next((i for i in range(of.i + 1, min(len(doc) - 2, of.i + 5)) if doc[i].text == "Secretary"), None)
        if end is None or words_between(doc, end + 1, end + 3) != "-General":
            continue
        start, end = of.i - 1, end + 3
        while start and doc[start - 1].text in _SENDING:
            start -= 1
        area = end + 1 + (words_between(doc, end + 1, end + 2) == "the")
        while words_between(doc, end, end + 1) in ("for", "on") and area in areas:
            end = areas[area]
            area = end + 1
        yield TokenMention(start, end, of.i - 1, "name", "Position", CERTAIN)


def memberships(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> Iterator[TokenMention]:
    """Find seats that are told as an office, joined to another by "and": "Member of the State Council and Minister of Trade Lin Bao"."""
    offices = {m.start for m in found.values() if m.label == "Position" and m.form == "name"}
    for head in [t for t in spelled(doc, ("member",)) if t.is_title and t.i + 3 < len(doc) and t.nbor(1).lower_ == "of"]:
        end = next((i for i in range(head.i + 2, min(len(doc) - 1, head.i + _LONGEST_PORTFOLIO)) if doc[i].lower_ == "and" and i + 1 in offices), None)
        if end is not None and all(t.text[0].isupper() or t.lower_ in _JOINING for t in doc[head.i + 1 : end]):
            yield TokenMention(head.i, end, head.i, "name", "Position", CERTAIN)


def fielded(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Find offices with their field before the name of who holds them: "Minister of Foreign Affairs and Cooperation Ana Lind"."""
    people = {m.start for m in found.values() if m.label == "Person" and m.form == "name"}
    offices = {i for m in found.values() if m.label == "Position" for i in range(m.start, m.end)}
    for head in spelled(doc, sorted(word.lower() for word in _FIELDED)):
        if head.i in offices or head.i + 2 >= len(doc) or head.nbor(1).lower_ not in ("of", "for") or not head.is_title:
            continue
        end = stop = _end_of_field(doc, head.i + 1, found, gazetteer)
        while stop < len(doc) and (doc[stop].text in (",", ".") or doc[stop].lower_ == "the" or kind_of(doc[stop].text, gazetteer) == "honorific"):
            stop += 1
        start = head.i
        while start and doc[start - 1].text in _GRADES:
            start -= 1
        if end > head.i + 2 and stop in people:
            yield TokenMention(start, end, head.i, "name", "Position", CERTAIN)


def _end_of_field(doc: Doc, start: int, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> int:
    """Go right over what an office is for, up to a person, a country, a body that it is of, or another office."""
    names = [m for m in found.values() if m.form == "name"]
    regions = [m for m in names if m.label == "Region"]  # "North America" holds a country's name
    names = [m for m in names if not any(r.start <= m.start < r.end for r in regions)]
    apart = {m.start for m in names if m.label in ("Person", "Country", "City") or (m.label == "Alliance" and doc[m.start - 1].lower_ != "for")}
    stop = start + 1
    while stop < min(len(doc), start + _LONGEST_PORTFOLIO) and stop not in apart and not _ends_field(doc, start, stop, gazetteer):
        listed = doc[stop].text == "," and _is_field_ahead(doc, stop + 1, apart)
        if not (listed or _may_be_in_portfolio(doc[stop])) or (doc[stop].lower_ in ("and", "&") and _is_office_ahead(doc, stop + 1, apart, gazetteer)):
            break
        stop += 1
    while stop > start and (doc[stop - 1].lower_ in _JOINING or doc[stop - 1].text == "-"):
        stop -= 1
    return stop


def _is_field_ahead(doc: Doc, start: int, apart: set[int]) -> bool:
    """Tell whether a comma parts the fields of one office: "for Political Affairs, Peace and Security"."""
    for i in range(start, min(len(doc) - 1, start + _LONGEST_OFFICE)):
        if doc[i].lower_ in ("and", "&"):
            return i > start and doc[i + 1].is_title and i + 1 not in apart
        if not doc[i].is_title or i in apart:
            return False
    return False


def _is_given(doc: Doc, token: int, gazetteer: Gazetteer) -> bool:
    """Tell whether a name of a person, or a title of respect, begins at a word."""
    return kind_of(doc[token].text, gazetteer) == "honorific" or (gazetteer.gender(doc[token].text) is not None and doc[token - 1].lower_ not in _JOINING)


def _is_office_ahead(doc: Doc, start: int, apart: set[int], gazetteer: Gazetteer) -> bool:
    """Tell whether another office, or somebody, follows "and": "Minister of Trade and Prime Minister Lind"."""
    for i in range(start, min(len(doc), start + _LONGEST_OFFICE)):
        if i in apart:
            return i == start
        if not doc[i].is_title:
            return False
        if kind_of(doc[i].text, gazetteer) in ("office", "rank"):
            return True
    return False


def departments(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Find the offices of ministers whole, with all that stands up to their name: "Under Secretary of State for Political Affairs Ana Lind"."""
    people = {m.start for m in found.values() if m.label == "Person" and m.form == "name"}
    countries = {m.start for m in found.values() if m.label == "Country" and m.form == "name"}
    for mention in [m for m in found.values() if m.label == "Position" and m.form == "name"]:
        start, end = mention.start, mention.end
        ministerial = any(t.text in _MINISTERIAL for t in doc[start:end])
        within = start > 1 and doc[start - 1].lower_ in ("of", "for") and doc[start - 2].text in _MINISTERIAL
        start -= 2 * (within and kind_of(words_between(doc, start, end), gazetteer) is None)
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


def _ends_field(doc: Doc, start: int, stop: int, gazetteer: Gazetteer) -> bool:
    """Tell whether a first name or a rank begins behind a field: "Minister of Defence Brigadier General Ana Lind"."""
    return _is_given(doc, stop, gazetteer) or (stop > start + 1 and kind_of(doc[stop].text, gazetteer) == "rank")


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
        m.label == "Person" and m.form == "name" and (_follows(doc, mention.end, m.start) or doc[m.root].head.i == head.i) for m in found.values()
    )
    if named or any(c.dep_ in ("nmod", "appos") for c in head.children):
        return mention
    return replace(mention, start=mention.start - 1, form="noun", label="Person")


def _follows(doc: Doc, end: int, start: int) -> bool:
    """Tell whether only a comma or a title of respect stands between an office and a name: "his Special Envoy, Madam Ana Lind"."""
    between = doc[end:start] if 0 <= start - end <= _LONGEST_BEHIND else None
    return between is not None and (len(between) < 2 or all(t.text in (",", ".") or t.text.rstrip(".") in _RESPECT for t in between))


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
        end = next((e for e in ends if doc[e - 1].is_title and kind_of(words_between(doc, article.i + 1, e), gazetteer) == "office"), None)
        root = doc[article.i + 1 : end].root if end is not None else article
        if end is None or root.dep_ not in ACTING or taken & set(range(article.i, min(len(doc), end + 1))):
            continue
        if words_between(doc, end, end + 1) in ("of", "for", ",", "-"):
            continue
        yield TokenMention(article.i, end, root.i, "noun", "Person", FAINT)
