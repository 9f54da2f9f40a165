"""The gazetteer: every name of every country, places by likelihood, and a user's own rows."""

import gzip
import importlib.util
import re
import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graphbuild.errors import GazetteerError
from graphbuild.gazetteer import Gazetteer, lookup, name_key, tables
from graphbuild.gazetteer.userfile import CLASSES

WIKIDATA = "http://www.wikidata.org/entity/"
DATA = Path(tables.__file__).parent
ROOT = Path(__file__).parent.parent
COUNTRIES = {row[2]: row for row in tables.read_rows("countries")}
MEMBERS = {code: row for code, row in COUNTRIES.items() if row[7] == "UN member"}
MEMBER_FORMS = [row for row in tables.read_forms() if row[2] in MEMBERS and row[1] != "metonym"]


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


# --- countries --------------------------------------------------------------------------------------------------------------------

def test_un_has_193_members_each_with_its_own_wikidata_item():
    assert len(MEMBERS) == 193
    assert len({row[0] for row in COUNTRIES.values()}) == len(COUNTRIES)
    assert all(re.fullmatch(WIKIDATA + r"Q[1-9]\d*", row[0]) for row in COUNTRIES.values())


@pytest.mark.parametrize("kind", ["official", "short", "noun", "plural", "adjective"])
def test_every_member_has_a_form_of_every_kind(kind):
    assert {row[2] for row in MEMBER_FORMS if row[1] == kind} == set(MEMBERS)


def test_every_form_of_every_member_resolves_or_is_listed_as_ambiguous(gazetteer):
    wrong = []
    for form, kind, code, *_ in MEMBER_FORMS:
        for written in (form, form.upper(), f"the {form}", f"{form}'s"):
            found = gazetteer.country(written)
            listed = gazetteer.is_ambiguous(written) and MEMBERS[code][0] in {e.id for e in gazetteer.candidates(written)}
            if not listed and (found is None or found.id != MEMBERS[code][0]):
                wrong.append((written, kind, code, found and found.name))
    assert wrong == []


# Names that other lists than our sources use (ISO 3166, CLDR, demonyms and abbreviations of the news), with the Wikidata item.
UN_MEMBERS = [line.split("\t") for line in (Path(__file__).parent / "data" / "un_members.tsv").read_text(encoding="utf-8").splitlines()[1:]]


def test_the_list_of_members_is_whole():
    assert {code for code, *_ in UN_MEMBERS} == set(MEMBERS)
    assert len({item for _, item, _ in UN_MEMBERS}) == 193
    assert sum(forms.count("|") + 1 for *_, forms in UN_MEMBERS) > 700


@pytest.mark.parametrize(("code", "item", "forms"), UN_MEMBERS, ids=[row[0] for row in UN_MEMBERS])
def test_names_from_elsewhere_mean_the_member(gazetteer, code, item, forms):
    wrong = []
    for form in forms.split("|"):
        found = gazetteer.country(form)
        listed = gazetteer.is_ambiguous(form) and WIKIDATA + item in {c.id for c in gazetteer.candidates(form)}
        if not listed and (found is None or found.id != WIKIDATA + item):
            wrong.append((form, found and found.name))
    assert wrong == []


# Wikidata ids written down from Wikidata itself, so that a slip in the source shows.
KNOWN_IDS = {
    "United States": 30, "China": 148, "Russia": 159, "United Kingdom": 145, "France": 142, "Germany": 183, "Japan": 17, "India": 668,
    "South Korea": 884, "North Korea": 423, "Iraq": 796, "Iran": 794, "Syria": 858, "Israel": 801, "Turkey": 43, "Ukraine": 212,
    "Afghanistan": 889, "Pakistan": 843, "Saudi Arabia": 851, "Egypt": 79, "Namibia": 1030, "Netherlands": 55, "Niger": 1032,
    "Nigeria": 1033, "Democratic Republic of the Congo": 974, "Republic of the Congo": 971, "Dominica": 784, "Dominican Republic": 786,
    "Australia": 408, "Austria": 40, "Slovakia": 214, "Slovenia": 215, "Palestine": 219060, "Taiwan": 865, "Kosovo": 1246,
}


