"""Command line: `python -m dashboard [serve|sample|publish|check|template|editions|query|report]`."""

import argparse
import sys
from pathlib import Path

from dashboard import settings


def main(arguments: list[str] | None = None) -> int:
    """Run one command; without a command, serve. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m dashboard", description=__doc__)
    commands = parser.add_subparsers(dest="command")
    serving = commands.add_parser("serve", help="start the dashboard (the default)")
    serving.add_argument("--address", default="127.0.0.1", help="address to listen on (default: this machine only)")
    serving.add_argument("--port", type=int, default=8501)
    serving.set_defaults(run=serve)
    sampling = commands.add_parser("sample", help="write a sample place's extracts into a folder")
    sampling.add_argument("--place", default=settings.DEFAULT_PLACE)
    sampling.add_argument("--scale", type=float, default=1.0)
    sampling.add_argument(
        "--micro-grids", type=int, help="cut the ground finer, into so many at scale 1 (default: the place's own)"
    )
    sampling.add_argument("--out", type=Path, required=True)
    sampling.set_defaults(run=sample)
    asking = commands.add_parser("query", help="print the rows of a named query as CSV")
    asking.add_argument("name")
    asking.add_argument("parameters", nargs="*", metavar="name=value")
    asking.set_defaults(run=ask)
    if (arguments is None and len(sys.argv) == 1) or arguments == []:
        return serve(serving.parse_args([]))
    from dashboard import edition_commands
    from dashboard.publishing import commands as publishing  # neither is needed to serve
    from dashboard.reports import commands as reports

    publishing.add_commands(commands)
    edition_commands.add_command(commands)
    reports.add_commands(commands)
    chosen = parser.parse_args(arguments)
    return chosen.run(chosen)


def serve(options: argparse.Namespace) -> int:
    """Start the server; on the very first start make the sample city before it."""
    from streamlit.web import cli

    from dashboard import startup

    startup.ensure_data()
    app = Path(__file__).with_name("app.py")
    flags = [f"--server.address={options.address}", f"--server.port={options.port}"]
    return cli.main(["run", str(app), *flags], standalone_mode=False) or 0


def sample(options: argparse.Namespace) -> int:
    """Write the extracts of a sample place as Parquet."""
    from dashboard import sample as samples
    from dashboard.progress import progress_bar

    options.out.mkdir(parents=True, exist_ok=True)
    with progress_bar() as progress:
        samples.generate(options.place, options.out, options.scale, progress=progress, micro_grids=options.micro_grids)
    return 0


def ask(options: argparse.Namespace) -> int:
    """Print a named query's rows as CSV; parameters not given take the values a new reader would see."""
    from dashboard import editions, people, periods, store

    given = dict(pair.partition("=")[::2] for pair in options.parameters)
    place = given.pop("place", settings.DEFAULT_PLACE)
    edition = given.pop("edition", None) or editions.current(place)
    if edition is None:
        print(f"{place}: nothing published", file=sys.stderr)
        return 1
    try:
        declared = store.describe(options.name).parameters
        months = store.query("periods", place=place, edition=edition).iloc[0]
        if months.isna().any():
            raise LookupError("no rows in the districts of this reader")
        spans = periods.spans(months["first_month"], months["last_month"])
        span = spans[given.pop("period", next(iter(spans)))]
        values = {"language": "zh", "districts": [], "compound_types": [], **periods.parameters(*span)}
        values["as_of"] = store.place_profile(place, edition).as_of
        for name, value in given.items():
            is_list = declared.get(name, ("",))[0].endswith("[]")
            values[name] = [v for v in value.split(",") if v] if is_list else value
        if options.name in people.PROTECTED:
            finest = people.PROTECTED[options.name].finest
            rows = people.query(options.name, finest, place=place, edition=edition, **values)
        else:
            rows = store.query(options.name, place=place, edition=edition, **values)
    except LookupError as error:
        print(f"{options.name}: {error}", file=sys.stderr)
        return 1
    rows.to_csv(sys.stdout, index=False)
    return 0


if __name__ == "__main__":
    sys.exit(main())
