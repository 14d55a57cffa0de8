"""What the page on organisations asks, against values worked out by hand, and how the tree opens and shuts."""

from datetime import date

import pytest

from dashboard import charts, editions, organisations, store, text
from dashboard.profile import load
from tests import places, questions, tiny
from tests.opening import drawn, opened, troubles

WEST_STREET = "990101001000"


def ask(name: str, **choices: object):
    """Rows of a page query on the live edition of the tiny place, in English."""
    chosen = questions.shared(editions.current(tiny.PLACE), language="en")
    return store.query(name, **chosen | {"node": "", "areas": [], "small_cell_limit": 5} | choices)


@pytest.fixture(scope="module")
def other_data(tmp_path_factory):
    """The tiny place with organisations of every kind.

    B1 51 full members and two groups, B2 a general branch of 51, B3 due on 2025-01-31, B4 temporary, B5 due on
    2024-12-30, B6 never elected, founded on 2021-07-01, two full members; a member household hub under G1. W2 is
    the work committee of the west's street, over K1 there and, in the register, over K3 in the east too.
    """
    rows = tiny.tables()
    orgs = {row["org_id"]: row for row in rows["party_orgs"]}
    orgs["B1"]["full_member_count"] = orgs["B2"]["full_member_count"] = 51
    orgs["B2"]["org_type"] = "general_branch"
    orgs["B3"]["elected_date"] = date(2022, 1, 31)
    orgs["B4"] |= {"org_type": "temporary_branch", "is_temporary": True}
    orgs["B5"]["elected_date"] = date(2021, 12, 30)
    orgs["B6"] |= {"elected_date": None, "secretary_channel": None, "setup_mode": None, "embed_mode": "楼院"}
    for code, kind, parent in (("G7", "building_group", "B1"), ("H1", "member_household", "G1")):
        rows["party_orgs"].append(orgs["G1"] | {"org_id": code, "org_type": kind, "parent_org_id": parent})
    rows["party_orgs"].append(orgs["W1"] | {"org_id": "W2", "region_code": WEST_STREET})
    orgs["K1"]["parent_org_id"] = orgs["K3"]["parent_org_id"] = "W2"
    folder = tmp_path_factory.mktemp("organisations")
    places.publish(folder, rows)
    return folder / "data"


@pytest.fixture
def other(other_data, monkeypatch) -> None:
    monkeypatch.setenv("DASHBOARD_DATA", str(other_data))


def test_coverage_comes_from_links_and_never_from_counts(tiny_data) -> None:
    """C6 has no branch: 5 of 6 compounds. Six branches over six compounds would claim 100 %, the east even 150 %."""
    rows = ask("organisation_coverage")
    found = rows[["district_code", "covered_compound_count", "compound_count", "branch_count"]]
    assert found.fillna("").to_numpy().tolist() == [["", 5, 6, 6], [tiny.WEST, 4, 4, 3], [tiny.EAST, 1, 2, 3]]
    assert rows["value"].tolist() == pytest.approx([5 / 6, 1, 1 / 2])
    assert rows["naive_ratio"].tolist() == pytest.approx([1, 3 / 4, 3 / 2])


def test_the_ratio_that_is_no_coverage_counts_branches_alone(other) -> None:
    """B4 is temporary, groups are not branches: 5 branches over 6 compounds."""
    assert ask("organisation_coverage").iloc[0][["branch_count", "naive_ratio"]].tolist() == [5, 5 / 6]


def test_a_committee_of_a_street_stands_over_that_street_alone(other) -> None:
    west, east = ask("organisation_tree", node="K1"), ask("organisation_tree", node="K3")
    assert list(west.loc[west["is_open"], "node"]) == [tiny.WEST, WEST_STREET, "W2", "K1"]
    assert list(east.loc[east["is_open"], "node"]) == [tiny.EAST, "990102001000", "K3"]


def test_coverage_of_a_type_counts_its_compounds_and_the_branches_that_mostly_serve_it(tiny_data) -> None:
    """B3 serves C3 (old, 300 households) and C4 (transitional, 150): a branch of old compounds, and C4 is covered."""
    old = ask("organisation_coverage", compound_types=["old"]).iloc[0]
    assert (old["covered_compound_count"], old["compound_count"], old["branch_count"]) == (2, 2, 2)
    transitional = ask("organisation_coverage", compound_types=["transitional"]).iloc[0]
    assert (transitional["value"], transitional["branch_count"]) == (1, 0)


