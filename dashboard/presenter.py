"""Presenter mode as an element of the page: the whole briefing is handed to the browser once.

Everything else happens in `presenter_client.js`: moving between views asks the server for nothing.
"""

from pathlib import Path

import plotly
import streamlit as st

from dashboard import briefings, client_scripts, filters, text
from dashboard.reports import model, saved, screen, sentences, storylines
from dashboard.text import N_, _

HERE = Path(__file__).parent
CLIENT_FILE = HERE / "presenter_client.js"
LIBRARY_FILE = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
CLIENT, LIBRARY = "/presenter/client.js", "/presenter/plotly.js"
HOME = "briefing"  # the page that it is left to, in the same session: what is changed there and not saved stays
HOME_FILE = f"../pages/{HOME}.py"
MARKING = {"view": "follow_up"}  # what opens the form for a finding on that page
OURS = ("rotate", "seconds")  # of the address; the rest says which briefing it is
WORDS = {
    "previous": N_("Previous"),
    "next": N_("Next"),
    "list": N_("Sections"),
    "overview": N_("All views"),
    "notes": N_("Speaker's notes"),
    "rotation": N_("Rotation"),
    "full": N_("Full screen"),
    "help": N_("Keys"),
    "exit": N_("Exit"),
    "tools": N_("Presenter's buttons"),
    "more": N_("Rows not shown here: {count}. They are in the files and on the page."),
    "drill": N_("Open on the dashboard"),
    "go_to": N_("Go to"),
    "no_notes": N_("No notes for this view."),
    "then": N_("Then:"),
    "last": N_("Last view"),
    "blocked": N_("The browser has blocked the second window. Allow it, or press N for a panel."),
    "rotating": N_("A new view every {seconds} seconds"),
    "paused": N_("Rotation paused; T goes on"),
    "twice": N_("Press {key} once more to leave"),
    "back": N_("Back to the briefing: {heading}"),
    "no_page": N_("This view has no page on the dashboard."),
    "no_chart": N_("The chart could not be loaded. Its numbers are in the files."),
}
KEYS = (
    ("→ ↓ PageDown Space Enter", N_("Next view")),
    ("← ↑ PageUp Backspace", N_("View before")),
    ("Home End", N_("First and last view")),
    ("1–9 G", N_("Go to a number, then Enter")),
    ("J", N_("List of sections")),
    ("O", N_("All views at a glance")),
    ("B . W", N_("Black or white screen")),
    ("F", N_("Full screen")),
    ("N S", N_("Notes beside the view, or in a second window")),
    ("T", N_("Change views by themselves")),
    ("Tab", N_("Choose a figure of the view")),
    ("D", N_("Open the figure on the dashboard")),
    ("M", N_("Mark a finding for this view")),
    ("L", N_("Light or dark")),
    ("Esc Q", N_("Close what is open; leave")),
)

_presenter = st.components.v2.component(
    "presenter",
    css=(HERE / "presenter.css").read_text(encoding="utf-8"),
    js=client_scripts.loader(CLIENT, CLIENT_FILE),
    isolate_styles=False,  # it covers the whole window, outside the element that Streamlit gives it
)


def draw_asked() -> None:
    """Present the briefing that the address names, or say why it cannot be told."""
    try:
        briefing = briefings.asked()
    except (saved.SaveError, storylines.StorylineError, sentences.TemplateError, LookupError) as error:
        st.error(_("This briefing cannot be told: {reason}").format(reason=error))
        st.page_link(HOME_FILE, label=_("Back to the briefing"), icon=":material/arrow_back:")
        return
    draw(briefing)


def draw(briefing: model.Briefing) -> None:
    """Cover the window with the briefing, in its own language; the address says where it begins (`?section=`)."""
    with text.speaking(briefing.language):
        data = {
            "content": screen.views(briefing),
            "words": {name: _(words) for name, words in WORDS.items()}
            | {"keys": [[keys, _(words)] for keys, words in KEYS]},
        }
    data |= {
        "language": "zh-CN" if briefing.language == "zh" else briefing.language,
        "shade": st.context.theme.type or "light",
        "library": f"{LIBRARY}?v={plotly.__version__}",
        "home": HOME,
        "marking": MARKING,
    }
    told = _presenter(key="presenter", data=data, on_left_change=lambda: None)
    if told.left is not None:
        kept = {key: st.query_params.get_all(key) for key in st.query_params if key not in (*OURS, *filters.BOUND)}
        st.switch_page(HOME_FILE, query_params=kept | {"section": told.left})
