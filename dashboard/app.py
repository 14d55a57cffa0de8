"""The ASGI application: the Streamlit script, the map routes and the work before the first reader."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st
from starlette.requests import Request
from starlette.responses import RedirectResponse
from starlette.routing import Route

from dashboard import startup
from dashboard.map_routes import ROUTES


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Make sure there are data and that they are warm before the server answers."""
    startup.ensure_data()
    startup.warm()
    yield


async def default_page(request: Request) -> RedirectResponse:
    """Streamlit serves the first page at `/` alone: send its own name there, filters kept."""
    return RedirectResponse(f"/?{request.url.query}")


app = st.App(
    Path(__file__).with_name("frame.py"),
    routes=[Route("/overview", default_page), *ROUTES],
    lifespan=lifespan,
)
