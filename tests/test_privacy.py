"""Counts of fewer than five people never show, and nothing that shows gives them away."""

import ast
import random
import re
from datetime import date
from itertools import product

import numpy as np
import pandas as pd
import pytest

from dashboard import access, charts, editions, people, pioneers, privacy, settings, store, text
from tests import questions, tiny
from tests.opening import cells, drawn, opened, troubles, words
from tests.rankings import EAST, Q3, Q4, WEST, Rankings

LIMIT = 5
PRIME = 2**31 - 1
SIZES = (0, 0, 1, 2, 3, 4, 5, 6, 7, 12, 30, 200)
DISTRICTS, TYPES = ("d1", "d2", "d3", "d4"), ("t1", "t2", "t3")
BANDS = (
    ("rated", "starred", "3"), ("rated", "starred", "4"), ("rated", "starred", "5"), ("rated", "qualified", "0"),
    ("rated", "warning", "0"), ("pending", "pending", "0"), ("exempt", "exempt", "0"),
)  # fmt: skip
BAND_SIZES = {"starred": 6, "qualified": 40, "warning": 2, "pending": 1, "exempt": 4}


def reduced(equations: np.ndarray) -> list[tuple[int, np.ndarray]]:
    """Gaussian elimination in whole numbers modulo a prime: (pivot column, row)."""
    rows, echelon = np.unique(equations, axis=0), []
    for column in range(rows.shape[1]):
        candidates = np.flatnonzero(rows[:, column])
        if len(candidates):
            pivot = rows[candidates[0]] * pow(int(rows[candidates[0], column]), -1, PRIME) % PRIME
            rows = (rows - rows[:, [column]] * pivot) % PRIME
            echelon.append((column, pivot))
    return echelon


def is_combination(target: np.ndarray, echelon: list[tuple[int, np.ndarray]]) -> bool:
    """Whether a vector is a linear combination of the equations."""
    for column, pivot in echelon:
        target = (target - target[column] * pivot) % PRIME
    return not target.any()


def given_away(published: pd.DataFrame, people_of: pd.DataFrame, keys: list[str], count: str = "n") -> list[str]:
    """Hidden numbers that follow from visible ones; `people_of` has the cells, `published` all that is shown."""
    inhabited = people_of[people_of[count] > 0]
    members = np.ones((len(published), len(inhabited)), dtype=np.int64)
    for key in keys:
        shown, own = published[key].to_numpy(object)[:, None], inhabited[key].to_numpy(object)
        members *= (shown == privacy.ALL) | (shown == own)
    hidden = privacy.are_hidden(published[count]).to_numpy()
    echelon = reduced(members[~hidden])
    names = published[hidden][keys].astype(str).agg(" ".join, axis=1)
    return [name for name, row in zip(names, members[hidden], strict=True) if is_combination(row, echelon)]


def table(seed: int, **sizes: int) -> pd.DataFrame:
    """A random table with keys a, b, …"""
    chance = random.Random(seed)
    codes = [[f"{key}{number}" for number in range(size)] for key, size in sizes.items()]
    return pd.DataFrame([(*keys, chance.choice(SIZES)) for keys in product(*codes)], columns=[*sizes, "n"])


TWO_WAYS = (("a", "b"), ("a",), ("b",), ())
NESTED = (("a", "b", "c"), ("a", "b"), ("a",), ())
THREE_WAYS = (("a", "b", "c"), ("a", "b"), ("a", "c"), ("b", "c"), ("a",), ("b",), ("c",), ())


@pytest.mark.parametrize("within", [TWO_WAYS, NESTED, THREE_WAYS], ids=["two ways", "nested", "three ways"])
@pytest.mark.parametrize("seed", range(12))
def test_no_total_minus_visible_cells_gives_a_hidden_cell(seed: int, within: tuple) -> None:
    rows = table(seed, **dict(zip(privacy.keys(within), (4, 3, 3), strict=False)))
    published = privacy.suppress(rows, {"n": ()}, within, LIMIT)
    assert not given_away(published, rows, privacy.keys(within))


@pytest.mark.parametrize("seed", range(12))
def test_every_small_count_is_hidden_and_what_shows_is_true(seed: int) -> None:
    rows = table(seed, a=5, b=4)
    published = privacy.suppress(rows, {"n": ()}, TWO_WAYS, LIMIT)
    for row in published.to_dict("records"):
        own = rows[[(row["a"] in (a, "")) and (row["b"] in (b, "")) for a, b in zip(rows["a"], rows["b"], strict=True)]]
        true = own["n"].sum()
        assert row["n"] == "<5" if true < LIMIT else row["n"] in (true, "*")
        assert true > 0  # a cell without people has no row: 0 is no secret


