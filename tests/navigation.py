"""The pages as `dashboard/frame.py` lists them; importing the frame would run it."""

import ast

from dashboard import settings


def listed() -> dict[str, str]:
    """File name of each page -> message id of its title, in the order of the navigation."""
    tree = ast.parse((settings.ROOT / "dashboard" / "frame.py").read_text(encoding="utf-8"))
    (pages,) = [
        node.value
        for node in tree.body
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "PAGES"
    ]
    groups = eval(compile(ast.Expression(pages), "frame.py", "eval"), {"N_": str})
    return {name: title for entries in groups.values() for name, title, _icon in entries}
