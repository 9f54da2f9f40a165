"""From a parsed Doc to mentions: names, titles, nouns and pronouns that stand for something, each with a class."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache, partial

from spacy.tokens import Doc, Span, Token

from graphbuild.classes import ABSTRACT, ATTACKS, DEEDS, class_of_named, classify_name, classify_noun, is_body
from graphbuild.gazetteer import Entry, Gazetteer
from graphbuild.language.repairs import CALENDAR
from graphbuild.names import family, shortens_forces, words_of
from graphbuild.occupations import field_of
from graphbuild.phrases import countries_sharing_head, title_ending_at
from graphbuild.records import Form
from graphbuild.surroundings import class_in_context
from graphbuild.syntax import case_of, has_copula
from graphbuild.titles import find_titles

PERSONAL = frozenset(
    "i me my mine myself we us our ours ourselves you your yours he him his himself she her hers herself it its itself they them their theirs"
    " themselves".split()
)
_NOT_IN_NAMES = frozenset("the a an this that these those its his her their our my your some any every each other fellow".split())
_EDGE = frozenset("\"'“”‘’`´.,;:!?()[]{}–—-…•*/\\|")
_ACTING = frozenset(("nsubj", "nsubj:pass", "obj", "iobj", "obl:agent", "nmod:poss"))
_FORCE_NOUNS = frozenset("Forces Force Army Navy Command Corps Brigade Fleet Division Guard Marines Battalion Regiment".split())
_TASK_FORCES = frozenset("CJTF JTF CTF TF CJSOTF JSOTF".split())
_REGIMENTS = frozenset("Marines Regiment Infantry Artillery Cavalry Armor Armour".split())
_ARMS = frozenset("security special armed defence defense democratic naval ground self-defence self-defense".split())
"""What the forces of a country are that are named together."""
_UNIT_NOUNS = frozenset(
    "Group Wing Squadron Battalion Brigade Division Regiment Corps Fleet Army Company Battery Troop Platoon Flight Command Unit Flotilla".split()
)
"""Last words of the names of units, which have a number before them."""
_WORKS = frozenset(
    "article report book film novel memoir series song poem essay documentary story paper study play album column piece volume biography".split()
)
_PIECES = frozenset("piece op-ed article book memoir editorial essay novel documentary".split())
_JUDGED = frozenset("condemn denounce deplore decry criticise criticize slam blast lament regret claim avow".split())
"""Verbs whose object is an event though nothing but its deed is named: "condemned the killing"."""
_SHAKEN = frozenset("appalled outraged horrified sickened disgusted revolted".split())
"""Participles that condemn what they are followed by: "appalled by the killing"."""
_OF_COUNTRIES = frozenset(("government", "people"))
"""Nouns that stand for a country each time they are used."""
_LONGEST_EVENT = 7
_VICTIMS = frozenset(
    "civilian protester demonstrator hostage villager refugee migrant detainee prisoner journalist mourner worshipper pilgrim peacekeeper activist"
    " passenger bystander noncombatant worker child woman student tourist resident settler seafarer sailor fisherman".split()
)
"""Nouns for people to whom others do something."""
_SUBJECTS_OF_STATES = frozenset("people citizen population".split())
"""Nouns for those whom a government has: "its own people"."""
_HARM = frozenset(
    "attack kill murder execute massacre slaughter shell bomb target shoot injure wound torture arrest detain abduct kidnap free release behead rescue"
    " evacuate beat besiege strike displace".split()
)
_TARGETING = frozenset("targeting bombing torture release abuse attack violence crime strike murder".split())
_PAPERS = frozenset(
    "agreement deal treaty pact accord memorandum memoranda protocol convention declaration charter communiqué communique statement arrangement truce"
    " ceasefire cease-fire armistice concordat covenant compact concession surrender resolution constitution".split()
)
"""Nouns for what is signed; of a letter or of terms only where they are "of intent" or "of reference"."""
_PAPER_OF = {"letter": ("intent", "understanding"), "term": ("reference",), "note": ("understanding",)}
_SIGN = frozenset("sign ink initial ratify countersign conclude seal".split())
_GATHERINGS = frozenset(
    "summit conference congress convention forum workshop seminar symposium colloquium ceremony parade funeral burial hearing reception exhibition fair"
    " edition commemoration inauguration".split()
)
"""Nouns for what is held, where somebody hosts it or takes part in it."""
_SESSIONS = frozenset("meeting session roundtable dialogue talks consultation briefing event gathering".split())
"""The same, where the phrase says which one."""
_PLAIN = frozenset("first second last next new recent brief short long joint bilateral private separate regular further final main".split())
"""What does not tell one meeting from another."""
_PARTAKING = frozenset("participate partake take speak travel fly go come".split())
"""Verbs that lead to what somebody takes part in by a preposition: "travelled to Paris for a ministerial meeting"."""
_LEAVE = frozenset("terminate abrogate suspend scrap revoke cancel".split())
"""Verbs for what is done with agreements that one is bound by no longer."""
_HOLD = frozenset("host chair attend convene organise organize boycott skip co-host co-chair".split())
_SIGN_OR_HOLD = _SIGN | _LEAVE | _HOLD
_QUOTES = frozenset("\"“”'‘’")
_MINISTERIAL = frozenset(("Secretary", "Minister", "Undersecretary"))
_UNDER = frozenset(("Under", "Assistant", "Deputy", "Parliamentary", "Permanent"))
_LONGEST_PORTFOLIO = 12
_LONGEST_OFFICE = 4
_SHIPS = frozenset("vessel ship tanker boat".split())
_VICTIMS_OR_SHIPS = _VICTIMS | _SHIPS
_CONTINENTAL = frozenset("European African Asian Arab Western Nordic Baltic American Eurasian Pacific Gulf".split())
_CODE = 3
"""Letters in the sign of a currency."""
_ABROAD = frozenset("Minister Representative Envoy Coordinator Adviser Advisor Director Commissioner Undersecretary".split())
"""Last words of offices that are for a part of the world."""
_NO_REGIME = frozenset(("Country", "City", "Region", "Place", "Facility", "Position"))
_BODY_WORDS = 6
"""Longest name, in words, that is looked up among known bodies."""
_LONGEST_KNOWN = 9
"""Longest name, in words, to which one that the model cut short is completed."""
_WITHIN_NAMES = frozenset("and of for in to & -".split())
"""Words inside a name at which the model may cut it short."""
_NAMING = ("PROPN", "ADP", "DET", "NOUN", "ADJ", "CCONJ")
_MEMBERS = frozenset("nations countries states members partners allies contributors".split())
_APOSTROPHES = frozenset("'’‘`")
_OWNERS = ("country", "organization")
_STATELY = frozenset(
    "minister president chancellor premier secretary ambassador general gen colonel col admiral adm senator sen governor king emir".split()
)
"""Last words of titles right before a surname."""
_RESPECT = frozenset("Sir Dame Baroness Mr Mrs Ms".split())
_LONGEST_BEHIND = 3
_BEHIND_NAMES = frozenset("MP MSP MEP CBE OBE MBE KCMG CMG KBE DBE".split())
"""Letters behind the names of Britons."""
_TITLES_BEHIND = frozenset("commander spokesman spokeswoman spokesperson deputy chief director general lt gen maj col".split())
_REGIMES = frozenset("regime dictatorship junta".split())
_MAX_COUNTRY_WORDS = 5
_HELD = frozenset("held controlled occupied run ruled administered backed supported trained equipped armed funded sponsored besieged aligned".split())
"""Participles that say, behind a hyphen, whose somebody or something is."""
_TRADES = frozenset(
    "group supplier maker giant rival firm company agency organisation organization charity watchdog operator developer"
    " subsidiary affiliate broker".split()
)
"""Nouns for what a body is, before its name."""
_LONGEST_NAME = 4
_LONGEST_NICKNAME = 6
_ADDRESSED = frozenset("parties sides factions states nations countries governments actors stakeholders".split())
_OF_STATES = frozenset("international global arab multinational military worldwide regional nation member country".split())
_BEFORE_NOUNS = frozenset("amod compound nummod punct advmod obl obl:unmarked nmod dep nsubj flat".split())
"""Labels that parsers give to what stands before a noun: "Saudi-led", "63 nation"."""
_OF_WAR = frozenset("aircraft airstrike strike jet warplane adviser advisor plane helicopter airpower bombing raid".split())
"""What coalitions have that wage war."""
_OF_PARTIES = frozenset("ruling governing opposition government party parliamentary right left wing centre center red black green electoral rainbow".split())
"""Words before a coalition that say whether states or parties make it up."""
_THINGS = ("Vehicle", "Weapon", "Facility", "Group")
"""Classes of things and people that a body may have without a name of their own."""
_UNSURE = 0.5
_SURELY = 0.7
"""Score from which on a body is one, and no field: "Director of Public Prosecutions"."""
"""Certainty of a class that was not asked of the model for just these words."""
_SERVICES = frozenset("army navy police gendarmerie".split())
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
_WHOLES = frozenset(("Alliance", "Organization", "GovernmentBody", "MilitaryForce", "ArmedGroup"))
_CERTAIN = 0.95
"""Score of a name whose form leaves no doubt about its class."""
_FAINT = 0.3
"""Score of a phrase that only its being repeated makes a mention."""
_HEADING = frozenset("nsubj nsubj:pass obj iobj obl obl:agent nmod nmod:poss conj appos".split())
_TIMES = frozenset("time year month week day hour minute second decade century morning afternoon evening night moment date weekend".split())
_PEOPLES = frozenset(
    "kurdish yezidi yazidi sunni shia shiite shi'ite alawite druze turkmen turkoman tuareg fulani pashtun hazara rohingya tamil chechen arab assyrian christian"
    " muslim hutu tutsi tigrayan oromo amhara baloch karen kachin islamist separatist".split()
)
"""Adjectives of peoples and creeds that are no country's."""
_FIGHTING = frozenset("fighter militant rebel militiaman tribesman insurgent gunman soldier guerrilla militia peshmerga volunteer combatant".split())
_TAKEN_UP_BY_NONE = ABSTRACT | CALENDAR | _TIMES
"""Nouns that nothing else in a text takes up when they are repeated."""
_SAILING = frozenset("strike battle ready task action".split())
_MISREAD = {
    "MediaOrganization": ("Organization", "Company", "Person", "Work"),
    "Company": ("Person", "Organization"),
    "PoliticalParty": ("Organization", "Alliance", "Person", "Company"),
    "ArmedGroup": ("Organization", "Company", "Person"),
    "City": ("Person", "Organization", "Country"),
    "Region": ("Person", "Organization"),
    "Facility": ("City", "Facility", "Place"),
}
"""What a name with a noun of a class behind it is often taken for."""
_BRACKETED = (*_MISREAD["MediaOrganization"], "City", "Region", "Place")
_COUNTRY_ADJACENT = frozenset(("Place", "Region", "City", "Organization", "GovernmentBody", "Group", "Country", "Person"))


