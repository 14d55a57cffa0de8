"""Each derived item of the fortress index, on rows written here: which rows belong to which branch."""

from dataclasses import replace
from datetime import date, datetime

from tests import scoring_rows as rows
from tests.scoring_rows import FIRST, Q3, Q4, SECOND

OCTOBER, SEPTEMBER = datetime(2024, 10, 10), datetime(2024, 9, 10)


def counts(place_rows: dict, item: str) -> dict:
    """(branch, quarter) -> (numerator, denominator) of one item mart."""
    found = rows.answer(rows.place(place_rows), item, "org_id", "quarter", "numerator", "denominator")
    return {(org_id, quarter): pair for org_id, quarter, *pair in found}


def test_set_up_counts_the_checks_that_apply() -> None:
    place = rows.base()
    place["party_orgs"] = [
        rows.branch("B1"),
        rows.branch("B2", elected_date=date(2021, 10, 1), full_member_count=51),
    ]
    place["members"] = [
        {"member_id": "M1", "org_id": "B1", "group_org_id": "G1", "category": "retired"},
        {"member_id": "M2", "org_id": "B1", "group_org_id": None, "category": "retired"},
    ]
    # B1: elected in term, a member without group, 20 members. B2: its term ended on 2024-10-01, no members
    # known, too many full members.
    assert counts(place, "item_a2_set_up_properly") == {
        ("B1", Q3): [2, 3], ("B1", Q4): [2, 3], ("B2", Q3): [1, 2], ("B2", Q4): [0, 2],
    }  # fmt: skip


SET_UPS = [  # what differs from a branch of 20 members elected in 2023; checks passed and checks that apply
    ({"elected_date": None, "founded_date": date(2022, 1, 1)}, [2, 2]),  # the first term still runs
    ({"elected_date": None, "founded_date": date(2020, 1, 1)}, [1, 2]),  # never elected, term over
    ({"elected_date": None, "founded_date": None}, [1, 1]),  # nothing known of elections
    ({"elected_date": date(2024, 10, 2)}, [1, 1]),  # elected after the quarter: the one before is unknown
    ({"full_member_count": 3}, [2, 2]),
    ({"full_member_count": 2}, [1, 2]),
    ({"full_member_count": 50}, [2, 2]),
    ({"full_member_count": 51}, [1, 2]),
    ({"full_member_count": 51, "org_type": "general_branch"}, [2, 2]),
    ({"full_member_count": None}, [1, 1]),
]


def test_set_up_at_the_edges_of_term_and_size() -> None:
    place = rows.base()
    names = [f"B{number}" for number in range(len(SET_UPS))]
    place["party_orgs"] = [rows.branch(name, **org) for name, (org, _) in zip(names, SET_UPS, strict=True)]
    place["org_compounds"] = [rows.link(name, "C1") for name in names]
    found = counts(place, "item_a2_set_up_properly")
    assert [found[name, Q3] for name in names] == [expected for _, expected in SET_UPS]


def test_a_profile_without_norms_leaves_the_checks_out() -> None:
    connection = rows.place(rows.base(), replace(rows.PROFILE, branches={}))
    assert set(rows.answer(connection, "item_a2_set_up_properly", "numerator", "denominator")) == {(0, 0)}


def test_issues_count_for_every_branch_of_their_compound_in_the_quarter_they_are_due() -> None:
    place = rows.base()
    place["issues"] = [
        rows.issue(1, "C1", OCTOBER, closed_at=datetime(2024, 10, 10)),  # on the minute: on time
        rows.issue(2, "C2", OCTOBER, closed_at=datetime(2024, 10, 11)),  # late
        rows.issue(3, "C2", OCTOBER, status="handled"),  # never closed
        rows.issue(4, "C2", OCTOBER, status="void"),
        rows.issue(5, None, OCTOBER, closed_at=datetime(2024, 10, 9)),  # no compound
        rows.issue(6, "C3", SEPTEMBER, closed_at=datetime(2024, 10, 9)),  # due in the third quarter
        rows.issue(7, "C3", datetime(2025, 1, 5)),  # not due yet
    ]
    assert counts(place, "item_b1_issues_closed_on_time") == {
        ("B1", Q3): [0, 0], ("B1", Q4): [1, 3], ("B2", Q3): [0, 1], ("B2", Q4): [0, 2],
    }  # fmt: skip


