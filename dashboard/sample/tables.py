"""What makes each table of a sample place: the ground, the people and their qualities, built once."""

from collections.abc import Callable, Iterable
from functools import cache

from dashboard import profile, settings
from dashboard.sample import (
    appraising,
    assessments,
    care,
    claims,
    compounds,
    emergencies,
    events,
    funding,
    geography,
    handling,
    issues,
    joint_work,
    organisation,
    passing,
    people,
    property,
    quality,
    registers,
    services,
    tasks,
    teams,
    trainings,
    venues,
    workforce,
    works,
)
from dashboard.sample.columns import Columns
from dashboard.sample.plans import Plan

Maker = Callable[[], Iterable[Columns]]


def makers(plan: Plan, seed: int) -> dict[str, Maker]:
    """Build what the tables share; returns for every table the place publishes what yields its batches."""
    place = plan.place
    seed += plan.draw
    words = profile.load(settings.ROOT / "data" / place / "place.toml")
    city = geography.build(plan, seed)
    homes = compounds.build(city, plan, seed)
    workers = organisation.workers_subdistrict(city, homes)
    names = geography.region_names(city, workers, plan, seed)
    branches = organisation.build(city, homes, plan, seed)
    good = quality.build(branches, homes, len(city.district_code), seed)
    households, residents = compounds.cell_people(city, homes, plan, seed)
    members = people.build(branches, good, plan, seed)
    ledger = events.Ledger(members.count)

    def member_events() -> Iterable[Columns]:
        return events.batches(members, branches, good, plan, seed, ledger)

    def redemptions() -> Iterable[Columns]:
        if not ledger.redeemed:
            for _ in member_events():
                pass
        yield events.redemptions(ledger, members, seed)

    def facilities() -> Columns:
        return venues.facilities(city, homes, workers, plan, seed)

    @cache
    def posts() -> workforce.Posts:
        return workforce.build(city, homes, plan, seed)

    def party_orgs() -> Iterable[Columns]:
        yield registers.organisations(branches, city, homes, names["community"], plan, seed)
        if rest := registers.others(branches, city, homes, names, plan, seed):
            yield rest

    @cache
    def market() -> property.Market:
        return property.build(city, homes, compounds.table(homes, city, plan, seed)["property_mode"], plan, seed)

    made = {
        "regions": lambda: [geography.regions(city, names, plan)],
        "compounds": lambda: [compounds.table(homes, city, plan, seed)],
        "grids": lambda: [geography.grids(city, households, residents, homes.cell_of, seed)],
        "compound_grids": lambda: [compounds.grid_links(homes, city, seed)],
        "party_orgs": party_orgs,
        "org_compounds": lambda: [registers.links(branches, homes)],
        "members": lambda: [people.table(members, branches, city, plan, seed)],
        "branch_assessments": lambda: [assessments.assessed(branches, good, seed)],
        "branch_vetoes": lambda: [assessments.vetoes(branches, good, seed)],
        "member_events": member_events,
        "issues": lambda: issues.batches(city, homes, good, plan, handling.promised(words), seed),
        "service_orders": lambda: services.orders(city, homes, good, plan, seed),
        "report_ins": lambda: [people.report_ins(city, homes, good, plan, seed)],
        "facilities": lambda: [venues.facilities(city, homes, workers, plan, seed)],
        "deliberations": lambda: [services.deliberations(city, homes, good, words, plan, seed)],
        "visit_months": lambda: services.visits(city, households, homes, good, seed),
        "notices": lambda: [services.notices(branches, good, seed)],
        "funding_lines": lambda: [
            funding.lines(city, homes, branches, venues.facilities(city, homes, workers, plan, seed), good, plan, seed)
        ],
        "property_firms": lambda: [property.firms(market(), city, seed)],
        "property_months": lambda: [property.months(market(), homes, good, seed)],
        "cross_posts": lambda: [property.posts(market(), city, homes, branches, plan, seed)],
        "rectifications": lambda: [
            assessments.rectifications(branches, good, plan, seed),
            appraising.programmes(judged(), branches, good, plan, words.appraisal.get("pass_score"), seed),
        ],
        "member_reviews": lambda: [people.reviews(members, good, branches, seed)],
        "redemptions": redemptions,
        "teams": lambda: [teams.teams(city, homes, plan, words.codes("compound_roles"), seed)],
        "service_activities": lambda: [care.activities(city, homes, good, plan, seed)],
        "help_point_months": lambda: [care.help_points(facilities(), good, plan, seed)],
        "canteen_months": lambda: [care.canteens(facilities(), good, plan, seed)],
        "resident_point_months": lambda: [care.resident_points(city, good, seed)],
        "service_checks": lambda: [care.checks(city, homes, good, seed)],
        "buildings": lambda: [works.buildings(city, homes, plan, seed)],
        "renovations": lambda: [works.renovations(homes, good, plan, seed)],
        "issue_events": lambda: passing.batches(made["issues"](), seed),
        "tasks": lambda: [tasks.tasks(city, good, seed)],
        "report_claims": lambda: [claims.table(place, str(plan.root_code))],
    }
    units = joint_work.build(homes, plan, seed)
    made |= {
        "units": lambda: [joint_work.table(units, city, seed)],
        "resource_shares": lambda: [joint_work.resource_shares(units, city, good, seed)],
        "appraisals": lambda: [joint_work.appraisals(units, city, homes, good, seed)],
    }

    def judged() -> appraising.Scores:
        return appraising.Scores.of(joint_work.appraisals(units, city, homes, good, seed), city)

    made |= {
        "drills": lambda: [emergencies.drills(city, good, plan, seed)],
        "mobilisations": lambda: [emergencies.mobilisations(city, homes, plan, seed)],
        "safety_events": lambda: [emergencies.safety_events(city, homes, good, plan, seed)],
        "awards": lambda: [appraising.awards(judged(), branches, good, city, plan, seed)],
        "inspections": lambda: [
            appraising.inspections(
                (units.ids, units.community) if plan.has("units") else None, branches, good, city, plan, seed
            )
        ],
    }
    if post_types := words.codes("post_types"):
        made["post_claims"] = lambda: [people.post_claims(city, homes, good, plan, post_types, seed)]
    if plan.workforce:
        made |= {
            "grid_workers": lambda: [workforce.table(posts(), city, homes, seed)],
            "worker_moves": lambda: [workforce.moves(posts(), city, seed)],
            "trainings": lambda: [trainings.table(city, plan, seed)],
        }
    return {name: maker for name, maker in made.items() if plan.has(name)}