@dataclass(frozen=True, slots=True)
class TokenMention:
    """Tokens `start:end` of a Doc that stand for something; `root` is the head word; `label` a class of the catalogue, `certainty` how sure that is."""

    start: int
    end: int
    root: int
    form: Form
    label: str
    score: float = 1.0
    certainty: float = 1.0

    def text(self, doc: Doc) -> str:
        """Return the words."""
        return _words(doc, self.start, self.end)


@lru_cache(maxsize=2_000)
def _words(doc: Doc, start: int, end: int) -> str:
    # The same few words of a document are asked for many times over.
    return doc[start:end].text


def find_mentions(doc: Doc, gazetteer: Gazetteer) -> tuple[TokenMention, ...]:
    """Collect all mentions of a Doc, sorted by start, outer before inner.

    The model's spans are taken as they are but for their edges; country names and demonyms that the gazetteer knows are added
    or corrected, because a closed list beats a learned one there; titles are cut off the names of persons.
    """
    told = (m for m in _from_model(doc, gazetteer) if m.form != "noun" or doc[m.root].lemma_.lower() not in ABSTRACT)
    told = (m for m in told if m.form != "noun" or not _is_following(doc, m))
    told = (m for m in told if not _is_currency(doc, m) and not _is_of_continent(doc, m) and not _is_phrase(doc, m, gazetteer))
    told = (m for m in told if m.label != "Group" or not all(t.like_num for t in doc[m.start : m.end]))  # "wounding 15": nobody can tell whom
    found = {(m.start, m.end): m for m in told if not _runs_over(doc, m) and not _is_honorific(doc, m, gazetteer)}
    found = _instead({key: m for key, m in found.items() if not _is_creed(doc, m)}, _nicknamed(doc, found, gazetteer))
    found |= {(m.start, m.end): m for m in _respected(doc, found, gazetteer)}
    for mention in _countries(doc, gazetteer):
        found.update(_with_country(mention, found, doc, gazetteer))
    for mention in [m for m in found.values() if m.label == "Person" and m.form == "name"]:
        found.pop((mention.start, mention.end))
        for part in _without_title(mention, doc, gazetteer):
            found.setdefault((part.start, part.end), part)
    found = {key: m for key, m in found.items() if not _is_pair(doc, m, found) and not _is_government(doc, m, found) and not _is_shortened(m, found)}
    found = {key: m for key, m in found.items() if not _is_royal(doc, m, found)}
    found = found | {(m.start, m.end): m for m in _cities_owning(doc, found, gazetteer)}
    found = {key: part for whole in found.values() for m in _without_owner(doc, whole, found) for key, part in _parts(doc, m, gazetteer)}
    found = {(m.start, m.end): m for whole in found.values() for m in _body_and_whole(doc, whole, gazetteer)}
    found = _over(found, list(_known_in_full(doc, found, gazetteer)))
    found = _instead(found, _titles_of_works(doc, found))
    bodies = partial(_known_bodies, gazetteer=gazetteer)
    groups = partial(_known_groups_alone, gazetteer=gazetteer)
    regimes = partial(_regimes, gazetteer=gazetteer)
    owners = partial(_groups_within, gazetteer=gazetteer)
    described = (_described_works, _described_events, _described_objects, _victims)
    for finder in (*described, bodies, groups, owners, _of_members, _coalitions, regimes, _all_of_them, _named_by_noun, _ship_groups):
        found.update({(m.start, m.end): m for m in finder(doc, found)})
    found = _instead(found, _peoples(doc, found))
    found = _over(found, _forces(doc, found))
    for force in list(_named_task_forces(doc, found)):
        found = _over({(m.start, m.end): m for m in (_behind_name(doc, m, force) for m in found.values())}, [force])
    found = _over(found, _units_of_regiments(doc, found))
    found = {key: classify(doc, m, gazetteer) for key, m in found.items()}
    names = {m.start: m.end for m in found.values() if m.label == "Person" and m.form == "name"}
    found = {key: m for key, m in found.items() if not _is_no_office(doc, m, gazetteer, names)}
    found = {key: m for key, m in found.items() if m.label != "Facility" or not _is_shortened(m, found)}  # "Qayyarah" of "Qayyarah airfield"
    found = {(m.start, m.end): m for whole in found.values() if not _is_office_of(doc, whole, found) for m in _titles_apart(doc, whole, gazetteer)}
    found = _with_titles(doc, found, gazetteer)
    found = {(m.start, m.end): m for m in (_in_command(doc, m) for m in found.values())}
    found = {(m.start, m.end): m for whole in found.values() for m in _unit_and_office(doc, whole, found)}
    found = {(m.start, m.end): m for whole in found.values() for part in _titles_apart(doc, whole, gazetteer) for m in _office_and_rank(doc, part, gazetteer)}
    found = {(m.start, m.end): m for m in (_with_portfolio(doc, m, found) for m in found.values())}
    found = {(m.start, m.end): m for m in (_without_whole(doc, _without_country(doc, m, found), found) for m in found.values())}
    found = _instead(found, list(_departments(doc, found, gazetteer)))
    found = {(m.start, m.end): m for m in (_with_first_country(doc, m, found) for m in found.values())}
    found = {(m.start, m.end): m for m in (_person_by_title(doc, m, found) for m in found.values())}
    found = {(m.start, m.end): m for m in _offices_alone(doc, found, gazetteer)} | found
    found = {(m.start, m.end): m for m in _holders_unseen(doc, found)} | found
    found = {(m.start, m.end): m for m in (_without_forces(doc, _agency(doc, _acting_capital(doc, m, gazetteer))) for m in found.values())}
    found = _instead(found, _sharing_a_head(doc, gazetteer))
    for mention in _pronouns(doc):
        found.setdefault((mention.start, mention.end), mention)
    found = {(m.start, m.end): m for m in _repeated_phrases(doc, found)} | found
    found = {key: m for key, m in found.items() if not _repeats_name(doc, m, found)}
    found = {key: m for key, m in found.items() if not _runs_on(doc, m, found)}
    found = _named_elsewhere(doc, found)
    found = _named_again(doc, found)
    return tuple(sorted(found.values(), key=lambda m: (m.start, -m.end)))


def _is_following(doc: Doc, mention: TokenMention) -> bool:
    """Recognise what is only to come: "the following statement"."""
    return "following" in (doc[mention.start].lower_, doc[min(mention.start + 1, mention.end - 1)].lower_)


def _is_of_continent(doc: Doc, mention: TokenMention) -> bool:
    """Tell whether what was taken for a body only says from which part of the world others are: "European leaders"."""
    alone = mention.end - mention.start == 1 and family(mention.label) == "organization" and doc[mention.root].dep_ in ("amod", "compound")
    return alone and doc[mention.root].text in _CONTINENTAL


