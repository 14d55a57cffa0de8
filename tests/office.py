"""LibreOffice without a window: written files become PDF and pictures, as a reader's program would draw them."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

PATIENCE_S = 180
# LibreOffice keeps 20 charts of a text in mind and draws the others anew, as if 16 cm wide and scaled: here all of them.
SETTINGS = """<?xml version="1.0"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Cache/Writer"><prop oor:name="OLE_Objects" oor:op="fuse"><value>999</value>
</prop></item></oor:items>"""

needed = pytest.mark.skipif(
    not (shutil.which("soffice") and shutil.which("pdftoppm")) and not os.environ.get("CI"),
    reason="LibreOffice or poppler is not installed",
)


def to_pdf(file: Path, folder: Path | None = None) -> Path:
    """The PDF of an office file, beside it or in a folder; raises if LibreOffice cannot read it.

    A profile of its own for every call: two runs of LibreOffice on one profile wait for each other for ever.
    """
    folder = folder or file.parent
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as profile:
        settings = Path(profile) / "user" / "registrymodifications.xcu"
        settings.parent.mkdir()
        settings.write_text(SETTINGS)
        options = ["--headless", "--norestore", f"-env:UserInstallation={Path(profile).as_uri()}"]
        command = ["soffice", *options, "--convert-to", "pdf", "--outdir", str(folder), str(file)]
        told = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_S, check=True)
    made = folder / f"{file.stem}.pdf"
    assert made.is_file(), told.stdout + told.stderr  # LibreOffice ends well even where it read nothing
    return made


def pictures(pdf: Path, folder: Path, resolution: int = 80) -> list[Path]:
    """A PNG per page, in their order, at dots per inch."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = folder / pdf.stem
    subprocess.run(["pdftoppm", "-r", str(resolution), "-png", str(pdf), str(stem)], check=True, timeout=PATIENCE_S)
    return sorted(folder.glob(f"{pdf.stem}-*.png"))


def words(pdf: Path) -> str:
    """The text of all pages, as poppler reads it."""
    command = ["pdftotext", "-layout", str(pdf), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE_S).stdout


def fonts(pdf: Path) -> list[str]:
    """The names of the fonts that the pages were drawn with."""
    told = subprocess.run(["pdffonts", str(pdf)], capture_output=True, text=True, check=True, timeout=PATIENCE_S).stdout
    return [line.split()[0].partition("+")[2] or line.split()[0] for line in told.splitlines()[2:]]