def test_the_first_level_of_the_tree_has_districts_and_what_belongs_to_none(tiny_data) -> None:
    rows = ask("organisation_tree").set_index("node")
    assert list(rows.index) == [tiny.WEST, tiny.EAST, "W1"]
    counts = ["committee_count", "branch_count", "group_count"]
    assert rows.loc[tiny.WEST, counts].tolist() == [2, 3, 3]
    assert rows.loc[tiny.EAST, counts].tolist() == [1, 3, 3]
    assert (rows.loc["W1", "is_leaf"], rows.loc["W1", "work_committee_count"]) == (True, 0)
    assert not rows["is_open"].any()


def test_a_node_opens_with_everything_above_it_and_nothing_beside(tiny_data) -> None:
    rows = ask("organisation_tree", node="K2")
    assert list(rows["node"]) == [tiny.WEST, WEST_STREET, "K1", "K2", "B3", tiny.EAST, "W1"]
    assert list(rows.loc[rows["is_open"], "node"]) == [tiny.WEST, WEST_STREET, "K2"]
    assert list(rows["depth"]) == [1, 2, 3, 3, 4, 1, 1]
    deepest = ask("organisation_tree", node="G3")
    assert list(deepest.loc[deepest["is_open"], "node"]) == [tiny.WEST, WEST_STREET, "K2", "B3", "G3"]


def test_an_unknown_node_or_one_of_another_district_opens_nothing(tiny_data, monkeypatch) -> None:
    assert list(ask("organisation_tree", node="B99")["node"]) == list(ask("organisation_tree")["node"])
    monkeypatch.setenv("DASHBOARD_DISTRICTS", tiny.WEST)
    assert list(ask("organisation_tree", node="B4")["node"]) == [tiny.WEST]


def test_a_type_leaves_its_branches_and_what_they_stand_under(tiny_data) -> None:
    rows = ask("organisation_tree", node="K1", compound_types=["old"]).set_index("node")
    assert list(rows.index) == [tiny.WEST, WEST_STREET, "K1", "B2", "K2"]
    assert rows.loc[tiny.WEST, ["committee_count", "branch_count", "group_count"]].tolist() == [2, 2, 2]


def test_the_register_is_counted_by_kind_with_elections_and_sizes(other) -> None:
    """Branches without the temporary B4: 5. Overdue B5 (30 December 2024) and B6 (1 July 2024), due soon B3."""
    row = ask("organisation_counts").iloc[0]
    assert (row["branch_count"], row["general_branch_count"], row["group_count"]) == (5, 1, 7)
    assert row["groups_per_branch"] == 7 / 5
    assert (row["temporary_branch_count"], row["temporary_general_branch_count"], row["hub_count"]) == (1, 0, 1)
    assert (row["overdue_branch_count"], row["due_branch_count"]) == (2, 1)
    assert (row["oversized_branch_count"], row["undersized_branch_count"]) == (1, 1)


def test_hubs_that_nobody_registers_are_not_reported_rather_than_zero(tiny_data) -> None:
    assert ask("organisation_counts")["hub_count"].isna().all()


def test_groups_of_branches_are_classed(other) -> None:
    rows = ask("organisation_groups")
    assert rows[["groups_of_branch", "branch_count"]].to_numpy().tolist() == [[1, 4], [2, 1]]
    assert rows["share_of_branches"].tolist() == [0.8, 0.2]


def test_branches_outside_the_norm_are_listed_without_a_small_number(other) -> None:
    """B2 is a general branch and may exceed 50; B5 with four full members is within the norm."""
    rows = ask("organisation_sizes").set_index("org_id")
    assert rows["full_members_shown"].to_dict() == {"B1": "51", "B6": "<5"}
    assert rows["size_finding"].to_dict() == {"B1": "oversized", "B6": "undersized"}


def test_elections_are_listed_by_the_day_they_fall_due(other) -> None:
    rows = ask("organisation_elections")
    found = rows[["org_id", "days_left", "election_state"]].to_numpy().tolist()
    assert found == [["B6", -183, "overdue"], ["B5", -1, "overdue"], ["B3", 31, "due_soon"]]