def _is_phrase(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> bool:
    """Tell whether what was taken for a country is a phrase with countries in it: "U.S. support for Sweden"."""
    if mention.label != "Country" or mention.form != "name" or mention.end - mention.start < _LONGEST_NAME or gazetteer.country(mention.text(doc)) is not None:
        return False
    return any(t.is_lower and t.pos_ in ("NOUN", "VERB") for t in doc[mention.start : mention.end])


def _is_currency(doc: Doc, mention: TokenMention) -> bool:
    """Tell whether a name is the sign of a currency before its amount: "AUD 15 million"."""
    text, after = mention.text(doc), doc[mention.end : mention.end + 1]
    return len(text) == _CODE and text.isupper() and bool(len(after)) and after[0].pos_ == "NUM" and mention.end - mention.start == 1


def _over(found: dict[tuple[int, int], TokenMention], longer: list[TokenMention]) -> dict[tuple[int, int], TokenMention]:
    """Put longer names in the place of what they hold, but for countries."""
    for mention in longer:
        found = {key: m for key, m in found.items() if not (mention.start <= m.start and m.end <= mention.end and m.label != "Country")}
        found[mention.start, mention.end] = mention
    return found


def _instead(found: dict[tuple[int, int], TokenMention], better: Iterable[TokenMention]) -> dict[tuple[int, int], TokenMention]:
    """Put mentions in the place of those that they overlap."""
    for mention in better:
        found = {key: m for key, m in found.items() if not (mention.start < m.end and m.start < mention.end)}
        found[mention.start, mention.end] = mention
    return found


def _nicknamed(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> list[TokenMention]:
    """Find persons with a nickname in quotation marks within their name, of which the model saw a part only: "Carlos "El Zorro" Medina"."""
    people = [m for m in found.values() if m.form == "name" and m.label == "Person"]
    out = []
    for opening in doc:
        if opening.text not in _QUOTES or not opening.i:
            continue
        end = next((i for i in range(opening.i + 2, min(opening.i + _LONGEST_NICKNAME, len(doc) - 1)) if doc[i].text in _QUOTES), None)
        if end is None or not all(t.is_title or t.lower_ == "the" for t in doc[opening.i + 1 : end]):
            continue
        before, behind = opening.nbor(-1), doc[end + 1]
        if not (before.is_title and behind.is_title and behind.lower_ not in CALENDAR and before.tag_ == behind.tag_ == "NNP" and before.whitespace_):
            continue
        parts = [m for m in people if m.start < end + 2 and opening.i - 1 < m.end]
        if (parts or gazetteer.gender(before.text) is not None) and not any(m.start < opening.i and end < m.end for m in parts):
            first, last = min([opening.i - 1, *(m.start for m in parts)]), max([end + 2, *(m.end for m in parts)])
            out.append(TokenMention(first, last, doc[first:last].root.i, "name", "Person", _CERTAIN))
    return out


def _respected(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> Iterator[TokenMention]:
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
        yield TokenMention(first.i, end, doc[first.i : end].root.i, "name", "Person", _CERTAIN)


def _bears_office(doc: Doc, first: Token, gazetteer: Gazetteer) -> bool:
    """Tell whether an office of state or a rank in capitals stands right before a name that nothing else is known by, in running text."""
    title = title_ending_at(doc, first.i, gazetteer)
    if title is None or not title[0].is_title or title[-1].lower_.rstrip(".") not in _STATELY or gazetteer.lookup(first.text):
        return False
    behind = doc[first.i + 1] if first.i + 1 < len(doc) else None
    prose = any(t.is_lower and t.pos_ in ("VERB", "AUX") for t in first.sent)
    return prose and first.lower_ not in CALENDAR and gazetteer.title(first.text) is None and not (behind is not None and behind.lower_ in ("of", "for"))


def _is_creed(doc: Doc, mention: TokenMention) -> bool:
    """Tell whether a name is that of a faith or doctrine, which is neither place nor somebody: "Islam", "Buddhism"."""
    return mention.form == "name" and mention.end - mention.start == 1 and (doc[mention.start].lower_ == "islam" or doc[mention.start].lower_.endswith("ism"))


def sharing_head(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> Entry | None:
    """Return the country whose name shares its last word with the next: the first of "North and South Korea"."""
    last = doc[mention.end + 2].text if mention.end + 2 < len(doc) and doc[mention.end].lower_ == "and" else ""
    return gazetteer.country(f"{mention.text(doc)} {last}") if last else None


def _sharing_a_head(doc: Doc, gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Find two countries that share the last word of their names: "North and South Korea"."""
    for first in countries_sharing_head(doc, gazetteer):
        yield TokenMention(first, first + 1, first, "name", "Country", _CERTAIN)
        yield TokenMention(first + 2, first + 4, first + 3, "name", "Country", _CERTAIN)


def _runs_on(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> bool:
    """Recognise a description with the clause behind it, where it is found without that too: "an opinion piece published today"."""
    if mention.form != "noun":
        return False
    inner = [m for m in found.values() if m.form == "noun" and m.root == mention.root and m.start == mention.start and m.end < mention.end]
    return any(doc[m.end].dep_ in ("acl", "acl:relcl") or doc[m.end].head.dep_ == "acl:relcl" for m in inner)


def _named_elsewhere(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> dict[tuple[int, int], TokenMention]:
    """Read as a name what the model takes for a description here and for a name elsewhere, article and possessive ending aside: "Chrome", "DAB's"."""
    names: dict[tuple[str, ...], TokenMention] = {}
    for mention in found.values():
        if mention.form == "name" and mention.label not in ("Position", "Group"):
            names.setdefault(words_of(mention.text(doc)), mention)
    out = dict(found)
    for mention in found.values():
        if mention.form != "noun" or doc[mention.root].tag_ not in ("NNP", "NNPS") or doc[mention.root].is_lower:
            continue
        start, end = _trim(doc, mention.start, mention.end, "name")
        named = names.get(words_of(_words(doc, start, end))) if start < end else None
        if named is not None and found.get((start, end), mention) is mention:
            del out[mention.start, mention.end]
            out[start, end] = replace(named, start=start, end=end, root=mention.root)
    return out


def _named_again(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> dict[tuple[int, int], TokenMention]:
    """Add the names of persons and bodies in several words that the model passes over where they are said again: in lists, in captions."""
    told = (m for m in found.values() if m.form == "name" and m.end - m.start > 1 and family(m.label) in ("person", "organization"))
    names = {tuple(t.text for t in doc[m.start : m.end]): m for m in told if doc[m.start].text[0].isupper() and doc[m.end - 1].text[0].isupper()}
    if not names:
        return found
    named = {i for m in found.values() if m.form == "name" for i in range(m.start, m.end)}
    firsts: dict[str, list[tuple[str, ...]]] = {}
    for words in names:
        firsts.setdefault(words[0], []).append(words)
    out = dict(found)
    for token in doc:
        for words in sorted(firsts.get(token.text, ()), key=len, reverse=True):
            end = token.i + len(words)
            if named.isdisjoint(range(token.i, end)) and tuple(t.text for t in doc[token.i : end]) == words:
                out[token.i, end] = replace(names[words], start=token.i, end=end, root=doc[token.i : end].root.i)
                named.update(range(token.i, end))
                break
    return out


def _repeated_phrases(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> Iterator[TokenMention]:
    """Find noun phrases that the model passes over and whose head the text has more than once, so that one may take up the other: "the spill"."""
    taken = {m.root for m in found.values()} | {i for m in found.values() if m.form == "name" for i in range(m.start, m.end)}
    heads = [t for t in doc if t.tag_ in ("NN", "NNS") and t.dep_ in _HEADING and t.lemma_.lower() not in _TAKEN_UP_BY_NONE]
    count = Counter((t.lemma_.lower(), t.tag_) for t in heads)
    for token in heads:
        if token.i in taken or count[token.lemma_.lower(), token.tag_] < 2 or not token.is_alpha or has_copula(token) or token.lower_ in _OF_COUNTRIES:
            continue
        start = min([token.i, *(c.i for c in token.children if c.i < token.i and c.dep_ in ("det", "amod", "compound", "nmod:poss", "nummod"))])
        yield TokenMention(start, token.i + 1, token.i, "noun", classify_noun(token.lemma_.lower(), "Other"), _FAINT)


def _repeats_name(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> bool:
    """Recognise a description that is only a name with its article: "the Korean forces" beside "Korean forces"."""
    if mention.form != "noun":
        return False
    start = next((i for i in range(mention.start, mention.end) if doc[i].pos_ != "DET"), mention.end)
    inner = found.get((start, mention.end)) if start > mention.start else None
    return inner is not None and inner.form == "name"


def classify(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> TokenMention:
    """Correct the class of a name by what it is called and by what the gazetteer knows, that of a description by its head."""
    label = mention.label
    if mention.form == "noun":
        label = classify_noun(doc[mention.root].lemma_.lower(), label)
    elif mention.form == "name":
        label = classify_name(mention.text(doc), label, mention.certainty, gazetteer)
        label = class_in_context(doc, mention.start, mention.end, label, gazetteer)
    return mention if label == mention.label else replace(mention, label=label)


def _from_model(doc: Doc, gazetteer: Gazetteer) -> Iterator[TokenMention]:
    for span in doc.spans.get("mentions", ()):
        told_of = span._
        form = told_of.form
        first, last = _name_in(span, gazetteer) if form == "name" else (span.start, span.end)
        start, end = _trim(doc, first, _with_hyphen(doc, last) if span.label_ == "Person" and form == "name" else last, form)
        if start < end:
            root = doc[start:end].root
            attack = form == "name" and span.label_ in ("Vehicle", "Weapon") and root.pos_ == "NOUN" and root.lemma_.lower() in ATTACKS
            told: Form
            told, label = ("noun", "Event") if attack else (form, span.label_)  # "an Israeli airstrike"
            yield TokenMention(start, end, root.i, told, label, told_of.score, told_of.certainty)


def _with_hyphen(doc: Doc, end: int) -> int:
    """Add the second half of a name with a hyphen that was cut off: "Kwok Ka" before "-ki"."""
    if end + 1 < len(doc) and doc[end].text == "-" and not doc[end - 1].whitespace_ and not doc[end].whitespace_:
        half = doc[end + 1]
        return end + 2 if half.is_lower and (half.tag_ in ("NNP", "NNPS") or half.dep_ == "flat") else end
    return end


def _name_in(span: Span, gazetteer: Gazetteer) -> tuple[int, int]:
    """Return the part of a name that is one: what is "based" somewhere, and what lies somewhere, are names without that."""
    last = min(_before_comma(span), _before_city(span, gazetteer), _before_members(span, gazetteer), _before_body(span))
    district = span.text == "Washington" and [t.text for t in span.doc[span.end : span.end + 2]] in ([",", "D.C."], [",", "DC"])
    return max(_after_base(span), _after_held(span), _after_trade(span), _after_country(span, gazetteer)), last + 2 * district


def _after_country(span: Span, gazetteer: Gazetteer) -> int:
    """Cut the country that an office is of off the front of a name: "President of China Li Wei"."""
    of = span.start > 1 and span.doc[span.start - 1].lower_ == "of"
    return span.start + (of and span.label_ == "Person" and len(span) > 2 and gazetteer.country(span[0].text) is not None)


def _before_members(span: Span, gazetteer: Gazetteer) -> int:
    """Cut "nations" off "Coalition nations", and "Allies" off "NATO Allies": those who belong to a body are not the body."""
    last = span[-1]
    if len(span) < 2 or span.label_ != "Alliance" or last.text.lower() not in _MEMBERS:
        return span.end
    listed = any(family(e.type) == "organization" for e in gazetteer.lookup(span[:-1].text))
    return span.end - (listed or span[-2].lower_ in ("coalition", "alliance", "bloc"))


def _after_base(span: Span) -> int:
    """Cut "London-based" off the front of a name."""
    based = next((t.i for t in span if t.lower_ == "based" and t.i > span.start + 1), None)
    return based + 1 if based is not None and span.doc[based - 1].text == "-" and based + 1 < span.end else span.start


def _after_held(span: Span) -> int:
    """Cut whose a force or place is off the front of its name: "UAE-backed Giants Brigade", "insurgent-held Karabilah"; "Saudi-led coalition" is a name."""
    held = next((t.i for t in span if t.lower_ in _HELD and t.i > span.start + 1 and t.nbor(-1).text in ("-", "–")), None)
    behind = span.doc[held + 1] if held is not None and held + 1 < span.end else None
    return behind.i if behind is not None and behind.text[0].isupper() else span.start


def _after_trade(span: Span) -> int:
    """Cut what a body does off the front of its name: "Tesla supplier Kobold Industries", "Aid group Clean Wells"."""
    if family(span.label_) != "organization":
        return span.start
    trade = max((t.i for t in span[1:-1] if t.is_lower and t.tag_ == "NN" and t.lower_ in _TRADES), default=span.start - 1)
    return trade + 1 if span.doc[trade + 1].is_title or span.doc[trade + 1].is_upper else span.start


def _before_body(span: Span) -> int:
    """Cut the body that somebody belongs to off their name: "Ana Lind of the Labour Party"."""
    cut = next((t.i for t in span[2:] if t.lower_ == "of"), span.end) if span.label_ == "Person" else span.end
    return cut if all(t.is_title for t in span.doc[span.start : cut]) else span.end


def _before_comma(span: Span) -> int:
    """Cut "Honiara, Solomon Islands" before the comma: the larger place is a name of its own."""
    if span.label_ in ("City", "Region", "Place", "Facility", "Country"):
        return next((t.i for t in span if t.i > span.start and t.lower_ in (",", "from")), span.end)
    return span.end


def _before_city(span: Span, gazetteer: Gazetteer) -> int:
    """Cut "International Court of Justice in The Hague" before the preposition: the city is a name of its own, a country may be part of the name."""
    cuttable = span.label_ == "Event" or family(span.label_) == "organization"
    if not cuttable or span.label_ == "Group":
        return span.end
    places = [t.i for t in span if t.lower_ in ("in", "at") and t.i > span.start]
    if not places or gazetteer.lookup(span.text):
        return span.end
    cities = {s.start for s in span.doc.spans["mentions"] if s.label_ == "City" and s.end == span.end and s.start > span.start + 1}
    cut = next((i for i in places if {i + 1, i + 2} & cities), None)
    return cut if cut is not None and any(t.text[0].isupper() for t in span.doc[span.start : cut]) else span.end


def _is_between_names(token: Token, mention: TokenMention) -> bool:
    """Tell whether a participle in a name parts two: "UN updated Security Council" is read so for want of the tense."""
    return mention.start < token.i < mention.end - 1 and token.nbor(-1).tag_ == token.nbor(1).tag_ == "NNP"


def _runs_over(doc: Doc, mention: TokenMention) -> bool:
    """Tell whether a name is none because a clause runs through it: it holds a finite verb or one side of a bracket."""
    if mention.form != "name" or mention.label in ("Work", "Event", "Group", "Agreement"):
        return False
    words = list(doc[mention.start : mention.end])
    finite = any(t.is_lower and (t.tag_ in ("VBZ", "VBP", "VBD", "MD") or (t.tag_ == "VBN" and _is_between_names(t, mention))) for t in words)
    return finite or sum(t.text in "([" for t in words) != sum(t.text in ")]" for t in words)


def _is_office_of(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> bool:
    """Tell whether what was taken for a body or place is an office with its country or field: "the Organization's Regional Director for Europe"."""
    if mention.form != "name" or family(mention.label) not in ("organization", "place"):
        return False
    inner = [m for m in found.values() if m is not mention and mention.start <= m.start and m.end <= mention.end]
    return any(m.label == "Position" and m.start <= mention.root < m.end for m in inner) or _is_of_deed(doc, mention, inner)


def _is_of_deed(doc: Doc, mention: TokenMention, inner: list[TokenMention]) -> bool:
    """Tell whether what was taken for a place is what one country does for another: "Chile's support for Peru"."""
    owned = any(m.label == "Country" and doc[m.end - 1].head.i == mention.root for m in inner)
    return family(mention.label) == "place" and owned and any(t.lower_ in ("for", "against", "with", "to") for t in doc[mention.root + 1 : mention.end])


def _titles_apart(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> Iterator[TokenMention]:
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


def _is_no_office(doc: Doc, mention: TokenMention, gazetteer: Gazetteer, names: Mapping[int, int]) -> bool:
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


def _is_honorific(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> bool:
    """Tell whether a title is only one of respect: "Sir", "Dr"."""
    return mention.label in ("Position", "Person") and all(_kind(t.text, gazetteer) == "honorific" or t.is_punct for t in doc[mention.start : mention.end])


def _without_country(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> TokenMention:
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


def _without_whole(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> TokenMention:
    """Cut the body that an office is of off its end: the office is "director", not "director of the Refugee Council"; "Minister of Defence" stays."""
    of = next((i for i in range(mention.start + 1, mention.end - 1) if doc[i].lower_ == "of"), None)
    if mention.label != "Position" or mention.form != "name" or of is None or doc[of - 1].lower_ in _WITH_PORTFOLIO:
        return mention
    start = of + 1 + (doc[of + 1].lower_ == "the")
    whole = found.get((start, mention.end))
    body = whole is not None and whole.form == "name" and whole.score >= _SURELY and (family(whole.label) == "organization" or whole.label == "Country")
    return replace(mention, end=of, root=doc[mention.start : of].root.i) if body else mention


def _trim(doc: Doc, start: int, end: int, form: str) -> tuple[int, int]:
    while start < end and (_is_edge(first := doc[start]) or first.is_space or (form == "name" and first.lower_ in _NOT_IN_NAMES)):
        start += 1
    while start < end and (_is_edge(last := doc[end - 1]) or last.is_space or (form != "pronoun" and last.tag_ == "POS")):
        end -= 1
    return start, end


def _is_edge(token: Token) -> bool:
    return _EDGE.issuperset(token.text)


def _countries(doc: Doc, gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Find country names, demonyms and abbreviations, longest first."""
    position = 0
    text, tokens = doc.text, list(doc)
    capital = [not token.is_lower and any(c.isupper() for c in token.text) for token in tokens]
    ends = [-1 if _is_edge(token) or token.is_space else token.idx + len(token) for token in tokens]
    starts = [-1 if end < 0 or token.lower_ in _NOT_IN_NAMES else token.idx for token, end in zip(tokens, ends, strict=True)]
    while position < len(tokens):
        start = starts[position]
        likely = start >= 0 and any(capital[position : position + _MAX_COUNTRY_WORDS]) and gazetteer.may_begin_country(tokens[position].text_with_ws)
        longest = min(_MAX_COUNTRY_WORDS, len(tokens) - position) if likely else 0
        lengths = (n for n in range(longest, 0, -1) if any(capital[position : position + n]) and ends[position + n - 1] >= 0)
        length = next((n for n in lengths if _is_country(text[start : ends[position + n - 1]], gazetteer)), 0)
        if length:
            yield TokenMention(position, position + length, doc[position : position + length].root.i, "name", "Country")
        position += max(1, length)


def _is_country(form: str, gazetteer: Gazetteer) -> bool:
    return gazetteer.country(form) is not None or _is_shared_demonym(form, gazetteer)


def _is_shared_demonym(form: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a form is a demonym of several countries, which those named around it will decide: "Korean"."""
    demonym = gazetteer.demonym_of(form) if gazetteer.is_ambiguous(form) else None
    return demonym is not None and demonym.adjective


def _is_people(doc: Doc, country: TokenMention, gazetteer: Gazetteer) -> bool:
    """Tell whether what the model took for a person is a country or its people: "Palau", "the Turks"; not "Jordan", "two Syrians"."""
    text = country.text(doc)
    demonym = gazetteer.demonym_of(text)
    if demonym is not None and demonym.plural:
        return country.start > 0 and doc[country.start - 1].lower_ == "the"
    return gazetteer.gender(text) is None


def _with_country(country: TokenMention, found: dict[tuple[int, int], TokenMention], doc: Doc, gazetteer: Gazetteer) -> dict[tuple[int, int], TokenMention]:
    key = (country.start, country.end)
    same = found.get(key)
    if same and (same.label not in _COUNTRY_ADJACENT or (same.label == "Person" and not _is_people(doc, country, gazetteer))):
        return {}
    inside = [m for m in found.values() if m.form == "name" and m.start <= country.start and country.end <= m.end and (m.start, m.end) != key]
    if any(m.label in ("Person", "City", "Work", "Facility") for m in inside):
        return {}
    crossing = any(m.start < country.start < m.end < country.end or country.start < m.start < country.end < m.end for m in found.values())
    return {} if crossing else {key: replace(country, score=same.score if same else 1.0)}


def _without_title(mention: TokenMention, doc: Doc, gazetteer: Gazetteer) -> Iterable[TokenMention]:
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


def _with_titles(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> dict[tuple[int, int], TokenMention]:
    """Add the titles at names that the model did not see, also where it took name and title for one long title."""
    people = sorted((m.start, m.end) for m in found.values() if m.label == "Person" and m.form == "name")
    swallowed = [m for m in found.values() if m.label == "Position" and any(m.start <= start and end <= m.end for start, end in people)]
    kept = {key: m for key, m in found.items() if m not in swallowed}
    named = {i for m in kept.values() if m.form == "name" or m.label == "Position" for i in range(m.start, m.end)}
    titles = (TokenMention(start, end, doc[start:end].root.i, "name", "Position", 0.8) for start, end in find_titles(doc, people, named, gazetteer))
    return kept | {(m.start, m.end): m for m in titles}


def _in_command(doc: Doc, mention: TokenMention) -> TokenMention:
    """Take "commanding" into an office that the model found without it: "commanding general of the division", "deputy commanding officer"."""
    if mention.label != "Position" or mention.start == 0 or doc[mention.start].lower_ not in ("general", "officer"):
        return mention
    start = mention.start - (doc[mention.start - 1].lower_ == "commanding")
    start -= start < mention.start and start > 0 and doc[start - 1].lower_ == "deputy"
    return replace(mention, start=start)


def _unit_and_office(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> Iterable[TokenMention]:
    """Part a numbered unit from the office that is held in it: "507th Maintenance Group Commander", "3rd Brigade deputy commander"."""
    if mention.label != "Position" or mention.form != "name":
        return (mention,)
    start = mention.start
    while start and (_is_ordinal(doc[start - 1]) or (doc[start - 1].is_title and not _is_ordinal(doc[start]))):
        start -= 1
    cut = max((i + 1 for i in range(start + 1, mention.end - 1) if doc[i].text in _UNIT_NOUNS), default=start)
    if cut == start or not _is_ordinal(doc[start]) or not all(t.is_title for t in doc[start + 1 : cut]):
        return (mention,)
    office = replace(mention, start=cut, root=doc[cut : mention.end].root.i)
    if any(m.start <= start and cut <= m.end for m in found.values() if m.label == "MilitaryForce"):
        return (office,)
    return (TokenMention(start, cut, cut - 1, "name", "MilitaryForce", _CERTAIN), office)


def _is_ordinal(token: Token) -> bool:
    return token.text[0].isdigit() and token.lower_.endswith(("st", "nd", "rd", "th"))


def _office_and_rank(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> Iterable[TokenMention]:
    """Part an office from the rank behind it: "Deputy Minister of Defence Lieutenant General"."""
    if mention.label != "Position" or mention.form != "name" or not any(t.lower_ == "of" for t in doc[mention.start : mention.end]):
        return (mention,)
    start = next((i for i in range(mention.start + 3, mention.end) if _kind(doc[i : mention.end].text, gazetteer) == "rank"), None)
    if start is None or doc[start - 1].lower_ in ("of", "the", "for", "and", "-"):
        return (mention,)
    start -= doc[start - 1].lower_ == "senior"
    parts = ((mention.start, start), (start, mention.end))
    return tuple(replace(mention, start=a, end=b, root=doc[a:b].root.i) for a, b in parts)


def _with_portfolio(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> TokenMention:
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


def _with_first_country(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> TokenMention:
    """Take the first of two countries with a hyphen into the name that the model cut after it: "the U.S.-Indonesia Strategic Dialogue"."""
    if mention.label not in ("Event", "Agreement") or mention.form != "name" or mention.start < 2 or doc[mention.start - 1].text not in ("-", "–"):
        return mention
    ends = {m.end: m.start for m in found.values() if m.label == "Country" and m.form == "name"}
    start = ends.get(mention.start - 1)
    second = any(m.label == "Country" and m.start == mention.start and m.end < mention.end for m in found.values())
    return replace(mention, start=start) if start is not None and second else mention


def _departments(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> Iterator[TokenMention]:
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


def _acting_capital(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> TokenMention:
    """Read the capital that acts, and that the model took for a person, as the country: "Rabat called the step unjustified"."""
    if mention.label != "Person" or mention.form != "name" or mention.end - mention.start > 2 or doc[mention.root].dep_ not in _ACTING:
        return mention
    text = mention.text(doc)
    alone = gazetteer.metonym_of(text) is not None and gazetteer.gender(text) is None
    return replace(mention, label="Country") if alone else mention


def _agency(doc: Doc, mention: TokenMention) -> TokenMention:
    """Read a name in brackets before a dash as that of the agency: "SEOUL, July 2 (Yonhap) --"."""
    around = [doc[i].text for i in (mention.start - 1, mention.end, mention.end + 1) if 0 <= i < len(doc)]
    bracketed = len(around) == 3 and around[:2] == ["(", ")"] and around[2] in ("-", "--", "–", "—")
    return replace(mention, label="MediaOrganization") if bracketed and mention.label in _BRACKETED else mention


def _kind(word: str, gazetteer: Gazetteer) -> str | None:
    title = gazetteer.title(word)
    return title.kind if title else None


def _person_by_title(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> TokenMention:
    """Take a title that acts for the person who holds it: in "the secretary then left" it is no office but somebody."""
    head = doc[mention.root]
    if (
        mention.label != "Position"
        or not mention.start
        or doc[mention.start - 1].lower_ not in ("the", "his", "her", "our", "their")
        or head.dep_ not in _ACTING
    ):
        return mention
    named = any(
        m.label == "Person" and m.form == "name" and (m.start in (mention.end, mention.end + 1) or doc[m.root].head.i == head.i) for m in found.values()
    )
    if named or any(c.dep_ in ("nmod", "appos") for c in head.children):
        return mention
    return replace(mention, start=mention.start - 1, form="noun", label="Person")


def _holders_unseen(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> Iterator[TokenMention]:
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
        if apposed and len(name) <= _LONGEST_NAME and (end == len(doc) or doc[end].is_punct or doc[end].pos_ in ("VERB", "AUX", "ADP", "CCONJ")):
            yield TokenMention(start, end, name.root.i, "name", "Person", _UNSURE)


def _offices_alone(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Find who is called only by an office written out as a name: "The Foreign Secretary hosted her"."""
    taken = {i for m in found.values() for i in range(m.start, m.end)}
    for article in doc[:-2]:
        if article.lower_ != "the" or not doc[article.i + 1].is_title or article.i in taken or article.i + 1 in taken:
            continue
        ends = range(min(len(doc), article.i + 1 + _LONGEST_OFFICE), article.i + 2, -1)
        end = next((e for e in ends if doc[e - 1].is_title and _kind(doc[article.i + 1 : e].text, gazetteer) == "office"), None)
        root = doc[article.i + 1 : end].root if end is not None else article
        if end is None or root.dep_ not in _ACTING or taken & set(range(article.i, min(len(doc), end + 1))):
            continue
        if doc[end : end + 1].text in ("of", "for", ",", "-"):
            continue
        yield TokenMention(article.i, end, root.i, "noun", "Person", _FAINT)


def _forces(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Name a country's force that is written in capitals throughout: "British Forces Cyprus", "Iraqi Security Forces"; and its forces for short."""
    named = {i for m in found.values() if m.form == "name" and m.label not in ("Country", "Place", "Person") for i in range(m.start, m.end)}
    countries = {m.start for m in found.values() if m.label == "Country"}
    torn = {m.end: m.start for m in found.values() if m.form == "name" and m.label == "MilitaryForce" and doc[m.end - 1].text not in _FORCE_NOUNS}
    out = []
    for token in doc:
        if token.text not in _FORCE_NOUNS or token.i in named:
            continue
        start, end = token.i, token.i + 1
        while start and doc[start - 1].is_title and doc[start - 1].pos_ in ("PROPN", "ADJ", "NOUN") and start not in countries:
            start -= 1
        while end < len(doc) and doc[end].is_title and doc[end].pos_ == "PROPN":
            end += 1
        if token.i > 2 and doc[token.i - 1].is_title and doc[token.i - 2].lower_ in ("and", "&"):
            start = torn.get(token.i - 2, start)  # "Afghan National Defense and Security Forces"
        if start in countries and start < token.i:
            out.append(TokenMention(start, end, doc[start:end].root.i, "name", "MilitaryForce", 0.8))
    out += _task_forces(doc, found)
    out += _forces_in_small(doc, named, {m.end: m.start for m in found.values() if m.label == "Country"})
    return [*out, *_forces_for_short(doc, [*found.values(), *out])]


def _units_of_regiments(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Name a battalion with its regiment, of which the comma parts it: "3rd Battalion, 6th Marines"."""
    regiments = {m.start: m for m in found.values() if _is_ordinal(doc[m.start]) and doc[m.end - 1].text in _REGIMENTS}
    out = []
    for mention in found.values():
        regiment = regiments.get(mention.end + 1)
        numbered = _is_ordinal(doc[mention.start]) and doc[mention.end - 1].text in ("Battalion", "Squadron")
        if regiment is not None and numbered and doc[mention.end].text == ",":
            out.append(replace(mention, end=regiment.end, label="MilitaryForce", certainty=_CERTAIN))
    return out


def _task_forces(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> Iterator[TokenMention]:
    """Name a task force by the name behind those words, whatever the model took that for: "Task Force Al Taqaddum", "CJTF-OIR"."""
    for token in doc[:-2]:
        if token.text in _TASK_FORCES and token.nbor().text == "-" and not token.whitespace_ and doc[token.i + 2].is_upper:
            yield TokenMention(token.i, token.i + 3, doc[token.i : token.i + 3].root.i, "name", "MilitaryForce", _CERTAIN)
        if token.text != "Task" or token.nbor().text not in ("Force", "Group") or any(m.start < token.i < m.end for m in found.values() if m.form == "name"):
            continue
        end = token.i + 2
        while end < len(doc) and (doc[end].tag_ in ("NNP", "NNPS") or doc[end].like_num) and doc[end].text[0] not in "(,":
            end += 1
        if end > token.i + 2:
            yield TokenMention(token.i, end, doc[token.i : end].root.i, "name", "MilitaryForce", _CERTAIN)


def _forces_in_small(doc: Doc, named: set[int], countries: dict[int, int]) -> Iterator[TokenMention]:
    """Name a country's force that is written small behind the nationality: "Iraqi security forces", "French special forces"."""
    so_called = [(t, countries.get(t.i - (t.nbor(-1).lower_ in _ARMS))) for t in doc[1:] if t.lower_ == "forces"]
    of_arms = {doc[start].lower_ for token, start in so_called if start is not None and token.nbor(-1).lower_ in _ARMS}
    for token, start in so_called:
        if start is not None and token.i not in named and (token.nbor(-1).lower_ in _ARMS or doc[start].lower_ in of_arms):
            yield TokenMention(start, token.i + 1, token.i, "name", "MilitaryForce", 0.8)


def _forces_for_short(doc: Doc, found: list[TokenMention]) -> Iterator[TokenMention]:
    """Find "Iraqi forces" in a text that names the Iraqi Security Forces."""
    named = {(m.start, m.end) for m in found if m.form == "name"}
    countries = {m.end: m.start for m in found if m.form == "name" and m.label == "Country"}
    full = [m.text(doc) for m in found if m.form == "name" and m.label == "MilitaryForce"]
    for token in doc:
        start = countries.get(token.i) if token.text == "forces" else None
        if start is not None and (start, token.i + 1) not in named and any(shortens_forces(_words(doc, start, token.i + 1), name) for name in full):
            yield TokenMention(start, token.i + 1, token.i, "name", "MilitaryForce", 0.8)


def _named_task_forces(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> Iterator[TokenMention]:
    """Name a task force with the operation behind a dash that tells it from others: "Combined Joint Task Force – Inherent Resolve"."""
    for mention in [m for m in found.values() if m.form == "name"]:
        if doc[mention.end - 2 : mention.end].text != "Task Force" or mention.end + 1 >= len(doc) or doc[mention.end].text not in ("-", "–", "—"):
            continue
        end = mention.end + 1
        while end < len(doc) and doc[end].is_title and doc[end].tag_ in ("NNP", "NN", "JJ") and doc[end].lower_ not in _TITLES_BEHIND:
            end += 1
        if end > mention.end + 1:
            yield TokenMention(mention.start, end, doc[mention.start : end].root.i, "name", "MilitaryForce")


def _behind_name(doc: Doc, mention: TokenMention, name: TokenMention) -> TokenMention:
    """Cut the end of a longer name off the front of a title: "Inherent Resolve Commander"."""
    if mention.label != "Position" or not name.start < mention.start < name.end < mention.end:
        return mention
    return replace(mention, start=name.end, root=doc[name.end : mention.end].root.i)


def _is_pair(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> bool:
    """Tell whether a name is only several countries in a row, "U.S.-South Korean", which are mentions of their own."""
    if mention.form != "name" or mention.label in ("Event", "Agreement", "Work"):
        return False
    inside = [m for m in found.values() if m is not mention and m.label == "Country" and mention.start <= m.start and m.end <= mention.end]
    covered = {i for m in inside for i in range(m.start, m.end)}
    return len(inside) > 1 and all(t.i in covered or t.is_punct or t.lower_ == "and" for t in doc[mention.start : mention.end])


def _is_royal(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> bool:
    """Tell whether a name is only the adjective of a kingdom, which is a mention of its own: "Royal Australian" of its navy."""
    inner = found.get((mention.start + 1, mention.end)) if mention.form == "name" else None
    return inner is not None and inner.label == "Country" and doc[mention.start].lower_ == "royal"


def _is_shortened(mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> bool:
    """Tell whether a name is only the beginning or, of a body, the end of a longer one of its family: "Yonhap" within "Yonhap news agency"."""
    if mention.form != "name" or mention.label in ("Country", "Position"):
        return False
    longer = [m for (start, end), m in found.items() if start == mention.start and end > mention.end and m.form == "name"]
    if family(mention.label) == "organization":  # "Security Council" within "UN Security Council"
        longer += [m for (start, end), m in found.items() if start < mention.start and end == mention.end and m.form == "name"]
    return any(family(m.label) == family(mention.label) for m in longer)


def _is_government(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> bool:
    """Tell whether a mention is a country's government, which is the country that is named inside it."""
    if mention.label not in ("Country", "GovernmentBody", "Organization", "PoliticalParty"):
        return False
    heads = {doc[i].lemma_.lower() for i in (mention.root, mention.end - 1)}  # in "Syrian Government websites" both words hang on the third
    if heads.isdisjoint(_OF_COUNTRIES):
        return False
    return any(m.label == "Country" and mention.start <= m.start and m.end <= mention.end and m is not mention for m in found.values())


def _cities_owning(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Find the cities that begin the name of a building as its possessor, and are known: "Kabul's Serena Hotel", not "Lord's Cricket Ground"."""
    for mention in found.values():
        if mention.label not in ("Facility", "Place") or mention.form != "name":
            continue
        end = next((i for i in range(mention.start + 1, mention.end - 1) if doc[i].tag_ == "POS"), None)
        if end is None or (mention.start, end) in found or gazetteer.gender(doc[mention.start].text) is not None:
            continue
        if gazetteer.city(doc[mention.start : end].text) is not None:
            yield TokenMention(mention.start, end, doc[mention.start : end].root.i, "name", "City", _CERTAIN)


def _without_owner(doc: Doc, mention: TokenMention, found: dict[tuple[int, int], TokenMention]) -> Iterator[TokenMention]:
    """Cut the country, body or city that has it off a name: "UNIFIL's Maritime Task Force", "Burkina Faso's Bam province", "Kabul's Serena Hotel"."""
    building = mention.label in ("Facility", "Place")
    owners = [m for m in found.values() if m.start == mention.start and m.end < mention.end and m.form == "name"]
    owners = [m for m in owners if family(m.label) in _OWNERS or (building and m.label == "City")]
    start = max((m.end + (doc[m.end].tag_ == "POS") for m in owners if "POS" in (doc[m.end].tag_, doc[m.end - 1].tag_)), default=mention.start)
    whole = mention.form != "name" or start == mention.start or mention.label in ("Event", "Agreement", "Work")
    if whole or not start < mention.end or not doc[start].is_title:
        yield mention
    elif (start, mention.end) not in found:
        yield replace(mention, start=start, root=doc[start : mention.end].root.i)


def _body_and_whole(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Part a body from the one that it belongs to: "Indian Navy's Eastern Fleet", "Southern Command of the Ghana Army", "army's Northern Brigade"."""
    known = mention.form != "name" or family(mention.label) != "organization" or bool(gazetteer.lookup(mention.text(doc)))
    inner = range(mention.start + 1, mention.end - 1)
    owned = None if known else next((i for i in inner if doc[i].tag_ == "POS" and not doc[i + 1].is_lower), None)
    of = None if known or owned is not None else next((i for i in inner if doc[i].lower_ == "of" and is_body(f"the {doc[i - 1].text}")), None)
    if owned is not None and _is_whole(doc, mention.start, owned, gazetteer):
        sides = ((mention.start, owned), (owned + 1, mention.end))
    elif of is not None and _is_whole(doc, start := of + 1 + (doc[of + 1].lower_ == "the"), mention.end, gazetteer) and not doc[start].is_lower:
        sides = ((start, mention.end), (mention.start, of))
    else:
        yield mention
        return
    (first, last), own = sides
    yield replace(mention, start=own[0], end=own[1], root=doc[own[0] : own[1]].root.i)
    if not doc[first].is_lower:
        yield TokenMention(first, last, doc[first:last].root.i, "name", mention.label, mention.score, _UNSURE)


def _is_whole(doc: Doc, start: int, end: int, gazetteer: Gazetteer) -> bool:
    """Tell whether words name a body that has parts: one that the gazetteer knows, an acronym, a country's navy, or "army" alone."""
    text = doc[start:end].text
    if end - start == 1 and doc[start].is_lower:
        return text in _SERVICES
    listed = any(e.type in _WHOLES for e in gazetteer.lookup(text))
    acronym = end - start == 1 and doc[start].is_upper and len(text) > 2
    return listed or acronym or (is_body(text) and end - start < 4 and gazetteer.country(doc[start].text) is not None)


def _parts(doc: Doc, mention: TokenMention, gazetteer: Gazetteer) -> Iterator[tuple[tuple[int, int], TokenMention]]:
    """Split "U.S. Forces Korea and Combined Forces Command", which the model took for one name, where both sides name bodies, or things of one kind."""
    cut = next((i for i in range(mention.start + 1, mention.end - 1) if doc[i].lower_ == "and"), None)
    alike = cut is not None and cut - mention.start > 1 and doc[cut - 1].text == doc[mention.end - 1].text and mention.end - cut > 2
    parted = mention.form == "name" and (family(mention.label) == "organization" or (alike and family(mention.label) == "place"))
    sides = [(mention.start, cut), (cut + 1, mention.end)] if cut is not None and parted else []
    bodies = [is_body(doc[a:b].text) or any(is_body(doc[a:c].text) for c in range(a + 2, b)) or _is_alliance(doc[a:b].text, gazetteer) for a, b in sides]
    if not sides or (not alike and not all(bodies)):
        yield (mention.start, mention.end), mention
        return
    for start, end in sides:
        start += doc[start].lower_ == "the"
        yield (start, end), replace(mention, start=start, end=end, root=doc[start:end].root.i)


def _is_alliance(form: str, gazetteer: Gazetteer) -> bool:
    return any(entry.type == "Alliance" for entry in gazetteer.lookup(form))


def _known_in_full(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Take a name to the end of the longest that the gazetteer knows from its first word on: "Islamic State of Iraq" before "and the Levant"."""
    for mention in found.values():
        if mention.form != "name" or family(mention.label) not in ("organization", "place") or mention.end >= len(doc):
            continue
        if doc[mention.end].lower_ not in _WITHIN_NAMES:
            continue
        furthest = min(len(doc), mention.start + _LONGEST_KNOWN)
        ends = (end for end in range(furthest, mention.end + 1, -1) if doc[end - 1].is_title or doc[end - 1].is_upper)
        end = next((end for end in ends if len(_known_groups(_words(doc, mention.start, end), gazetteer)) == 1), None)
        if end is not None:
            label = _known_groups(_words(doc, mention.start, end), gazetteer)[0]
            yield replace(mention, end=end, root=doc[mention.start : end].root.i, label=label, certainty=_CERTAIN)


def _known_groups(name: str, gazetteer: Gazetteer) -> list[str]:
    """Return the classes of the bodies and armed groups that have a name, one for each."""
    return [label for _, label in sorted({(e.id, e.type) for e in gazetteer.lookup(name) if family(e.type) == "organization"})]


def _titles_of_works(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Find the title in quotation marks after the word for a work: the report "Hard Ground"."""
    out = []
    for token in doc:
        if token.lemma_.lower() not in _WORKS or token.i >= len(doc) - 3:
            continue
        opening = token.nbor(1)
        if opening.text not in _QUOTES:
            continue
        end = next((i for i in range(opening.i + 1, min(opening.i + 12, len(doc))) if doc[i].text in _QUOTES), None)
        if end is None:
            continue
        last = end - (doc[end - 1].text in (",", "."))
        words = [t for t in doc[opening.i + 1 : last] if t.is_alpha and len(t) > 3]
        if words and all(t.text[0].isupper() for t in words):
            out.append(TokenMention(opening.i + 1, last, doc[opening.i + 1 : last].root.i, "name", "Work", 0.9))
    return out


def _described_works(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Find what somebody publishes without a title: "an opinion piece"."""
    taken = {m.root for m in found.values()}
    out = []
    for token in doc:
        if token.i in taken or token.lemma_.lower() not in _PIECES or token.tag_ != "NN":
            continue
        start = min([token.i, *(c.i for c in token.children if c.dep_ in ("compound", "amod"))])
        if start and doc[start - 1].lower_ in ("a", "an", "his", "her", "their") and not any(m.start <= token.i < m.end for m in found.values()):
            out.append(TokenMention(start, token.i + 1, token.i, "noun", "Work", 0.6))
    return out


def _described_events(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Find attacks that have no name: "the attack on the convoy"; of what somebody condemns or owns up to other deeds, too."""
    taken = {m.root for m in found.values() if m.form != "noun" or m.label != "Other" or not _is_judged(doc[m.root])}
    out = []
    for token in doc:
        if token.i in taken or token.pos_ != "NOUN":
            continue
        judged = _is_judged(token)
        if token.lemma_.lower() not in (DEEDS if judged else ATTACKS):
            continue
        left = min([token.i, *(c.i for c in token.children if c.dep_ in ("compound", "amod", "det"))])
        right = _end_of_event(token, left)
        if (judged or doc[left].dep_ == "det") and right - left > (1 if judged else 2):
            out.append(TokenMention(left, right, token.i, "noun", "Event", 0.6))
    return out


def _victims(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Find people without a name, or ships, to whom something is done: "attacks on civilians", "the killing of aid workers", "detained protesters"."""
    named = (m for m in found.values() if m.form == "name" and m.label in ("Group", "Vehicle"))
    taken = {m.root for m in found.values() if m.form == "name" or m.label != "Other"} | {i for m in named for i in range(m.start, m.end)}
    out = []
    for token in doc:
        if token.tag_ != "NNS" or not _suffers(token):
            continue
        own = token.i > 1 and token.nbor(-1).lower_ == "own" and token.nbor(-2).tag_ == "PRP$"
        if token.lemma_.lower() not in (_SUBJECTS_OF_STATES if own else _VICTIMS_OR_SHIPS):
            continue
        start = token.i - 2 if own else min([token.i, *(c.i for c in token.children if c.dep_ in ("amod", "compound", "nummod") and c.i < token.i)])
        if own or not taken & set(range(start, token.i + 1)):
            label = "Vehicle" if token.lemma_.lower() in _SHIPS else "Group"
            out.append(TokenMention(start, token.i + 1, token.i, "name" if own else "noun", label, 0.6))
    return out


def _suffers(noun: Token) -> bool:
    """Tell whether something is done to whom a noun names, by the verb or the noun for a deed above it."""
    while noun.dep_ == "conj":
        noun = noun.head
    if noun.dep_ in ("obj", "nsubj:pass"):
        return noun.head.lemma_.lower() in _HARM
    if noun.dep_ in ("obl", "nmod") and case_of(noun) == "against":
        return True  # "has used chemical weapons against its own people"
    above = noun.head
    while above.dep_ == "nmod" and case_of(above) in ("by", "of"):
        above = above.head  # "attacks by the militia on civilians"
    return noun.dep_ == "nmod" and case_of(noun) in ("on", "against", "of") and above.lemma_.lower() in DEEDS | _TARGETING


def _described_objects(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Find what is signed or held without a name of its own: "signed an arrangement on visas", "hosted a donors' conference"."""
    taken = {m.root for m in found.values() if m.form == "name"} | {i for m in found.values() if m.form == "name" for i in range(m.start, m.end)}
    out = []
    for token in doc:
        if token.i in taken or token.pos_ != "NOUN":
            continue
        lemma, verb = token.lemma_.lower(), _verb_above(token)
        if verb not in _SIGN_OR_HOLD or any(c.lower_ in ("no", "any", "neither") for c in token.children if c.dep_ == "det"):
            continue
        of = next((c for c in token.children if c.dep_ == "nmod" and c.lemma_ in _PAPER_OF.get(lemma, ())), None)
        label = _signed_or_held(token, verb, paper=lemma in _PAPERS or of is not None)
        if label is None or _is_known(token):
            continue
        start = token.i
        while start and doc[start - 1].dep_ in ("compound", "amod", "nummod", "punct") and doc[start - 1].head.i in (token.i, start):
            start -= 1
        end = token.i + 1 if of is None else of.i + 1
        if taken.isdisjoint(range(start, end)):
            out.append(_signed_thing(token, start, end, label))
    return out


def _signed_thing(noun: Token, start: int, end: int, label: str) -> TokenMention:
    """Describe what is signed or held, a gathering with the body that gathers; of "a meeting" only what it is of or on tells which one is meant."""
    body = _end_of_body(noun) if label == "Event" else end
    if noun.lemma_.lower() in _SESSIONS and start == noun.i and body == noun.i + 1:
        return TokenMention(start, _end_of_event(noun, start), noun.i, "noun", label, 0.6)
    return TokenMention(start, max(end, body), noun.i, "name", label, 0.6)


def _signed_or_held(noun: Token, verb: str, *, paper: bool) -> str | None:
    """Return the class of what is signed or held by what a verb says of it; None if it is neither."""
    if verb in _SIGN | _LEAVE:
        return "Agreement" if paper else None
    lemma = noun.lemma_.lower()
    return "Event" if lemma in _GATHERINGS or (lemma in _SESSIONS and _is_told_apart(noun)) else None


def _is_told_apart(meeting: Token) -> bool:
    """Tell whether a phrase says which meeting is meant: "a ministerial meeting", "a meeting on Mali", not "a meeting with her"."""
    if any(c.dep_ == "nmod" and case_of(c) in ("with", "between") for c in meeting.children):
        return False
    before = any(c.dep_ in ("amod", "compound") and c.lower_ not in _PLAIN for c in meeting.children)
    return before or any(c.dep_ == "nmod" and case_of(c) in ("of", "on") and not c.like_num and c.lower_ not in CALENDAR for c in meeting.children)


def _end_of_body(gathering: Token) -> int:
    """Return where the name of those ends whose meeting a noun names: "a meeting of the Security Council"."""
    of = next((c for c in gathering.children if c.dep_ == "nmod" and case_of(c) == "of" and c.pos_ == "PROPN" and c.left_edge.i == gathering.i + 1), None)
    if of is None:
        return gathering.i + 1
    return max([of.i, *(c.i for c in of.children if c.dep_ in ("flat", "compound"))]) + 1


def _is_known(noun: Token) -> bool:
    """Tell whether a phrase takes up something told before: "the deal", "that accord", not "the memorandum that the two signed"."""
    pointed = any(c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these", "those") for c in noun.children)
    return pointed and not any(c.dep_ in ("acl", "acl:relcl", "nmod") for c in noun.children) and noun.lemma_.lower() in _PAPERS


def _verb_above(noun: Token) -> str | None:
    """Return the lemma of the verb whose object a noun is, in the active, the passive or as a participle behind it."""
    if noun.dep_ in ("obj", "nsubj:pass") and noun.head.lemma_.lower() in _SIGN | _LEAVE | _HOLD:
        return noun.head.lemma_.lower()
    if noun.dep_ == "obl" and noun.head.lemma_ in _PARTAKING and case_of(noun) in ("in", "at", "for"):
        return "attend"
    return next((c.lemma_.lower() for c in noun.children if c.dep_ in ("acl", "acl:relcl") and c.lemma_.lower() in _SIGN_OR_HOLD), None)


def _end_of_event(noun: Token, left: int) -> int:
    """Return where the description of an event ends: with all that it is of, on and at, or with the first of it if that is too long."""
    phrases = [c for c in noun.children if c.dep_ == "nmod" and c.i > noun.i]
    whole = max([noun.i, *(t.i for c in phrases for t in c.subtree)]) + 1
    if whole - left <= _LONGEST_EVENT or not phrases:
        return whole
    first = max(t.i for t in (phrases[0], *phrases[0].children) if t is phrases[0] or t.dep_ in ("flat", "compound"))
    return first + 1 if first < left + _LONGEST_EVENT else noun.i + 1


def _is_judged(deed: Token) -> bool:
    while deed.dep_ == "conj":
        deed = deed.head
    if deed.dep_ in ("obl", "obl:agent"):
        return deed.head.lower_ in _SHAKEN and case_of(deed) in ("by", "at")
    return deed.dep_ in ("obj", "nsubj:pass") and deed.head.lemma_.lower() in _JUDGED


def _known_bodies(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> list[TokenMention]:
    """Find bodies that the gazetteer knows where the model saw no name: "the UN", or the one in "Foreign Office minister"."""
    named = {i for m in found.values() if m.form == "name" and m.label not in ("Country", "Position") for i in range(m.start, m.end)}
    out, position = [], 0
    while position < len(doc):
        first = doc[position]
        longest = 0
        if first.is_title or first.is_upper:
            most = min(_BODY_WORDS, len(doc) - position)
            longest = next((n for n in range(most) if position + n in named), most)
        length = next((n for n in range(longest, 0, -1) if _is_body(doc, position, position + n, named, gazetteer)), 0)
        if length:
            label = _bodies(doc[position : position + length].text, gazetteer)[0]
            out.append(TokenMention(position, position + length, doc[position : position + length].root.i, "name", label, 0.9))
        position += max(1, length)
    return out


def _known_groups_alone(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Find armed groups of one word with an apostrophe in it where the model saw no name: "Da'esh"."""
    named = {i for m in found.values() if m.form == "name" for i in range(m.start, m.end)}
    for token in doc:
        if token.i not in named and token.text[0].isupper() and _APOSTROPHES & set(token.text[1:-2]) and _known_groups(token.text, gazetteer) == ["ArmedGroup"]:
            yield TokenMention(token.i, token.i + 1, token.i, "name", "ArmedGroup", 0.9)


def _coalitions(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> Iterator[TokenMention]:
    """Find coalitions of states that are written small: "the international coalition", "the Saudi-led coalition", and "the coalition" beside one of these.

    What rules, or opposes who does, is another kind of coalition.
    """
    named = {i for m in found.values() if m.form == "name" and m.label != "Country" for i in range(m.start, m.end)}
    told = [t for t in doc if t.lower_ == "coalition" and t.i not in named and t.pos_ in ("NOUN", "PROPN")]
    starts = {t.i: _start_of_coalition(t) for t in told}
    named_so = (doc[m.end - 1] for m in found.values() if m.form == "name" and m.label in _WHOLES)
    among = any(start is not None and start < i for i, start in starts.items()) or any(t.lower_ == "coalition" for t in named_so)
    among = among or any(t.text == "Coalition" and not t.is_sent_start for t in told)
    among = among or any(t.dep_ == "compound" and t.head.lemma_.lower() in _OF_WAR for t in told)
    for i, start in starts.items():
        if start is not None and (start < i or among):
            yield TokenMention(start, i + 1, i, "name", "Alliance", _CERTAIN)


def _of_members(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> Iterator[TokenMention]:
    """Find the body in "Coalition nations", "Alliance members" where the model saw no name."""
    named = {i for m in found.values() if m.form == "name" for i in range(m.start, m.end)}
    for token in doc[:-1]:
        capital = token.text in ("Coalition", "Alliance") and token.nbor().lower_ in _MEMBERS and token.head.i == token.i + 1
        if capital and token.i not in named:
            yield TokenMention(token.i, token.i + 1, token.i, "name", "Alliance", 0.8)


def _start_of_coalition(noun: Token) -> int | None:
    """Return where the words begin that say of what kind a coalition is; None if it is one of parties, or one among several."""
    start = noun.i
    if start - noun.sent.start > 2 and noun.nbor(-1).lower_ in ("led", "backed") and noun.nbor(-2).text in ("-", "–"):
        start -= 3  # "Saudi-led", which in "Saudi-led coalition warplanes" is read with the warplanes
    while start > noun.sent.start and _is_before_coalition(noun.doc[start - 1], noun):
        start -= 1
    words = {t.lower_ for t in noun.doc[start : noun.i]}
    before = noun.nbor(-1) if noun.i else noun
    plain = start == noun.i and noun.tag_ in ("NN", "NNP") and before.text not in ("-", "–") and (before.lower_ == "the" or noun.dep_ == "compound")
    of_states = any(w in _OF_STATES or w.isdigit() for w in words) or bool({"led", "backed"} & words) or any(w.startswith(("anti", "counter")) for w in words)
    return start if (plain or of_states) and not words & _OF_PARTIES else None


def _is_before_coalition(word: Token, noun: Token) -> bool:
    within = word.head.i == noun.i or (noun.i - word.i < _LONGEST_EVENT and noun in word.ancestors)
    return within and word.i < noun.i and word.dep_ in _BEFORE_NOUNS


def _groups_within(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> Iterator[TokenMention]:
    """Find the armed group whose a thing is by its description, where the model saw no name within: "a Daesh truck bomb"."""
    starts = {m.start for m in found.values() if family(m.label) == "organization"}
    for mention in found.values():
        if mention.form != "name" or mention.label not in _THINGS or not doc[mention.end - 1].is_lower:
            continue
        first = next((i for i in range(mention.start, mention.end) if doc[i].is_title or doc[i].is_upper), mention.end)
        ends = range(mention.end - 1, first, -1) if first not in starts else ()
        end = next((end for end in ends if _known_groups(_words(doc, first, end), gazetteer) == ["ArmedGroup"]), None)
        if end is not None:
            yield TokenMention(first, end, doc[first:end].root.i, "name", "ArmedGroup", 0.9)


def _is_body(doc: Doc, start: int, end: int, named: set[int], gazetteer: Gazetteer) -> bool:
    first, last = doc[start], doc[end - 1]
    short = end - start == 1
    if (short and not (first.is_upper and len(first) > 1 and first.pos_ == "PROPN")) or (not short and not (first.is_title and last.is_title)):
        return False
    words = [doc[i] for i in range(start, end)]
    if any(t.i in named or t.is_space for t in words) or not all(t.pos_ in _NAMING or "-" in (t.text, doc[t.i - 1].text) for t in words):
        return False
    return len(_bodies(_words(doc, start, end), gazetteer)) == 1


def _bodies(name: str, gazetteer: Gazetteer) -> list[str]:
    """Return the classes of the bodies that have a name, one for each."""
    classes = ("Alliance", "Organization", "GovernmentBody", *(("ArmedGroup",) if " " in name or "-" in name else ()))
    return [label for _, label in sorted({(e.id, e.type) for e in gazetteer.lookup(name) if e.type in classes})]


def _all_of_them(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Describe those of whom something is asked together: "all parties", "all sides"."""
    known = {m.root for m in found.values() if m.label == "Group"}
    several = (t for t in doc[1:] if t.lower_ in _ADDRESSED and t.pos_ == "NOUN" and t.nbor(-1).lower_ == "all")
    return [TokenMention(t.i - 1, t.i + 1, t.i, "noun", "Group", _CERTAIN) for t in several if t.i not in known]


def _regimes(doc: Doc, found: dict[tuple[int, int], TokenMention], gazetteer: Gazetteer) -> list[TokenMention]:
    """Name a regime after the name before it: "the Asad regime", "Asad's regime" is a body of its own, whatever the model takes it for."""
    names = [m for _, m in sorted(found.items(), reverse=True) if m.form == "name" and classify(doc, m, gazetteer).label not in _NO_REGIME]
    ends = {m.end: m.start for m in names}
    out = [replace(m, label="GovernmentBody") for m in names if m.end - m.start > 1 and doc[m.end - 1].lemma_.lower() in _REGIMES and m.label == "ArmedGroup"]
    for regime in doc[1:]:
        end = regime.i - (regime.nbor(-1).tag_ == "POS")
        if regime.lemma_.lower() in _REGIMES and end in ends:
            out.append(TokenMention(ends[end], regime.i + 1, regime.i, "name", "GovernmentBody"))
    return out


def _named_by_noun(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Find names that the model does not see, or not as what the noun behind them says that they are: "the Rafael company", "Fars news agency"."""
    names = {m.end: m for m in found.values() if m.form == "name"}
    named = {i for m in names.values() for i in range(m.start, m.end)}
    out = []
    for noun in doc:
        if noun.pos_ != "NOUN" or not noun.i or noun.i in named:
            continue
        news = noun.nbor(-1).lower_ == "news"
        label = class_of_named(noun.lemma_.lower(), "news" if news else "")
        if label is None:
            continue
        end = noun.i - news
        known = names.get(end)
        if known is not None and known.label not in ("Country", "Position") and (news or known.label in _MISREAD.get(label, ())):
            start = known.start
        else:
            start = _start_of_name(doc, end, named)
        if start < end:
            end += 2 * news + (label == "Facility")  # a dam is called by the word, too
            out.append(TokenMention(start, end, doc[start:end].root.i, "name", label, 0.6))
    return out


def _ship_groups(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Find the force that sails with a ship and has its name: "the USS Nimitz carrier strike group"."""
    ships = {m.end: m.start for m in found.values() if m.form == "name" and m.label == "Vehicle"}
    out = []
    for noun in doc[2:] if ships else ():
        if noun.lemma_.lower() == "group" and noun.nbor(-1).lower_ in _SAILING:
            start = next((ships[end] for end in range(noun.i - 1, noun.i - 4, -1) if end in ships), None)
            if start is not None:
                out.append(TokenMention(start, noun.i + 1, noun.i, "name", "MilitaryForce", _CERTAIN))
    return out


def _without_forces(doc: Doc, mention: TokenMention) -> TokenMention:
    """Take the command for its forces: "U.S. Central Command forces", "CENTCOM Forces"."""
    before = doc[mention.end - 2] if mention.end - mention.start > 1 else None
    own = before is not None and doc[mention.end - 1].lower_ == "forces" and mention.label == "MilitaryForce" and mention.form == "name"
    if not own or before is None or not (before.lower_ == "command" or before.text.endswith("COM")):
        return mention
    end = mention.end - 1
    return replace(mention, end=end, root=doc[mention.start : end].root.i)


def _peoples(doc: Doc, found: dict[tuple[int, int], TokenMention]) -> list[TokenMention]:
    """Take the fighters of a people or creed for a group, not for the people: "Kurdish fighters", "Kurdish and Yezidi fighters"."""
    names = [m for m in found.values() if m.form == "name" and doc[m.root].lemma_.lower() in _FIGHTING]
    roots = {m.root for m in found.values() if m.form == "name"}
    out = []
    for noun in doc[1:]:
        forces = noun.lemma_.lower() in ("force", "troop", "troops") and noun.i not in roots
        if (noun.lemma_.lower() not in _FIGHTING and not forces) or noun.tag_ != "NNS":
            continue
        start = noun.i
        while start and (doc[start - 1].lower_ in _PEOPLES | {"and", "tribal"} or (start < noun.i and doc[start - 1].text == ",")):
            start -= 1
        while start < noun.i and doc[start].lower_ not in _PEOPLES:
            start += 1
        if start < noun.i and not any(m.start < start < m.end for m in names):
            out.append(TokenMention(start, noun.i + 1, noun.i, "name", "MilitaryForce" if forces else "Group", _CERTAIN))
    return out


def _start_of_name(doc: Doc, end: int, named: set[int]) -> int:
    """Return where the capitals that end at a word begin, which are no name yet; `end` if there are none, too many, or half a sentence of them."""
    start = end
    while start and doc[start - 1].tag_ in ("NNP", "NNPS") and doc[start - 1].is_title and doc[start - 1].lower_ not in CALENDAR and start - 1 not in named:
        start -= 1
    torn = start < end and (doc[start].is_sent_start or doc[start - 1].tag_ in ("NNP", "NNPS", "HYPH"))
    return end if torn or end - start > _LONGEST_NAME else start


def _pronouns(doc: Doc) -> Iterator[TokenMention]:
    for token in doc:
        if token.lower_ in PERSONAL and token.tag_ in ("PRP", "PRP$"):
            yield TokenMention(token.i, token.i + 1, token.i, "pronoun", "Person" if token.lower_ in _PERSON_PRONOUNS else "", 0.5)


_PERSON_PRONOUNS = frozenset("i me my mine myself he him his himself she her hers herself".split())