def test_satisfaction_counts_revisited_issues_in_the_quarter_they_were_closed() -> None:
    place = rows.base()
    closed = {"closed_at": datetime(2024, 10, 9), "revisit_result": "reached"}
    place["issues"] = [
        rows.issue(1, "C1", SEPTEMBER, **closed, satisfaction="satisfied"),
        rows.issue(2, "C1", OCTOBER, **closed, satisfaction="neutral"),
        rows.issue(3, "C2", OCTOBER, **closed, satisfaction="satisfied"),
        rows.issue(4, "C2", OCTOBER, closed_at=datetime(2024, 10, 9), revisit_result="unreachable"),
    ]
    assert counts(place, "item_b3_satisfied_at_revisit") == {
        ("B1", Q3): [0, 0], ("B1", Q4): [2, 3], ("B2", Q3): [0, 0], ("B2", Q4): [1, 1],
    }  # fmt: skip


def test_orders_count_when_done_by_the_end_of_the_quarter_they_were_accepted_in() -> None:
    def order(number: int, compound: str | None, accepted: datetime | None, done: datetime | None, **kind):
        return {
            "order_id": f"O{number}", "kind": "order", "compound_id": compound, "community_code": FIRST,
            "ordered_at": datetime(2024, 7, 1), "accepted_at": accepted, "completed_at": done,
        } | kind  # fmt: skip

    place = rows.base()
    place["service_orders"] = [
        order(1, "C1", SEPTEMBER, datetime(2024, 9, 30, 23)),
        order(2, "C1", SEPTEMBER, datetime(2024, 10, 1), kind="micro_wish"),  # done, but in the next quarter
        order(3, "C2", OCTOBER, None),
        order(4, "C2", OCTOBER, OCTOBER, kind="livelihood_project"),
        order(5, None, OCTOBER, OCTOBER),
        order(6, "C2", None, None),
    ]
    assert counts(place, "item_b2_orders_done") == {
        ("B1", Q3): [1, 2], ("B1", Q4): [0, 1], ("B2", Q3): [0, 0], ("B2", Q4): [0, 1],
    }  # fmt: skip


def test_report_ins_count_by_place_and_each_member_once() -> None:
    def report(number: int, member: str | None, hours: float | None, day=date(2024, 10, 5), **place):
        return {
            "report_in_id": f"R{number}", "party": "member" if member else "unit", "member_id": member,
            "community_code": FIRST, "grid_code": None, "reported_date": day, "hours": hours,
        } | place  # fmt: skip

    place = rows.base()
    place["compound_grids"] = [
        {"compound_id": "C1", "grid_code": FIRST + "00101", "overlap_share": 1, "fit_case": "matched"},
        {"compound_id": "C3", "grid_code": SECOND + "001", "overlap_share": 1, "fit_case": "matched"},
    ]
    place["report_ins"] = [
        report(1, "M1", None, grid_code=FIRST + "00102"),  # another micro-grid of B1's grid
        report(2, "M1", 2.0, grid_code=FIRST + "001"),  # the same member, who now served
        report(3, "M2", 0.0),  # no grid: both branches have a compound in the community
        report(4, "M3", 1.0, community_code=SECOND, grid_code=SECOND + "00103"),
        report(5, None, 5.0),  # a unit
        report(6, "M4", 1.0, day=date(2024, 9, 30), grid_code=FIRST + "001"),
    ]
    assert counts(place, "item_c1_active_report_ins") == {
        ("B1", Q3): [1, 1], ("B1", Q4): [1, 2], ("B2", Q3): [0, 0], ("B2", Q4): [1, 2],
    }  # fmt: skip


def test_property_and_owners_body_leave_out_what_is_not_reported() -> None:
    place = rows.base()
    first, second, third = place["compounds"]
    first |= {"property_mode": "market", "owners_body": "owners_committee", "is_owners_body_eligible": True}
    second |= {"property_mode": "none", "owners_body": "owners_committee", "is_owners_body_eligible": False}
    third |= {"property_mode": None, "owners_body": "none", "is_owners_body_eligible": True}
    assert counts(place, "item_c2_property_and_owners_body") == {
        ("B1", Q3): [2, 3], ("B1", Q4): [2, 3], ("B2", Q3): [0, 2], ("B2", Q4): [0, 2],
    }  # fmt: skip


