"""The script every session runs: page list, shared filters, then the chosen page.

To add a page: one file in `pages/`, one line in `PAGES`, its queries in `queries/pages/`.
"""

from pathlib import Path

import streamlit as st

from dashboard import access, ahead, edition_notices, editions, filters, settings, store, text, ui
from dashboard.text import N_, _

# file name, title, icon; grouped by who opens them
PAGES = {
    N_("Leaders"): [
        ("overview", N_("Overview"), ":material/space_dashboard:"),
        ("grid_map", N_("Grid map"), ":material/map:"),
        ("compound_types", N_("Compound types"), ":material/apartment:"),
    ],
    N_("Rankings"): [
        ("fortress_index", N_("Fortress index"), ":material/shield:"),
        ("pioneer_index", N_("Pioneer index"), ":material/military_tech:"),
    ],
    N_("Operations"): [
        ("issues", N_("Issues"), ":material/assignment_late:"),
        ("organisation", N_("Organisation"), ":material/account_tree:"),
        ("deliberation", N_("Deliberation"), ":material/forum:"),
        ("venues_and_funding", N_("Venues and funding"), ":material/home_work:"),
        ("services", N_("Services"), ":material/volunteer_activism:"),
        ("property", N_("Property service"), ":material/real_estate_agent:"),
        ("workforce", N_("Workforce"), ":material/badge:"),
        ("report_in", N_("Report-in"), ":material/how_to_reg:"),
        ("emergency", N_("Emergency response"), ":material/emergency_home:"),
        ("appraisal", N_("Appraisal"), ":material/workspace_premium:"),
    ],
    N_("Meetings"): [
        ("briefing", N_("Briefing"), ":material/slideshow:"),
        ("report_check", N_("Report check"), ":material/fact_check:"),
        ("present", N_("Presenter mode"), ":material/slideshow:"),
    ],
    N_("Data"): [
        ("definitions", N_("Definitions"), ":material/menu_book:"),
        ("publish", N_("Publish"), ":material/publish:"),
    ],
}

HIDDEN = {"present"}  # opened from a page, not from the navigation
FOR_STEWARDS = {"publish"}

ICON = Path(__file__).with_name("icon.svg")  # a local file: an icon by name would be fetched from outside

STYLE = Path(__file__).with_name("frame.css")  # all that is styled beyond Streamlit's own configuration


def pages() -> dict[str, list]:
    """The navigation, in the reader's language."""
    first = next(iter(PAGES.values()))[0][0]
    hidden = HIDDEN if access.steward() else HIDDEN | FOR_STEWARDS
    return {
        _(group): [
            st.Page(
                settings.ROOT / "pages" / f"{name}.py",
                title=_(title),
                icon=icon,
                url_path=name,
                default=name == first,
                visibility="hidden" if name in hidden else "visible",
            )
            for name, title, icon in entries
        ]
        for group, entries in PAGES.items()
    }


def _begin(page) -> None:
    """What there is to do before the first edition: publishing it."""
    if page.url_path in FOR_STEWARDS:
        with st.sidebar:
            filters.choose_language()
        page.run()
        return
    st.info(_("No edition has been published yet. Run: python -m dashboard publish SOURCE --place NAME"))
    if access.steward():
        st.page_link("../pages/publish.py", label=_("Publish"), icon=":material/publish:")


def main() -> None:
    """Draw navigation and filters, run the page."""
    text.settle(None)  # the thread may still hold the language of the run before
    st.set_page_config(page_title=_("Compound governance"), page_icon=ICON, layout="wide")
    st.html(STYLE)
    page = st.navigation(pages(), position="top")  # the sidebar is for the filters: both would not fit a screen
    if not any(map(editions.current, settings.places())):
        _begin(page)
        return
    try:
        chosen = filters.draw()
        with st.sidebar:
            ui.share_link()
            st.caption(_("Edition {edition}").format(edition=chosen["edition"]))
        edition_notices.draw(chosen["place"], chosen["edition"])
        with ahead.of_page(" ".join([page.url_path, *st.query_params.get_all("view")]), chosen):
            page.run()
    except editions.EditionError:
        st.error(_("This edition was removed while you were reading it. Choose another one on the left."))
    except filters.EmptyScopeError:
        st.info(_("This edition holds no data for the districts you may see."), icon=":material/lock:")
    except store.OutdatedEditionError:
        st.error(
            _("This edition was published by another version of the dashboard. Publish the extracts again.")
        )


main()
