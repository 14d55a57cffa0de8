"""What presenter mode fetches by address before it begins: its own script and the one that draws charts."""

from dashboard import presenter
from dashboard.map_routes import script_route

ROUTES = [
    script_route(presenter.LIBRARY, presenter.LIBRARY_FILE),
    script_route(presenter.CLIENT, presenter.CLIENT_FILE),
]