def test_a_single_small_cell_takes_the_next_smallest_of_its_row_with_it() -> None:
    rows = pd.DataFrame({"a": ["x"] * 4, "b": ["p", "q", "r", "s"], "n": [3, 90, 8, 20]})
    published = privacy.suppress(rows, {"n": ()}, (("a", "b"), ("a",)), LIMIT).set_index("b")["n"]
    assert published.to_dict() == {"p": "<5", "q": 90, "r": "*", "s": 20, "": 121}


@pytest.mark.parametrize(("small", "other"), [((1, 1), "least"), ((4, 4), "most")])
def test_a_total_that_forces_its_hidden_cells_takes_one_more_with_it(small: tuple[int, int], other: str) -> None:
    """Two hidden cells that add up to 2 are 1 and 1; two below 5 that add up to 8 are 4 and 4."""
    rows = pd.DataFrame({"a": ["p", "q", "r", "s"], "n": [*small, 30, 60]})
    published = privacy.suppress(rows, {"n": ()}, (("a",), ()), LIMIT).set_index("a")["n"]
    assert published.to_dict() == {"p": "<5", "q": "<5", "r": "*", "s": 60, "": 90 + sum(small)}


def test_sums_over_hidden_people_are_hidden_with_them() -> None:
    rows = pd.DataFrame({"a": ["p", "q", "r"], "n": [3, 8, 20], "points": [250.5, 640.0, 1500.0]})
    published = privacy.suppress(rows, {"n": ("points",)}, (("a",), ()), LIMIT).set_index("a")
    assert published["points"].to_dict() == {"p": "*", "q": "*", "r": 1500.0, "": 2390.5}
    means = published.apply(lambda row: privacy.ratio(row["points"], row["n"]), axis=1)
    assert means.to_dict() == {"p": "*", "q": "*", "r": 75.0, "": 2390.5 / 31}


def test_what_was_decided_before_stays_as_it_was() -> None:
    rows = pd.DataFrame({"a": ["p", "p", "q", "q"], "b": ["x", "y"] * 2, "n": [10, 20, 30, 40]})
    before = pd.DataFrame({"a": ["p", "q"], "n": ["*", 70]})
    published = privacy.suppress(rows, {"n": ()}, (("a", "b"), ("a",)), LIMIT, settled=before)
    shown = published.set_index(["a", "b"])["n"].to_dict()
    assert (shown["p", ""], shown["q", ""], shown["q", "x"], shown["q", "y"]) == ("*", 70, 30, 40)
    assert "*" in (shown["p", "x"], shown["p", "y"])  # else their sum would say what is hidden


@pytest.mark.parametrize("limit", [0, 1, 2])
def test_a_limit_that_hides_nothing_is_refused(limit: int) -> None:
    with pytest.raises(ValueError):
        privacy.suppress(table(0, a=2), {"n": ()}, (("a",),), limit)


def members(seed: int, share: float = 1.0) -> pd.DataFrame:
    """Rows like those of pioneer_bands, with more or fewer people per cell."""
    chance = np.random.default_rng(seed)
    rows = [
        (date(2024, 10, 1), district, kind, *band, chance.poisson(BAND_SIZES[band[1]] * share))
        for district, kind, band in product(DISTRICTS, TYPES, BANDS)
    ]
    names = ["quarter", "district_code", "compound_type", "standing", "band", "stars", "member_count"]
    return pd.DataFrame(rows, columns=names)


def tables_of(rows: pd.DataFrame, protection: people.Protection, settled: list[pd.DataFrame]) -> pd.DataFrame:
    """All tables of a protected query, one decided after the other."""
    shown: list[pd.DataFrame] = []
    for table in protection.places:
        shown = [people.publish(rows, protection, table, LIMIT, settled, shown)]
    return shown[0]


@pytest.mark.parametrize("share", [0.3, 1.0, 4.0])
@pytest.mark.parametrize("seed", range(3))
def test_all_tables_of_the_bands_together_give_nothing_away(seed: int, share: float) -> None:
    protection = people.PROTECTED["pioneer_bands"]
    rows = members(seed, share)
    published = tables_of(rows, protection, [])
    assert privacy.are_hidden(published["member_count"]).any()
    assert not given_away(published, rows, protection.keys, "member_count")