@pytest.mark.parametrize(("name", "item"), KNOWN_IDS.items())
def test_known_wikidata_items(gazetteer, name, item):
    assert gazetteer.country(name).id == f"{WIKIDATA}Q{item}"


FORMS = [
    ("U.S.", "USA"), ("US", "USA"), ("USA", "USA"), ("U.S.A.", "USA"), ("the United States of America", "USA"), ("America", "USA"),
    ("UK", "GBR"), ("U.K.", "GBR"), ("Great Britain", "GBR"), ("British", "GBR"), ("Brits", "GBR"), ("Britons", "GBR"),
    ("ROK", "KOR"), ("DPRK", "PRK"), ("North Koreans", "PRK"), ("UAE", "ARE"), ("Emirati", "ARE"), ("DRC", "COD"), ("PRC", "CHN"),
    ("Côte d’Ivoire", "CIV"), ("Cote d'Ivoire", "CIV"), ("Ivory Coast", "CIV"), ("Ivorians", "CIV"), ("Burma", "MMR"), ("Myanmar", "MMR"),
    ("Czech Republic", "CZE"), ("Turks", "TUR"), ("Türkiye", "TUR"), ("Iraqis", "IRQ"), ("Iraqi", "IRQ"), ("Frenchmen", "FRA"),
    ("Dutch", "NLD"), ("Filipinos", "PHL"), ("Philippine", "PHL"), ("Nigerien", "NER"), ("Nigerian", "NGA"), ("Swazi", "SWZ"),
    ("South Sudanese", "SSD"), ("Equatorial Guinean", "GNQ"), ("Bissau-Guinean", "GNB"), ("Guinea-Bissau", "GNB"), ("Zaire", "COD"),
    ("Ceylon", "LKA"), ("Jordan", "JOR"), ("Soviet", "SUN"), ("Kosovar", "XKX"), ("Palestinians", "PSE"), ("Hong Kong", "HKG"),
]


@pytest.mark.parametrize(("form", "code"), FORMS)
def test_form_means_country(gazetteer, form, code):
    assert gazetteer.country(form) == gazetteer.by_code(code)


@pytest.mark.parametrize("form", ["us", "Us", "turkey", "china", "chad", "Car", "jordan", "iraqi", "", "'s", "the", "Narnia", "It", "Who"])
def test_common_words_are_no_countries(gazetteer, form):
    assert gazetteer.country(form) is None
    assert gazetteer.lookup(form) == ()


AMBIGUOUS = {
    "Korea": {"KOR", "PRK"}, "Korean": {"KOR", "PRK"}, "Congo": {"COD", "COG"}, "Congolese": {"COD", "COG"}, "Guinea": {"GIN", "GNB", "GNQ"},
    "Guinean": {"GIN", "GNB", "GNQ"}, "Dominican": {"DMA", "DOM"}, "Dominicans": {"DMA", "DOM"}, "Virgin Islands": {"VIR", "VGB"},
}


@pytest.mark.parametrize(("form", "codes"), AMBIGUOUS.items())
def test_ambiguous_forms_list_their_candidates(gazetteer, form, codes):
    assert gazetteer.is_ambiguous(form)
    assert gazetteer.country(form) is None
    assert set(gazetteer.candidates(form)) == {gazetteer.by_code(code) for code in codes}


@pytest.mark.parametrize(("form", "around", "expected"), [
    ("Georgia", (), f"{WIKIDATA}Q230"),
    ("Georgia", ("Q30",), "region/USA/georgia"),
    ("Georgia", ("Q230", "Q159"), f"{WIKIDATA}Q230"),
    ("Korea", ("Q884",), f"{WIKIDATA}Q884"),
    ("Korea", ("Q884", "Q423"), None),
    ("Korea", (), None),
    ("Congo", ("Q971",), f"{WIKIDATA}Q971"),
    ("Guinea", ("Q1007",), f"{WIKIDATA}Q1007"),
    ("Guinea", (), f"{WIKIDATA}Q1006"),
    ("Macedonia", (), f"{WIKIDATA}Q221"),
    ("Iraq", ("Q794",), f"{WIKIDATA}Q796"),
])
def test_context_decides(gazetteer, form, around, expected):
    found = gazetteer.resolve(form, {WIKIDATA + item for item in around})
    assert (found and found.id) == expected


