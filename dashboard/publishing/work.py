"""One run of publishing: the source read and checked in a database of its own, the edition built in a folder."""

import hashlib
import json
import shutil
from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path

import duckdb

import dashboard
from dashboard import contract, profile, scoring, settings, store
from dashboard.progress import Progress
from dashboard.publishing import (
    checks,
    claimed,
    completeness,
    crosschecks,
    datum,
    geometry,
    headers,
    lanes,
    loading,
    mapping,
    marts,
    plausibility,
    readers,
    recognition,
    repairs,
    restatements,
    totals,
    values,
    writing,
    zeros,
)
from dashboard.publishing.findings import ERROR, Finding
from dashboard.text import N_, _

READ, CHECKED, BUILT = 0.30, 0.55, 0.95


class Work:
    """One run of publishing, in one folder and one database that spills beside it."""

    def __init__(self, source: Path, place: str, folder: Path, progress: Progress, repair: bool) -> None:
        self.source, self.place, self.folder, self.progress, self.repair = source, place, folder, progress, repair
        self.scratch = folder / "scratch"
        (self.scratch / "spill").mkdir(parents=True)
        home = settings.place_dir(place)
        shutil.copyfile(home / "place.toml", folder / "place.toml")
        shutil.copytree(home / "rules", folder / "rules", copy_function=shutil.copyfile)
        self.profile = profile.load(folder / "place.toml")
        if self.profile.datum not in datum.KNOWN:
            raise profile.ProfileError(f"place.toml: datum is not one of {', '.join(datum.KNOWN)}")
        self.rules = folder / "rules"
        self.tables = contract.load().tables
        self.lineages: dict[str, loading.Lineage] = {}
        self.vocabulary: list[str] = []
        self.findings: list[Finding] = []
        self.files: list[dict] = []
        self.digests: dict[str, str] = {}
        self.recognised: list[recognition.Recognised] = []
        self.connection = duckdb.connect(
            config={
                "memory_limit": settings.memory_limit(),
                "temp_directory": str(self.scratch / "spill"),
                "python_enable_replacements": False,
                "checkpoint_threshold": "1TB",  # in memory, a checkpoint only compresses again what will be dropped
            }
        )
        self.connection.execute("create schema source")
        self.connection.execute("use source")

    def check(self) -> None:
        """Read the source into typed tables and collect every finding."""
        read = readers.read(
            self.connection,
            self.source,
            self.scratch,
            mapping.load(self.place),
            lambda name: self._tell(_("Looking at {name}"), name, 0.02),
        )
        self.files, self.recognised, broken = read.files, read.recognised, list(read.findings)
        broken += self._read(read.parts)
        self.findings += zeros.restore(self.connection, self.tables, self.lineages)
        broken += read.changed()
        self.findings = broken + self.findings
        if self.repair:
            self._tell(_("Repairing {name}"), _("boundaries and coordinates"), READ)
            self.findings += repairs.repair(self.connection, self.lineages, self.profile.datum)
        unsound = {f.table for f in broken if f.blocks and f.rule != headers.IDENTIFIES}
        unsound |= self._require_core(unsound)
        for name in self.tables.keys() - self.lineages.keys():
            self.connection.execute(store.empty_table(self.tables[name]))
        self.connection.execute("use main")
        self.vocabulary = marts.register(self.connection, self.profile, self.rules, list(self.lineages))
        self.connection.execute("set search_path = 'source,main'")
        # What refers to a table that could not be read whole would only repeat that finding.
        self._examine({name: lineage for name, lineage in self.lineages.items() if name not in unsound})
        if not any(finding.blocks for finding in self.findings):
            self._tell(_("Checking {name}"), _("whether anything is missing"), CHECKED - 0.01)
            self.connection.execute("set search_path = 'main'")
            marts.stamp(self.connection)
            self.findings += completeness.check(self.connection, self.tables, list(self.lineages), self.profile)
            self.connection.execute("set search_path = 'source,main'")

    def _read(self, parts: dict[str, list[loading.Part]]) -> list[Finding]:
        """Make the typed tables; returns the findings about parts that could not be read whole."""
        codes = scoring.rule_codes(self.rules)

        def read(
            connection: duckdb.DuckDBPyConnection, name: str
        ) -> tuple[loading.Lineage, list[Finding], list[Finding]]:
            table = self.tables[name]
            lineage, broken = loading.load(connection, table, parts[name])
            found = values.read(connection, table, lineage, self.profile, codes)
            datum.convert(connection, table, self.profile.datum)
            return lineage, broken, found + totals.check(connection, table, lineage)

        results = lanes.run(
            self.connection,
            dict.fromkeys(parts, ()),
            read,
            lambda name, part: self._tell(_("Reading {name}"), self.tables[name].title, 0.02 + (READ - 0.02) * part),
        )
        self.lineages = {name: lineage for name, (lineage, _broken, _found) in results.items()}
        self.findings += [finding for _lineage, _broken, found in results.values() for finding in found]
        return [finding for _lineage, broken, _found in results.values() for finding in broken]

    def _examine(self, sound: dict[str, loading.Lineage]) -> None:
        """Check the typed tables: each by itself, how the `sound` ones fit together, their boundaries and positions."""

        def fit(connection: duckdb.DuckDBPyConnection) -> list[Finding]:
            found = checks.check_references(connection, self.tables, self.lineages, sound.keys())
            return found + crosschecks.check(connection, sound)

        jobs: dict[str, Callable[[duckdb.DuckDBPyConnection], list[Finding]]] = {
            _("boundaries and coordinates"): lambda connection: geometry.check(connection, sound, self.profile.datum),
            _("how the tables fit together"): fit,
        }
        for name, lineage in self.lineages.items():
            table = self.tables[name]
            jobs[table.title] = partial(checks.check, table=table, lineage=lineage, as_of=self.profile.as_of)
        geometric, fitting, *single = lanes.run(
            self.connection,
            dict.fromkeys(jobs, ()),
            lambda connection, title: jobs[title](connection),
            lambda title, part: self._tell(_("Checking {name}"), title, READ + (CHECKED - 0.01 - READ) * part),
        ).values()
        self.findings += chain(*single, fitting, geometric)

    def _require_core(self, unsound: set[str]) -> set[str]:
        """Report core tables that are missing or have no rows; returns their names."""
        lacking = set()
        for table in self.tables.values():
            if not table.core or table.name in unsound:
                continue
            if table.name not in self.lineages:
                rule, expected = N_("A core table is missing"), N_("a file or sheet named {name}")
                details = {"name": f"{table.title} / {table.name}"}
                self.findings.append(Finding(ERROR, rule, expected, table.name, details=details))
            elif not self.connection.execute(f"select 1 from {table.name} limit 1").fetchall():
                places = tuple(part.place for part in self.lineages[table.name].parts)
                self.findings.append(Finding(ERROR, N_("A core table has no rows"), "", table.name, places=places))
            else:
                continue
            lacking.add(table.name)
        return lacking

    def identity(self) -> str:
        """As-of date and eight digits of a hash over everything that makes the edition what it is.

        Contents count, not their order, their files or their encoding.
        """
        self._tell(_("Computing the identity"), "", CHECKED)
        digest = hashlib.sha256()
        for name in sorted(self.lineages):
            columns = ", ".join([*self.tables[name].fields, *marts.further(self.connection, name)])
            rows = self.connection.execute(f"select count(*), sum(hash({columns})) from {name}").fetchall()[0]
            self.digests[name] = f"{rows[0]} {rows[1]}"
            digest.update(f"{name} {columns} {rows[0]} {rows[1]}\n".encode())
        package = Path(dashboard.__file__).parent
        makers = [
            settings.CONTRACT,
            self.folder / "place.toml",
            *sorted(self.rules.glob("*.toml")),
            *sorted(settings.QUERIES.glob("views/*.sql")),
            *sorted(settings.QUERIES.glob("marts/*.sql")),
            *sorted(package.glob("scoring/*.py")),
            package / "rings.py",
            package / "python_marts.py",
            package / "publishing" / "marts.py",
            package / "publishing" / "writing.py",
        ]
        for file in makers:
            digest.update(f"{file.name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
        return f"{self.profile.as_of}-{digest.hexdigest()[:8]}"

    def build(self, edition: str) -> None:
        """Write extracts, marts and `edition.json` into the folder."""
        self.connection.execute("set search_path = 'main'")
        rows = marts.build(
            self.connection,
            self.profile,
            self.rules,
            list(self.lineages),
            self.folder,
            lambda message, part: self.progress(message, CHECKED + (BUILT - CHECKED) * part),
        )
        self._tell(_("Comparing with the live edition"), "", BUILT)
        self.findings += claimed.compare(self.connection, self.lineages)
        self.findings += restatements.compare(self.connection, self.place)
        found, doubts = plausibility.compare(self.connection, self.place, list(self.lineages))
        self.findings += found
        districts = marts.districts(self.connection)
        marts.add_doubts(self.connection, plausibility.doubtful(doubts, self.findings, districts))
        for name in ("extract_gaps", "extract_doubts"):
            rows[name] = writing.write_mart(self.connection, name, self.folder / "marts" / f"{name}.parquet")
        (self.folder / "vocabulary").mkdir()
        for name in self.vocabulary:
            writing.write_vocabulary(self.connection, name, self.folder / "vocabulary" / f"{name}.parquet")
        facts = {
            "edition": edition,
            "place": self.profile.code,
            "as_of": self.profile.as_of.isoformat(),
            "published_at": datetime.now().isoformat(timespec="seconds"),
            "is_synthetic": self.profile.is_synthetic,
            "software": dashboard.__version__,
            "contract": contract.load().version,
            "rows": {name: rows[name] for name in self.lineages},
            "mart_rows": {name: count for name, count in rows.items() if name not in self.lineages},
            "missing_tables": [name for name in self.tables if name not in self.lineages],
            "warnings": [finding.record() for finding in self.findings],
            "digests": self.digests,
            "cells": {name: completeness.cells(self.connection, self.tables[name]) for name in self.lineages},
            "files": self.files,
            "recognised": [each.as_json() for each in self.recognised],
        }
        text = json.dumps(facts, ensure_ascii=False, indent=2)
        (self.folder / "edition.json").write_text(text, encoding="utf-8")

    def close(self) -> None:
        """Free the database and everything that is not part of the edition."""
        self.connection.close()
        shutil.rmtree(self.scratch)

    def _tell(self, message: str, name: str, fraction: float) -> None:
        self.progress(message.format(name=name), fraction)