VENUES = [  # what differs among venues of compounds with 100 households; venues meeting the norm and due
    ({"kind": "micro_station", "area_m2": 30}, [1, 1]),
    ({"kind": "micro_station", "area_m2": 29.9}, [0, 1]),
    ({"kind": "micro_station", "area_m2": None}, [0, 0]),  # area not reported
    ({"kind": "micro_station", "area_m2": 50, "opened_date": date(2024, 9, 30)}, [1, 1]),
    ({"kind": "micro_station", "area_m2": 50, "opened_date": date(2024, 10, 1)}, [0, 0]),
    ({"kind": "service_centre", "area_m2": 30}, [1, 1]),  # 30 m² per 100 households
    ({"kind": "service_centre", "area_m2": 29}, [0, 1]),
    ({"kind": "canteen", "area_m2": 500}, [0, 0]),  # no norm
]


def test_a_venue_meets_the_norm_of_its_kind_from_the_quarter_it_opened() -> None:
    place = rows.base() | {"facilities": []}
    for number, (venue, _) in enumerate(VENUES):
        place["compounds"].append(place["compounds"][0] | {"compound_id": f"V{number}"})
        place["party_orgs"].append(rows.branch(f"V{number}"))
        place["org_compounds"].append(rows.link(f"V{number}", f"V{number}"))
        place["facilities"].append(
            {"facility_id": f"F{number}", "community_code": FIRST, "compound_id": f"V{number}"} | venue
        )
    found = counts(place, "item_c3_venues_meeting_norm")
    assert [found[f"V{number}", Q3] for number in range(len(VENUES))] == [expected for _, expected in VENUES]
    assert found["B1", Q3] == [0, 0]


def test_a_venue_of_a_community_serves_all_its_branches_and_is_measured_by_all_its_households() -> None:
    place = rows.base()
    place["facilities"] = [
        {"facility_id": f"F{area}", "community_code": FIRST, "kind": "service_centre", "area_m2": area}
        for area in (119, 120)  # 400 households: 120 m²
    ]
    found = counts(place, "item_c3_venues_meeting_norm")
    assert found["B1", Q4] == found["B2", Q4] == [1, 2]


def test_a_topic_is_closed_with_its_sixth_step() -> None:
    def topic(number: int, compound: str | None, steps: int | None, held=date(2024, 10, 4)) -> dict:
        return {
            "topic_id": f"T{number}", "held_date": held, "compound_id": compound, "community_code": FIRST,
            "steps_reached": steps,
        }  # fmt: skip

    place = rows.base()
    place["deliberations"] = [
        topic(1, "C1", 6), topic(2, "C1", 5), topic(3, "C2", 6), topic(4, None, 6), topic(5, "C3", None),
        topic(6, "C1", 6, held=date(2025, 1, 4)),
    ]  # fmt: skip
    assert counts(place, "item_d1_deliberations_closed") == {
        ("B1", Q3): [0, 0], ("B1", Q4): [2, 3], ("B2", Q3): [0, 0], ("B2", Q4): [1, 1],
    }  # fmt: skip


def test_visits_reach_the_compounds_of_a_grid_evenly() -> None:
    place = rows.base()
    one, two, three = FIRST + "001", FIRST + "002", SECOND + "001"
    place["grids"] = [
        {"grid_code": one, "level": "grid", "community_code": FIRST, "households": 200},
        {"grid_code": one + "01", "level": "micro_grid", "community_code": FIRST, "households": 90},
        {"grid_code": two, "level": "grid", "community_code": FIRST, "households": None},
        {"grid_code": two + "01", "level": "micro_grid", "community_code": FIRST, "households": 50},
        {"grid_code": three, "level": "grid", "community_code": SECOND, "households": 400},
    ]
    links = [
        ("C1", one, 1.0), ("C1", one + "01", 0.5), ("C2", one, 0.2), ("C2", two + "01", 0.8),
        ("C3", three, 1.0),
    ]  # fmt: skip
    place["compound_grids"] = [
        {"compound_id": compound, "grid_code": code, "overlap_share": share, "fit_case": "matched"}
        for compound, code, share in links
    ]
    visits = [(one, 10, 60), (one, 11, 40), (two + "01", 12, 80), (three, 12, None)]
    place["visit_months"] = [
        {"grid_code": code, "month": date(2024, month, 1), "households_visited": visited}
        for code, month, visited in visits
    ]
    # Grid one: 100 of 200 visited, 50%. Grid two: 80 of 50, so all. Grid three did not report.
    # B1 has 100 + 300 × 0.2 households in grid one and 300 × 0.8 in grid two; of C3, B2 has nothing reported.
    assert counts(place, "item_d2_households_visited") == {("B1", Q4): [320, 400], ("B2", Q4): [270, 300]}