def test_demonyms_tell_adjective_from_noun(gazetteer):
    iraqi, iraqis, danish = (gazetteer.demonym_of(form) for form in ("Iraqi", "Iraqis", "Danish"))
    assert (iraqi.adjective, iraqi.noun, iraqi.plural) == (True, True, False)
    assert (iraqis.adjective, iraqis.noun, iraqis.plural) == (False, False, True)
    assert (danish.adjective, danish.noun) == (True, False)
    assert len(gazetteer.demonym_of("Congolese").countries) == 2
    assert gazetteer.demonym_of("Iraq") is None


@pytest.mark.parametrize(("form", "code"), [
    ("the Kremlin", "RUS"), ("Downing Street", "GBR"), ("the White House", "USA"), ("the Pentagon", "USA"), ("Élysée", "FRA"),
    ("Foggy Bottom", "USA"), ("Beijing", "CHN"), ("Washington", "USA"), ("Kyiv", "UKR"), ("Tehran", "IRN"),
])
def test_metonyms(gazetteer, form, code):
    assert gazetteer.metonym_of(form) == gazetteer.by_code(code)


def test_a_metonym_is_no_name_of_the_country(gazetteer):
    assert gazetteer.country("the Kremlin") is None
    assert gazetteer.metonym_of("Osaka") is None


# --- cities -----------------------------------------------------------------------------------------------------------------------

def test_every_member_has_a_capital_city(gazetteer):
    missing = [code for code in MEMBERS if gazetteer.capital_of(gazetteer.by_code(code)) is None]
    assert missing == []


@pytest.mark.parametrize(("name", "context", "country", "population"), [
    ("Paris", None, "FRA", 2_000_000), ("Paris", "USA", "USA", 20_000), ("London", None, "GBR", 8_000_000), ("London", "CAN", "CAN", 300_000),
    ("Tripoli", None, "LBY", 1_000_000), ("Tripoli", "LBN", "LBN", 200_000), ("Washington", None, "USA", 600_000),
    ("Washington, D.C.", None, "USA", 600_000), ("San Jose", None, "CRI", 300_000), ("Georgetown", None, "GUY", 200_000),
    ("Kiev", None, "UKR", 2_000_000), ("Raqqa", None, "SYR", 500_000), ("Fallujah", None, "IRQ", 100_000), ("Kaesong", None, "PRK", 300_000),
    ("New York", None, "USA", 8_000_000), ("Odessa", None, "UKR", 1_000_000), ("Sanaa", None, "YEM", 1_000_000), ("Bogota's", None, "COL", 7_000_000),
])
def test_city_by_likelihood_and_country(gazetteer, name, context, country, population):
    city = gazetteer.city(name, gazetteer.by_code(context) if context else None)
    assert city.country == gazetteer.by_code(country).id
    assert city.population >= population
    assert re.fullmatch(r"https://sws\.geonames\.org/\d+/", city.id)
    assert gazetteer.get(city.id) == city


def test_a_city_elsewhere_is_not_guessed(gazetteer):
    assert gazetteer.city("Vladivostok", gazetteer.by_code("FRA")) is None
    assert gazetteer.city("Atlantis Nova") is None


# --- bodies, people, titles -------------------------------------------------------------------------------------------------------

@pytest.mark.parametrize(("name", "id"), [
    ("NATO", "org/NATO"), ("Nato", "org/NATO"), ("North Atlantic Treaty Organization", "org/NATO"), ("U.N.", "org/UN"), ("the United Nations", "org/UN"),
    ("CENTCOM", "body/USA/centcom"), ("the Pentagon", "body/USA/department-of-defense"), ("ISIS", "group/islamic-state"),
    ("Al Qaeda", "group/al-qaida"), ("al-Qa'ida", "group/al-qaida"), ("Hezbollah", "group/hezbollah"), ("Houthi", "group/houthis"),
    ("Israel Defense Forces", "body/ISR/israel-defense-forces"), ("Texas", "region/USA/texas"), ("Anbar", "region/IRQ/al-anbar"),
    ("Agence France-Presse", "media/afp"), ("Donald Trump", "person/USA/donald-j-trump"), ("Barack Obama", "person/USA/barack-obama"),
])
def test_names_of_bodies_and_people(gazetteer, name, id):
    assert id in {e.id for e in gazetteer.lookup(name)}
    assert gazetteer.get(id) in gazetteer.lookup(name)