@pytest.mark.parametrize("seed", range(4))
def test_a_coarse_table_loses_nothing_to_a_finer_one(seed: int) -> None:
    protection = people.PROTECTED["pioneer_bands"]
    rows = members(seed)
    first = people.publish(rows, protection, protection.places[0], LIMIT, [], [])
    whole = tables_of(rows, protection, [])
    both = first.merge(whole, on=[*protection.apart, *protection.keys], suffixes=("", "_later"))
    assert (len(both), list(both["member_count"])) == (len(first), list(both["member_count_later"]))


@pytest.mark.parametrize("seed", range(3))
def test_bands_and_branches_together_give_nothing_away(seed: int) -> None:
    """A branch's starred members add up to those of its district and type, which the bands show."""
    chance = np.random.default_rng(seed)
    bands, branches = people.PROTECTED["pioneer_bands"], people.PROTECTED["pioneer_branches"]
    finest = pd.DataFrame(
        [
            (date(2024, 10, 1), district, kind, "rated", band, stars, f"{district}{kind}{number}", chance.poisson(size))
            for district, kind, number in product(DISTRICTS, TYPES, range(3))
            for band, stars, size in (("starred", "3", 4), ("qualified", "0", 20))
        ],
        columns=["quarter", "district_code", "compound_type", "standing", "band", "stars", "org_id", "member_count"],
    )
    shown = tables_of(finest, bands, [])
    rated = finest.assign(band="", score_sum=0.0)
    starred = finest[finest["band"] == "starred"].assign(score_sum=0.0)
    settled = people._shared(shown, bands, branches)
    later = people.publish(pd.concat([rated, starred]), branches, branches.places[0], LIMIT, [settled], [])
    every = pd.concat([shown.assign(org_id=""), later.assign(stars="")])
    keys = ["district_code", "compound_type", "standing", "band", "stars", "org_id"]
    assert not given_away(every, finest, keys, "member_count")


class Answers:
    """`store` with the rows a test wrote."""

    def __init__(self, city: Rankings) -> None:
        self.city = city

    def query(self, name: str, *, place: str, edition: str, **chosen: object) -> pd.DataFrame:
        return self.city.ask(name, **chosen)


@pytest.fixture
def ask(monkeypatch, tiny_data):
    """`people.query` on rows written in the test."""

    def answer(city: Rankings, name: str, by: list[str], **chosen: object) -> pd.DataFrame:
        people._published.cache_clear()
        people._decided.cache_clear()
        monkeypatch.setattr(people.store, "query", Answers(city).query)
        return people.query(name, by, **questions.shared(editions.current(tiny.PLACE), **chosen))

    yield answer
    people._published.cache_clear()
    people._decided.cache_clear()


def counted(city: Rankings, *, org: str = "B1", district: str = WEST, kind: str = "old", quarter=Q4, **bands: int) -> None:
    for band, count in bands.items():
        row = {"org_id": org, "district_code": district, "compound_type": kind, "quarter": quarter, "band": band}
        stars = 3 if band == "starred" else 0
        city.insert("pioneer_quarters", **row, stars=stars, member_count=count, score_sum=80.0 * count, category="retired")


def test_filters_only_add_up_what_is_published(ask) -> None:
    city = Rankings()
    counted(city, starred=9, qualified=50, warning=3)
    counted(city, org="B2", district=EAST, starred=20, qualified=60, warning=8)
    whole = ask(city, "pioneer_bands", ["band"]).set_index("band")["member_count"]
    assert whole.to_dict() == {"starred": 29, "qualified": 110, "warning": 11}
    west, east, both = (
        ask(city, "pioneer_bands", ["band"], districts=districts).set_index("band")["member_count"]
        for districts in ([WEST], [EAST], [WEST, EAST])
    )
    assert (west["warning"], east["warning"], both["warning"]) == ("<5", "*", "*")
    assert west["starred"] == "*" and west["qualified"] == 50  # the smallest other band goes with it


def test_people_of_several_quarters_are_never_added_up(ask) -> None:
    city = Rankings()
    counted(city, qualified=50)
    counted(city, qualified=40, quarter=Q3)
    assert ask(city, "pioneer_bands", ["band"])["member_count"].tolist() == [50]
    assert ask(city, "pioneer_bands", ["quarter", "band"])["member_count"].tolist() == [40, 50]


