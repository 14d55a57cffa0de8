"""Scripts of this installation that a component of a page loads by address: kept by browsers as long as they are."""

import hashlib
from pathlib import Path

# A component's own script travels with every page; the large one is fetched once, under its version.
_LOADER = """
let client;
export default (component) => {
  let leave;
  client ??= import(new URL("ADDRESS", document.baseURI).href);
  client.then((module) => { leave = module.default(component); });
  return () => leave?.();
};
"""


def loader(address: str, file: Path) -> str:
    """What a component is given as its script: it fetches the one in `file` from `address` and hands over to it."""
    version = hashlib.sha256(file.read_bytes()).hexdigest()[:12]
    return _LOADER.replace("ADDRESS", f"{address}?v={version}")