def test_types_narrow_a_lookup(gazetteer):
    assert {e.type for e in gazetteer.lookup("Georgia", {"Region"})} == {"Region"}
    assert gazetteer.lookup("Georgia", {"Person"}) == ()
    assert {e.type for e in gazetteer.lookup("Mexico", {"Country", "City"})} >= {"Country"}


def test_two_presidents_of_one_name_stay_two(gazetteer):
    assert len({e.id for e in gazetteer.lookup("George Bush", {"Person"})}) == 2


def test_offices_are_dated(gazetteer):
    trump = gazetteer.lookup("Donald Trump", {"Person"})[0]
    assert [(o.title, o.valid_from, o.valid_to) for o in gazetteer.offices(trump) if o.title == "President"] == [
        ("President", "2017-01-20", "2021-01-20"), ("President", "2025-01-20", "2029-01-20")]
    us = gazetteer.by_code("USA")
    assert "person/USA/barack-obama" in {o.person for o in gazetteer.officials(us, "2012-06-01") if o.title == "President"}
    assert trump.id not in {o.person for o in gazetteer.officials(us, "2012-06-01")}


def test_members_by_standing(gazetteer):
    codes = {gazetteer.by_code(code) for code in ("USA", "FRA", "TUR", "FIN", "SWE")}
    assert codes < set(gazetteer.members("NATO"))
    assert set(gazetteer.members("UN")) == {gazetteer.by_code(code) for code in MEMBERS}
    assert gazetteer.by_code("USA") in gazetteer.members(gazetteer.get("org/ASEAN"), "dialogue partner")
    assert gazetteer.members("no such body") == ()


@pytest.mark.parametrize(("form", "name", "kind"), [
    ("Gen.", "General", "rank"), ("Lt. Gen.", "Lieutenant General", "rank"), ("Lieutenant-General", "Lieutenant General", "rank"),
    ("Adm.", "Admiral", "rank"), ("Sen.", "Senator", "office"), ("Rep.", "Representative", "office"), ("PM", "Prime Minister", "office"),
    ("president", "President", "office"), ("Dr.", "Dr.", "honorific"), ("Defence Minister", "Defense Minister", "office"),
])
def test_titles_are_written_out(gazetteer, form, name, kind):
    title = gazetteer.title(form)
    assert (title.name, title.kind) == (name, kind)


@pytest.mark.parametrize("form", ["gen.", "pm", "Pm", "sen", "house", ""])
def test_words_that_are_no_titles(gazetteer, form):
    assert gazetteer.title(form) is None


@pytest.mark.parametrize(("name", "titles", "rest"), [
    ("Lt. Gen. James B. Smith", ["Lieutenant General"], "James B. Smith"),
    ("Prime Minister Sir Keir Starmer", ["Prime Minister", "Sir"], "Keir Starmer"),
    ("General", [], "General"), ("Secretary of Defense Lloyd Austin", ["Secretary of Defense"], "Lloyd Austin"), ("Ann Lee", [], "Ann Lee"),
])
def test_titles_come_off_names(gazetteer, name, titles, rest):
    found, bare = gazetteer.strip_titles(name)
    assert ([t.name for t in found], bare) == (titles, rest)


def test_gender_of_given_names(gazetteer):
    assert (gazetteer.gender("Mary"), gazetteer.gender("james"), gazetteer.gender("Jordan")) == ("female", "male", None)


# --- the tables ---------------------------------------------------------------------------------------------------------------------

def table_lines(path: Path) -> list[str]:
    raw = path.read_bytes()
    return (gzip.decompress(raw) if path.suffix == ".gz" else raw).decode("utf-8").splitlines()


