"""The figures that a place's report states, as the place would publish them: one CSV file per sample place."""

from pathlib import Path

import pandas as pd
import pyarrow as pa

from dashboard.sample.columns import Columns

TYPES = {"claimed_value": "float64", "is_approximate": "bool"}


def table(place: str, region_code: str) -> Columns:
    """Rows of report_claims for the whole place, whose division is `region_code`."""
    rows = pd.read_csv(Path(__file__).with_name(f"{place}.csv"), dtype=dict.fromkeys(_texts(place), "str") | TYPES)
    rows["region_code"] = region_code
    return {name: pa.array(rows[name], from_pandas=True) for name in rows}


def _texts(place: str) -> list[str]:
    header = pd.read_csv(Path(__file__).with_name(f"{place}.csv"), nrows=0)
    return [name for name in header if name not in TYPES]
