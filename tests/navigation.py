"""The pages as `dashboard/frame.py` lists them; importing the frame would run it."""

import ast
from typing import Any

from dashboard import settings


def listed() -> dict[str, str]:
    """File name of each page that the navigation shows -> message id of its title, in its order."""
    return {name: title for name, title in readers().items() if name not in _value("HIDDEN")}


def readers() -> dict[str, str]:
    """The same with the pages that are opened from another page only."""
    return {name: title for name, title in every().items() if name not in _value("FOR_STEWARDS")}


def every() -> dict[str, str]:
    """The same with the pages that only a steward is shown."""
    return {name: title for entries in _value("PAGES").values() for name, title, _icon in entries}


def _value(name: str) -> Any:
    tree = ast.parse((settings.ROOT / "dashboard" / "frame.py").read_text(encoding="utf-8"))
    (value,) = [
        node.value for node in tree.body if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == name
    ]
    return eval(compile(ast.Expression(value), "frame.py", "eval"), {"N_": str})
