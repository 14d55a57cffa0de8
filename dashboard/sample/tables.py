"""What makes each table of a sample place: the ground, the people and their qualities, built once."""

from collections.abc import Callable, Iterable

from dashboard import profile, settings
from dashboard.sample import (
    assessments,
    claims,
    compounds,
    events,
    funding,
    geography,
    issues,
    organisation,
    people,
    quality,
    registers,
    services,
    venues,
)
from dashboard.sample.columns import Columns
from dashboard.sample.plans import Plan

Maker = Callable[[], Iterable[Columns]]


def makers(plan: Plan, seed: int) -> dict[str, Maker]:
    """Build what the tables share; returns for every table the place publishes what yields its batches."""
    seed += plan.draw
    topics = profile.load(settings.ROOT / "data" / plan.place / "place.toml").codes("topics")
    city = geography.build(plan, seed)
    homes = compounds.build(city, plan, seed)
    workers = organisation.workers_subdistrict(city, homes)
    names = geography.region_names(city, workers, plan, seed)
    branches = organisation.build(city, homes, plan, seed)
    good = quality.build(branches, homes, len(city.district_code), seed)
    households, residents = compounds.cell_people(city, homes, seed)
    members = people.build(branches, good, plan, seed)
    ledger = events.Ledger(members.count)

    def member_events() -> Iterable[Columns]:
        return events.batches(members, branches, good, plan, seed, ledger)

    def redemptions() -> Iterable[Columns]:
        if not ledger.redeemed:
            for _ in member_events():
                pass
        yield events.redemptions(ledger, members, seed)

    made = {
        "regions": lambda: [geography.regions(city, names, plan)],
        "compounds": lambda: [compounds.table(homes, city, plan, seed)],
        "grids": lambda: [geography.grids(city, households, residents, homes.cell_of, seed)],
        "compound_grids": lambda: [compounds.grid_links(homes, city, seed)],
        "party_orgs": lambda: [registers.organisations(branches, city, homes, names["community"], seed)],
        "org_compounds": lambda: [registers.links(branches, homes)],
        "members": lambda: [people.table(members, branches, city, plan, seed)],
        "branch_assessments": lambda: [assessments.assessed(branches, good, seed)],
        "branch_vetoes": lambda: [assessments.vetoes(branches, good, seed)],
        "member_events": member_events,
        "issues": lambda: issues.batches(city, homes, good, plan, seed),
        "service_orders": lambda: services.orders(city, homes, good, plan, seed),
        "report_ins": lambda: [people.report_ins(city, homes, good, plan, seed)],
        "facilities": lambda: [venues.facilities(city, homes, workers, plan, seed)],
        "deliberations": lambda: [services.deliberations(city, homes, good, topics, plan, seed)],
        "visit_months": lambda: services.visits(city, households, homes, good, seed),
        "notices": lambda: [services.notices(branches, good, seed)],
        "funding_lines": lambda: [
            funding.lines(city, homes, branches, venues.facilities(city, homes, workers, plan, seed), good, plan, seed)
        ],
        "rectifications": lambda: [assessments.rectifications(branches, good, plan, seed)],
        "member_reviews": lambda: [people.reviews(members, good, branches, seed)],
        "redemptions": redemptions,
        "report_claims": lambda: [claims.table(plan.place, str(plan.root_code))],
    }
    return {name: maker for name, maker in made.items() if name not in plan.unpublished}
