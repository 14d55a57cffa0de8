"""The three years a sample covers."""

import numpy as np
from numpy.typing import NDArray

START = np.datetime64("2022-01-01")
AS_OF = np.datetime64("2024-12-31")
END = AS_OF.astype("datetime64[s]") + np.timedelta64(86_399, "s")
DAYS = int((AS_OF - START).astype(int)) + 1
MONTHS = np.arange("2022-01", "2025-01", dtype="datetime64[M]")
QUARTERS = MONTHS[::3].astype("datetime64[D]")
YEARS = (2022, 2023, 2024)
NO_DATE = np.datetime64("NaT", "D")
NO_TIME = np.datetime64("NaT", "s")


def month_days(month: np.datetime64) -> NDArray:
    """Every day of a month."""
    return np.arange(month.astype("datetime64[D]"), (month + 1).astype("datetime64[D]"))


def quarter_of(day: NDArray) -> NDArray[np.int64]:
    """Index of the quarter of days counted from the start."""
    return np.searchsorted(QUARTERS, START + day, side="right") - 1
