"""The ASGI application: the Streamlit script, the map routes and the work before the first reader."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import streamlit as st

from dashboard import startup
from dashboard.map_routes import ROUTES


@asynccontextmanager
async def lifespan(_: st.App) -> AsyncIterator[None]:
    """Make sure there are data and that they are warm before the server answers."""
    startup.ensure_data()
    startup.warm()
    yield


app = st.App(Path(__file__).with_name("frame.py"), routes=ROUTES, lifespan=lifespan)