@pytest.mark.parametrize("path", list(tables.data_files()), ids=lambda p: p.name)
def test_every_row_names_source_licence_and_date(path):
    head, *lines = table_lines(path)
    assert head.split("\t")[-3:] == ["source", "licence", "date"]
    assert all(len(cells) == head.count("\t") + 1 and all(cells[-3:]) for cells in (line.split("\t") for line in lines))


@pytest.mark.parametrize("path", [p for p in tables.data_files() if p.suffix != ".gz"], ids=lambda p: p.name)
def test_no_row_twice(path):
    lines = table_lines(path)
    assert len(lines) == len(set(lines))


def test_ids_are_unique_and_types_and_countries_known():
    cells = [line.split("\t") for line in tables.read_entry_lines()]
    assert len({c[0] for c in cells}) == len(cells)
    assert {c[1] for c in cells} <= CLASSES
    assert {c[4] for c in cells} - {""} <= set(COUNTRIES)
    assert {row[2] for row in tables.read_forms()} <= set(COUNTRIES)


def test_cities_carry_the_keys_of_their_names():
    for line in tables.read_city_lines()[::50]:
        keys, _, name, aliases, *_ = line.split("\t")
        assert set(keys.split("|")) == {name_key(n) for n in [name, *filter(None, aliases.split("|"))]}


def test_references_of_the_ambiguous_list_exist(gazetteer):
    for form, candidates, default, *_ in tables.read_rows("ambiguous"):
        assert len(gazetteer.candidates(form)) == len(candidates.split("|"))
        assert default in ("", *candidates.split("|"))


def test_the_tables_stay_small():
    assert sum(p.stat().st_size for p in tables.data_files()) < 4_500_000


# --- a user's own rows ----------------------------------------------------------------------------------------------------------------

