"""Columns of a table as arrays, the codes in them, and how they become Parquet."""

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from dashboard.contract import Table

Columns = dict[str, Any]  # column name -> NumPy array, masked array, `Coded`, Arrow array or list of text

GOLDEN = 0x9E3779B97F4A7C15
MIXING = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB))


@dataclass(frozen=True)
class Coded:
    """A text column of few values: a code per row (-1 where there is none) and the values."""

    codes: NDArray
    values: Sequence[str]


def random_for(seed: int, *subject: str | int) -> np.random.Generator:
    """A random generator of its own for every subject, so that no table depends on another's draws."""
    return np.random.default_rng([seed, *(zlib.crc32(str(part).encode()) for part in subject)])


def codes(prefix: str, numbers: NDArray, width: int) -> pa.Array:
    """Text codes: a prefix and every number with leading zeros, wider where a number needs it."""
    width = max(width, len(str(int(numbers.max())))) if len(numbers) else width
    length = len(prefix) + width
    text = np.empty((len(numbers), length), np.uint8)
    text[:, : len(prefix)] = np.frombuffer(prefix.encode(), np.uint8)
    rest = np.asarray(numbers, np.int64)
    for place in range(length - 1, len(prefix) - 1, -1):
        rest, digit = np.divmod(rest, 10)
        text[:, place] = digit + ord("0")
    return _fixed_text(text)


def hashes(numbers: NDArray, seed: int) -> pa.Array:
    """Sixteen hexadecimal characters per number, different for different numbers (splitmix64)."""
    start = np.uint64(zlib.crc32(str(seed).encode()) * GOLDEN % 2**64)
    mixed = np.asarray(numbers, np.uint64) + start
    for shift, factor in MIXING:
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(factor)
    mixed ^= mixed >> np.uint64(31)
    nibbles = (mixed[:, None] >> np.arange(60, -1, -4, dtype=np.uint64)) & np.uint64(15)
    return _fixed_text(np.frombuffer(b"0123456789abcdef", np.uint8)[nibbles.astype(np.intp)])


def _fixed_text(text: NDArray[np.uint8]) -> pa.Array:
    count, length = text.shape
    offsets = np.arange(0, (count + 1) * length, length, dtype=np.int32)
    return pa.Array.from_buffers(
        pa.string(), count, [None, pa.py_buffer(offsets), pa.py_buffer(np.ascontiguousarray(text))]
    )


def masked(values: NDArray, missing: NDArray) -> np.ma.MaskedArray:
    """Values of which some are not reported."""
    return np.ma.MaskedArray(values, missing)


def nothing(count: int) -> pa.Array:
    """A text column without values."""
    return pa.nulls(count, pa.string())


def picked(values: pa.Array, places: NDArray) -> pa.Array:
    """Values at places, null where a place is negative."""
    return values.take(pa.array(places, mask=places < 0))


def _arrow(column: Any) -> pa.Array:
    if isinstance(column, pa.Array):
        return column
    if isinstance(column, Coded):
        numbers = np.asarray(column.codes, np.int32)
        indices = pa.array(numbers, mask=numbers < 0)
        return pa.DictionaryArray.from_arrays(indices, pa.array(list(column.values), pa.string()))
    if isinstance(column, np.ma.MaskedArray):
        return pa.array(np.ascontiguousarray(column.data), mask=np.ma.getmaskarray(column))
    if isinstance(column, list):
        return pa.array(column, pa.string())
    if column.dtype == np.dtype("datetime64[M]"):
        column = column.astype("datetime64[D]")
    return pa.array(column, from_pandas=True)


def write(connection: duckdb.DuckDBPyConnection, table: Table, batches: Iterable[Columns], path: Path) -> None:
    """Write batches of columns as one Parquet file with exactly the columns and types of the contract.

    Batches are taken one at a time while the file is written, so that memory does not grow with rows.
    Raises `KeyError` for a column the batches do not have.
    """
    wanted = list(table.fields)
    records = (pa.RecordBatch.from_arrays([_arrow(batch[name]) for name in wanted], names=wanted) for batch in batches)
    first = next(records)
    stream = pa.RecordBatchReader.from_batches(first.schema, chain([first], records))
    selected = ", ".join(
        f"st_geomfromwkb({name}) as {name}" if field.type == "geometry" else f"{name}::{field.sql_type} as {name}"
        for name, field in table.fields.items()
    )
    target = str(path).replace("'", "''")
    connection.register("stream", stream)
    connection.execute(f"copy (select {selected} from stream) to '{target}' (format parquet)")
    connection.unregister("stream")