def test_totals_that_are_not_published_are_refused(ask) -> None:
    city = Rankings()
    counted(city, qualified=50)
    with pytest.raises(KeyError):
        ask(city, "pioneer_categories", ["org_id"])


def test_a_type_filter_does_not_reach_categories(ask) -> None:
    city = Rankings()
    counted(city, qualified=50)
    counted(city, kind="unit", qualified=30)
    assert ask(city, "pioneer_categories", ["category"], compound_types=["old"])["member_count"].tolist() == [80]


def test_a_mean_over_few_people_is_hidden(ask) -> None:
    city = Rankings()
    for org, count in (("B1", 3), ("B2", 9), ("B3", 40)):
        row = {"org_id": org, "district_code": {"B1": WEST}.get(org, EAST), "compound_type": "old"}
        city.insert("pioneer_months", month=date(2024, 10, 1), member_count=count, score_sum=71.5 * count, **row)
    rows = ask(city, "pioneer_months", ["month", "district_code"]).set_index("district_code")
    assert rows["mean_score"].to_dict() == {WEST: "*", EAST: "*"}
    assert "member_count" not in rows
    assert ask(city, "pioneer_months", ["month"])["mean_score"].tolist() == [71.5]


def test_a_balance_is_hidden_from_the_first_hidden_redemption_on(ask) -> None:
    """Earned less the change of the balance would be what few people redeemed."""
    city = Rankings()
    counted(city, qualified=50, quarter=date(2023, 1, 1))
    for half, people_count, redeemed in ((date(2023, 1, 1), 9, 40.0), (date(2023, 7, 1), 2, 11.0), (date(2024, 1, 1), 8, 30.0)):
        counted(city, qualified=50, quarter=half)
        row = {"org_id": "B1", "district_code": WEST, "compound_type": "old", "half": half, "balance_points": 500.0}
        city.insert("pioneer_halves", redeeming_member_count=people_count, redeemed_points=redeemed, earned_points=90.0, **row)
    rows = ask(city, "pioneer_halves", ["half"])
    assert rows["redeeming_member_count"].tolist() == [9, "<5", 8]
    assert rows["redeemed_points"].tolist() == [40, "*", 30]
    assert rows["balance_points"].tolist() == [500, "*", "*"]


def test_only_starred_members_are_listed() -> None:
    city = Rankings()
    for name, band, stars in (("张**", "starred", 3), ("李*", "warning", 0), ("王*", "qualified", 0), ("赵*", "starred", 5)):
        city.insert("member_quarters", masked_name=name, org_id="B1", quarter=Q4, band=band, stars=stars)
    assert city.ask("pioneer_names").to_numpy().tolist() == [["赵*", 5], ["张**", 3]]


@pytest.mark.parametrize("branch", ["", "B1"])
def test_names_are_those_of_the_readers_own_branch(branch: str, tiny_data, monkeypatch) -> None:
    monkeypatch.setenv("DASHBOARD_BRANCH", branch)
    edition = editions.current(tiny.PLACE)
    rows = store.query("pioneer_names", **questions.shared(edition))
    own = store._open(tiny.PLACE, edition, access.reader()).cursor()
    seen = own.execute("select distinct org_id from member_quarters").fetchall()
    assert seen == ([(branch,)] if branch else [])
    assert branch or rows.empty
    app = opened("pioneer_index", "en")
    assert not troubles(app)
    listed = [frame for frame in app.dataframe if "masked_name" in frame.value]
    assert bool(listed) is not rows.empty or not branch
    if not branch:
        assert "This view belongs to no branch" in " ".join(box.value for box in app.info)


def test_every_query_about_people_is_protected() -> None:
    """Counts of members in a query that is not protected would show whatever they are; names are for one branch."""
    tables = re.compile(r"\b(?:from|join) (?:pioneer_(?:months|quarters|unit_type_quarters|halves|years)|member_quarters|members|member_events|mobilisation_counts|emergency_post_counts|report_in_member_years)\b")
    readers = {
        file.stem
        for file in (settings.QUERIES / "pages").glob("*.sql")
        if tables.search(file.read_text(encoding="utf-8"))
    }
    assert readers == {*people.PROTECTED, "pioneer_names"}