def test_notices_of_the_branch_and_its_compounds_count_when_they_are_due() -> None:
    def notice(number: int, kind: str, subject: str, published: date | None, due=date(2024, 10, 25)) -> dict:
        return {
            "notice_id": f"N{number}", "subject_kind": kind, "subject_id": subject, "due_date": due,
            "published_date": published,
        }  # fmt: skip

    place = rows.base()
    place["notices"] = [
        notice(1, "branch", "B1", date(2024, 10, 25)),
        notice(2, "branch", "B1", date(2024, 10, 26)),
        notice(3, "compound", "C2", None),
        notice(4, "community", FIRST, date(2024, 10, 1)),
        notice(5, "branch", "B1", None, due=date(2025, 1, 25)),
    ]
    assert counts(place, "item_d3_notices_on_time") == {
        ("B1", Q3): [0, 0], ("B1", Q4): [1, 3], ("B2", Q3): [0, 0], ("B2", Q4): [0, 1],
    }  # fmt: skip


def test_a_year_s_budget_lines_stand_in_each_of_its_quarters() -> None:
    def line(number: int, kind: str, payee: str, spent: float | None, published: bool | None, year=2024):
        return {
            "line_id": f"L{number}", "year": year, "item": "x", "payee_kind": kind, "payee_id": payee,
            "region_code": FIRST, "budget_yuan": 100.0, "spent_yuan": spent, "is_published": published,
        }  # fmt: skip

    place = rows.base()
    place["funding_lines"] = [
        line(1, "branch", "B1", 100.0, True),
        line(2, "branch", "B1", 100.01, True),  # overspent
        line(3, "compound", "C2", None, True),  # nothing spent yet
        line(4, "branch", "B1", 50.0, False),
        line(5, "branch", "B1", 50.0, None),  # not said
        line(6, "branch", "B2", 50.0, True, year=2023),
        line(7, "facility", "F1", 50.0, True),
    ]
    assert counts(place, "item_e1_funds_in_order") == {
        ("B1", Q3): [2, 4], ("B1", Q4): [2, 4], ("B2", Q3): [1, 1], ("B2", Q4): [1, 1],
    }  # fmt: skip


FINDINGS = [  # found, due, closed
    (date(2024, 7, 5), date(2024, 8, 5), date(2024, 8, 5)),  # on the day: on time
    (date(2024, 7, 5), date(2024, 8, 5), date(2024, 10, 6)),  # late: overdue at the end of the third quarter
    (date(2024, 9, 5), date(2024, 10, 5), None),  # overdue at the end of the fourth
    (date(2024, 12, 5), date(2025, 1, 5), None),  # open, not due yet
]


def findings() -> dict:
    place = rows.base()
    place["rectifications"] = [
        {"rectification_id": f"F{n}", "org_id": "B1", "found_date": f, "due_date": d, "closed_date": c}
        for n, (f, d, c) in enumerate(FINDINGS)
    ]
    return place


def test_findings_count_in_the_quarter_their_time_limit_falls_in() -> None:
    assert counts(findings(), "item_e3_findings_rectified") == {
        ("B1", Q3): [1, 2], ("B1", Q4): [0, 1], ("B2", Q3): [0, 0], ("B2", Q4): [0, 0],
    }  # fmt: skip


def test_findings_are_overdue_in_every_quarter_at_whose_end_they_are_open() -> None:
    assert counts(findings(), "item_x1_findings_overdue") == {
        ("B1", Q3): [1, 2], ("B1", Q4): [1, 2], ("B2", Q3): [0, 0], ("B2", Q4): [0, 0],
    }  # fmt: skip
