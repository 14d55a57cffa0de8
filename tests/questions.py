"""Values for the parameters of page queries, so that tests can run each of them as a page would."""

from datetime import date
from itertools import product
from typing import Any

from dashboard import periods, store
from tests import tiny

QUARTER = periods.parameters(date(2024, 10, 1), date(2024, 12, 1))

# What a page chooses beyond the shared filters. The first value is the usual one.
OWN: dict[str, list[Any]] = {
    "level": ["district", "subdistrict", "community", "compound", "grid", "micro_grid", "selection"],
    "unit": ["", "990101001001", tiny.EAST],
    "area": [[], [110.0, 30.0, 110.2, 30.2]],
    "zoom": [10],
    "words": ["C1", "社区"],
    "kinds": [["micro_station", "canteen"]],
    "parent": ["", tiny.WEST],
    "unit_metrics": [["ontime_close_rate", "reported_issues", "issues_per_100_households", "property_coverage", "fortress_index"]],
    "metric": ["ontime_close_rate", "fortress_index"],
    "metrics": [[]],
    "org_id": ["B1", "B4"],
    "small_cell_limit": [5],
    "families": [["environment", "property", "welfare"]],
    "response_weight": [0.3],
    "resolution_weight": [0.35],
    "satisfaction_weight": [0.35],
    "owner_unit": ["", "物业服务企业"],
    "progress": ["", "open", "returned"],
    "row_limit": [200],
    "row_offset": [0],
    "issue_id": ["C1-11-2", "C5-12-2"],
    "node": ["", "B1", tiny.EAST],
    "areas": [["西街道"]],
    "rule_days": [[4, 14, 24], []],
    "rule_weekdays": [[4]],
    "property_metric": ["property_coverage", "property_household_coverage", "fee_collection", "property_complaints"],
    "property_items": [["党组织工作经费"], []],
    "venue_kind": ["service_centre", "micro_station"],
    "pass_score": [70.0, None],
    "item_code": ["B1", "B3"],
    "quota_shares": [[0.1, 0.3], []],
    "roles": [["网格员", "说事员"], []],
}


def shared(edition: str, **other: Any) -> dict[str, Any]:
    """What the shared filters choose for the tiny place when a reader has touched none of them."""
    chosen = {"place": tiny.PLACE, "edition": edition, "language": "zh", "as_of": tiny.AS_OF}
    return chosen | {"districts": [], "compound_types": []} | QUARTER | other


def every_choice(name: str, edition: str, **other: Any) -> list[dict[str, Any]]:
    """Parameter sets that together put every known value into every parameter of a query."""
    declared = [key for key in store.describe(name).parameters if key in OWN]
    unknown = store.describe(name).parameters.keys() - OWN.keys() - shared(edition).keys()
    assert not unknown, f"queries/pages/{name}.sql: give {', '.join(sorted(unknown))} values in tests/questions.py"
    choices = product(*(OWN[key] for key in declared))
    return [shared(edition, **dict(zip(declared, values, strict=True)), **other) for values in choices]