def write(folder: Path, text: str, name: str = "my.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_own_rows_are_found_first(tmp_path):
    path = write(tmp_path, "id,type,name,aliases,country,links\n"
                           "acme/1,Company,Acme Ltd,Acme|ACM,GBR,http://www.wikidata.org/entity/Q42\n"
                           f"{WIKIDATA}Q142,Country,Gallia,Gallic Realm,,\n"
                           "paris/small,City,Paris,,Canada,\n"
                           "org/NATO,Alliance,NATO pact,NATO,,\n")
    own = Gazetteer.load([path])
    acme = own.lookup("ACME")[0]
    assert (acme.id, acme.country, acme.links) == ("acme/1", own.by_code("GB").id, (f"{WIKIDATA}Q42",))
    assert acme.source == "my.csv line 2"
    assert own.country("Gallic Realm") == own.by_code("FRA")
    assert own.city("Paris").id == "paris/small"
    assert [e.name for e in own.lookup("NATO")] == ["NATO pact"]
    assert Gazetteer.load().lookup("Acme Ltd") == ()
    assert own.digest != Gazetteer.load().digest


GOOD = "a/1,Person,Ann Lee,,,,"
HEAD = "id,type,name,aliases,country,links,valid_from"


@pytest.mark.parametrize(("row", "reason"), [
    (",Person,Ann,,,,", "id"), ("a 1,Person,Ann,,,,", "id"), ("a/2,Wizard,Ann,,,,", "Wizard"), ("a/2,Person,,,,,", "name is empty"),
    ("a/2,Person,Ann,,,not a link,", "link"), ("a/2,Person,Ann,,,http://www.wikidata.org/entity/P31,", "wikidata.org"),
    ("a/2,Person,Ann,,,https://www.wikidata.org/wiki/Q42,", "entity/Q42"), ("a/2,Person,Ann,,,https://sws.geonames.org/x/,", "geonames"),
    ("a/2,Person,Ann,,Narnia,,", "Narnia"), ("a/2,Person,Ann,,Korea,,", "ambiguous"), ("a/2,Person,Ann,,,,31.12.2020", "valid_from"),
    ("a/1,Person,Ann,,,,", "line 2"), ("a/2,Person", "cells"), ("a/2,Person,Ann,,,,,,", "cells"), ("a/2,Person,\"Ann", "CSV"),
])
def test_a_bad_row_is_refused_with_file_line_and_reason(tmp_path, row, reason):
    path = write(tmp_path, f"{HEAD}\n{GOOD}\n{row}\n")
    with pytest.raises(GazetteerError) as caught:
        Gazetteer.load([path])
    message = str(caught.value)
    assert "my.csv, line 3" in message
    assert reason in message


@pytest.mark.parametrize(("text", "reason"), [
    ("", "lacks the column 'id'"), ("id,type\nx,Person\n", "lacks the column 'name'"), ("id,type,name,colour\n", "colour"), ("id,id,type,name\n", "twice"),
])
def test_a_bad_head_line_is_refused(tmp_path, text, reason):
    with pytest.raises(GazetteerError, match=reason):
        Gazetteer.load([write(tmp_path, text)])


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(GazetteerError, match="cannot be read"):
        Gazetteer.load([tmp_path / "none.csv"])
    (tmp_path / "latin.csv").write_bytes("id,type,name\nx,Person,Zoë\n".encode("latin-1"))
    with pytest.raises(GazetteerError, match="not UTF-8"):
        Gazetteer.load([tmp_path / "latin.csv"])


def test_one_shared_instance():
    assert Gazetteer.load() is Gazetteer.load()
    assert lookup.Gazetteer is Gazetteer


@pytest.mark.parametrize(("name", "type"), [
    ("Aleppo", "City"), ("Seoul", "City"), ("New York", "City"), ("Baghdad", "City"), ("Texas", "Region"), ("Florida", "Region"), ("Georgia", "Country"),
    ("Mexico", "Country"), ("Singapore", "Country"), ("Middle East", "Region"), ("Korean Peninsula", "Place"), ("Xinhua", "MediaOrganization"),
])
def test_the_likeliest_reading_comes_first(gazetteer, name, type):
    assert gazetteer.lookup(name)[0].type == type


def test_classes_are_those_of_the_catalogue():
    classes = tomllib.loads((DATA.parent / "catalogue" / "classes.toml").read_text(encoding="utf-8"))
    assert set(classes) - {"unions"} == CLASSES


HOSTILE = st.one_of(st.text(max_size=30), st.sampled_from([row[0] for row in tables.read_forms()] + ["Lt. Gen. Aleppo", "the the US's", "Paris"]))


@settings(max_examples=300, deadline=None)
@given(HOSTILE)
def test_any_text_may_be_asked(form):
    known = Gazetteer.load()
    assert all(known.get(entry.id) == entry for entry in known.lookup(form))
    assert known.country(form) in (None, *known.candidates(form))
    titles, rest = known.strip_titles(form)
    assert bool(rest) == bool(form.split())
    assert len(rest.split()) + len(titles) <= len(form.split())


def test_the_coverage_page_is_up_to_date():
    """Written by `python scripts/gazetteer_coverage.py --write`."""
    spec = importlib.util.spec_from_file_location("gazetteer_coverage", ROOT / "scripts" / "gazetteer_coverage.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.page() == script.PAGE.read_text(encoding="utf-8")
    assert script.coverage()[1]["names"]["FRA"] > 4


# --- what saves looking up ------------------------------------------------------------------------------------------------------------

def test_every_form_of_a_country_may_begin_with_its_first_word(gazetteer):
    forms = [form for form, kind, *_ in tables.read_forms() if kind != "metonym"]
    unseen = [form for form in forms if not gazetteer.may_begin_country(re.match(r"\S+\s?|\s", form)[0])]
    glued = [form for form in forms if not gazetteer.may_begin_country(re.match(r"\w+|.", form)[0])]
    assert forms
    assert not unseen + glued
    assert not gazetteer.may_begin_country("Ministry ")


def test_every_title_may_end_with_its_last_word(gazetteer):
    forms = [form for name, _, forms, *_ in tables.read_handmade("titles") for form in (name, *filter(None, forms.split("|")))]
    unseen = [form for form in forms if not gazetteer.may_end_title(form.split()[-1]) or not gazetteer.may_end_title(re.findall(r"\w+|\S", form)[-1])]
    assert forms
    assert not unseen
    assert not gazetteer.may_end_title("Tuesday")
