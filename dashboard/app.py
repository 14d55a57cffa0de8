"""The ASGI application: the Streamlit script, the map routes and the work before the first reader."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

from dashboard import presenter_routes, startup
from dashboard.map_routes import ROUTES
from dashboard.text import _


@asynccontextmanager
async def lifespan(application: st.App) -> AsyncIterator[None]:
    """Make sure there are data and that they are warm before the server answers."""
    startup.send_at_once()
    startup.ensure_data()
    startup.warm()
    yield


async def default_page(request: Request) -> RedirectResponse:
    """Streamlit serves the first page at `/` alone: send its own name there, filters kept."""
    return RedirectResponse(f"/?{request.url.query}")


def say_fault(error: Exception) -> bool:
    """Log a page's fault under a mark and show the reader one sentence with that mark, never a traceback."""
    mark = f"{datetime.now():%m%d-%H%M%S}"
    logging.getLogger(__name__).error("fault %s", mark, exc_info=error)
    message = _("This page could not be drawn. The fault is recorded in the server's log under {mark}.")
    st.error(message.format(mark=mark))
    return True


app = st.App(
    Path(__file__).with_name("frame.py"),
    on_script_error=say_fault,
    routes=[Route("/overview", default_page), *ROUTES, *presenter_routes.ROUTES],
    lifespan=lifespan,
)