def test_nothing_asks_the_store_for_a_protected_query() -> None:
    asked = []
    for file in [*(settings.ROOT / "pages").glob("*.py"), *(settings.ROOT / "dashboard").rglob("*.py")]:
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                called = ast.unparse(node.func)
                if called.endswith("query") and called != "people.query" and node.args[0].value in people.PROTECTED:
                    asked.append(f"{file.name}:{node.lineno}")
    assert not asked


@pytest.mark.parametrize("name", people.PROTECTED)
def test_no_count_under_five_leaves_a_protected_query(name: str, tiny_data) -> None:
    protection = people.PROTECTED[name]
    chosen = questions.shared(editions.current(tiny.PLACE))
    for by in (protection.finest, list(protection.apart)):
        for districts, kinds in ([], []), ([tiny.WEST], []), ([], ["old"]), ([tiny.EAST], ["work_unit"]):
            rows = people.query(name, by, **{**chosen, "districts": districts, "compound_types": kinds})
            for count in {*protection.counts} - {*protection.unshown}:
                assert not [value for value in rows[count] if value not in ("<5", "*", 0) and value < LIMIT]


def test_the_pioneer_page_of_a_small_place_shows_no_small_count(tiny_data) -> None:
    app = opened("pioneer_index", "en")
    assert not troubles(app)
    assert not [word for word in words(app) if re.search(r": [1-4] \(|\b[1-4] members", word)]
    counts = [frame.value[column] for frame in app.dataframe for column in frame.value if column.endswith("_count")]
    assert not [value for column in counts for value in column if not isinstance(value, str) and 0 < value < LIMIT]
    assert not [cell for cell in cells(app) if cell in ("1", "2", "3", "4")]


def test_a_hidden_number_is_hatched_and_never_drawn() -> None:
    rows = pd.DataFrame({"district": ["West", "West", "East"], "band": ["starred", "qualified", "qualified"], "member_count": ["<5", 40, "*"]})
    totals = pd.DataFrame({"district": ["West", "East"], "member_count": [43, "*"]})
    band_words = {"starred": "Starred", "qualified": "Qualified"}
    with text.speaking("en"):
        figure = drawn(charts.people_shares(rows, totals, group="district", kind="band", words=band_words, horizontal=True))
    bars = {trace.name: trace for trace in figure.data if trace.type == "bar"}
    assert list(bars["Starred"].x) == [None, None]
    assert list(bars["Hidden"].x) == [pytest.approx(3 / 43), 1.0]
    assert bars["Hidden"].marker.pattern.shape == "/"
    hover = [word for trace in bars.values() for word in trace.customdata]
    assert not [word for word in hover if re.search(r"\b3\b", word)]


def test_a_hidden_number_of_stars_has_no_bar() -> None:
    quarters = pd.to_datetime(["2024-07-01", "2024-10-01"])
    rows = pd.DataFrame({"quarter": quarters, "stars": ["5", "5"], "member_count": ["<5", 12]})
    with text.speaking("en"):
        trace = next(trace for trace in drawn(charts.star_counts(rows)).data if trace.name == "★★★★★")
    assert list(trace.y) == [None, 12]
    assert "<5" in trace.customdata[0]


@pytest.mark.parametrize(("count", "is_shown"), [(7, True), ("<5", False), ("*", False)])
def test_kinds_of_unit_are_left_out_where_a_category_is_hidden(count, is_shown: bool, monkeypatch) -> None:
    """Who works for a unit is in service: shown kinds would add up to the category that is hidden."""
    asked = []

    def answer(name, by, **chosen):
        asked.append((name, chosen["districts"]))
        if name == "pioneer_categories":
            return pd.DataFrame({"category": ["in_service"], "member_count": pd.Series([count], dtype=object)})
        bands = ["", "starred"]
        rows = {"unit_type": "agency", "band": bands, "member_count": [9, 6], "mean_score": [80.0, 90.0]}
        return pd.DataFrame(rows).astype({"member_count": object, "mean_score": object})

    monkeypatch.setattr(people, "query", answer)
    table = pioneers.unit_type_table({"districts": ["990101000000"], "compound_types": ["old"]})
    assert len(table) == is_shown
    assert all(districts == [] for _name, districts in asked), "no filter narrows it down"
    if is_shown:
        assert table.iloc[0][["unit_type", "rated_count", "starred_count"]].tolist() == ["agency", 9, 6]