def test_channels_of_secretaries_stand_for_all_for_an_area_and_by_district(other) -> None:
    rows = ask("organisation_secretaries", areas=["西街道"])
    found = rows[["unit_code", "secretary_channel", "branch_count"]].fillna("?").to_numpy().tolist()
    assert found == [
        ["", "cadre", 4], ["", "?", 1], ["西街道", "cadre", 3], [tiny.WEST, "cadre", 3],
        [tiny.EAST, "cadre", 1], [tiny.EAST, "?", 1],
    ]  # fmt: skip
    assert rows["share_of_branches"].tolist() == [0.8, 0.2, 1, 1, 0.5, 0.5]


def test_setting_up_and_embedding_are_counted_and_not_reported_stays_apart(other) -> None:
    rows = ask("organisation_setups")
    found = rows[["district_code", "setup_mode", "branch_count"]].fillna("?").to_numpy().tolist()
    assert found == [[tiny.WEST, "joint", 1], [tiny.WEST, "single", 2], [tiny.EAST, "single", 1], [tiny.EAST, "?", 1]]
    assert rows["share_of_branches"].tolist() == [1 / 3, 2 / 3, 0.5, 0.5]
    embedded = ask("organisation_embeddings").fillna("?")
    counts = ["embed_mode", "branch_count", "single_branch_count", "joint_branch_count"]
    assert embedded[counts].to_numpy().tolist() == [["?", 4, 3, 1], ["楼院", 1, 0, 0]]


def test_a_tree_has_no_number_at_a_nodes_own_level_and_above(tiny_data) -> None:
    levels = {"community_committee": "Committees", "branch": "Branches", "building_group": "Groups"}
    figure = drawn(charts.tree(ask("organisation_tree", node="K2"), levels=levels))
    lines, names, committees, branches, groups = figure.data
    assert [point[0] for point in lines.customdata] == [tiny.WEST, WEST_STREET, "K1", "K2", "B3", tiny.EAST, "W1"]
    assert names.text[3] == "− <b>Organisation K2</b>"
    assert names.text[4] == "+ Organisation B3"
    assert list(committees.text) == ["2", "2", "", "", "", "1", ""]
    assert list(branches.text) == ["3", "3", "2", "1", "", "3", ""]
    assert list(groups.text) == ["3", "3", "2", "1", "1", "3", ""]


def test_a_copied_address_opens_the_same_node_and_the_breadcrumb_leads_back(tiny_data) -> None:
    app = opened("organisation", "zh", node="B1")
    assert not troubles(app)
    assert [button.label for button in app.button if (button.key or "").startswith("node-")] == [
        "试点市", "西区", "西街道", "党组织K1", "党组织B1",
    ]  # fmt: skip
    app.button(key=f"node-{WEST_STREET}").click().run()
    assert app.query_params["node"] == WEST_STREET
    app.selectbox(key=f"open-{WEST_STREET}").set_value("K2").run()
    assert app.query_params["node"] == "K2"
    app.button(key="node-").click().run()
    assert "node" not in app.query_params


def test_only_levels_of_the_profile_and_temporary_ones_that_exist_are_counted(other, tiny_data) -> None:
    profile = load(tiny.ROOT / "data" / "city-a" / "place.toml")
    rows = ask("organisation_tree")
    with text.speaking("zh"):
        found = organisations.levels(organisations.Position("", rows), profile)
        assert list(found) == ["community_committee", "branch", "temporary_branch", "building_group"]
        without = organisations.Position("", rows.assign(temporary_count=0))
        assert list(organisations.levels(without, profile).values()) == [
            "社区党委（总支）", "小区（网格）党支部", "楼栋党小组",
        ]  # fmt: skip


def test_duty_lists_are_named_and_never_invented() -> None:
    profile = load(tiny.ROOT / "data" / "city-a" / "place.toml")
    with text.speaking("en"):
        lines = organisations.duties(profile).splitlines()
    assert lines[0] == "**Duty lists: 6**"
    assert len([line for line in lines if "not enumerated in the source" in line]) == 4
    assert "- 4 further lists: not enumerated in the source" in lines
