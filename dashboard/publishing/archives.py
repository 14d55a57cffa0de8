"""Workbooks are packed archives: what they would unpack to is measured before anything else opens them."""

import re
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from dashboard.publishing.unreadable import DAMAGED_WORKBOOK, Unreadable
from dashboard.text import N_

LARGEST = 4 << 30  # bytes unpacked: a full sheet of a million rows and 40 columns has half of it
RATIO, HARMLESS = 200, 200 << 20  # packed tighter than that, and larger, no office program writes
CHUNK = 1 << 20
ERROR_CELL = re.compile(rb"""<c\s[^>]*\bt=["']e["']""")
CALENDAR_1904 = re.compile(rb"""date1904=["'](1|true|on)["']""")


@dataclass(frozen=True)
class Archive:
    """What a look into a workbook's parts tells: whether dates count from 1904 and cells hold a formula's error."""

    is_1904: bool = False
    has_errors: bool = False


def inspect(path: Path) -> Archive:
    """Unpack every part once, chunk by chunk, keeping nothing.

    Raises `Unreadable` for an archive that is damaged, encrypted or unpacks to more than an office program would write.
    """
    is_1904 = has_errors = False
    try:
        with zipfile.ZipFile(path) as archive:
            limit = min(LARGEST, max(HARMLESS, RATIO * path.stat().st_size))
            total = sum(part.file_size for part in archive.infolist())
            _limit(total, limit)
            total = 0
            for part in archive.infolist():
                is_sheet, is_book = "/worksheets/" in part.filename, part.filename == "xl/workbook.xml"
                tail = b""
                with archive.open(part) as content:
                    while chunk := content.read(CHUNK):
                        total += len(chunk)
                        _limit(total, limit)
                        if is_sheet and not has_errors:
                            has_errors = bool(ERROR_CELL.search(tail + chunk))
                        elif is_book and not is_1904:
                            is_1904 = bool(CALENDAR_1904.search(tail + chunk))
                        tail = chunk[-100:]
    except RuntimeError as error:  # a part that asks for a password
        raise Unreadable(N_("The workbook is protected by a password")) from error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        if isinstance(error, Unreadable | PermissionError | FileNotFoundError):
            raise
        raise Unreadable(DAMAGED_WORKBOOK) from error
    return Archive(is_1904, has_errors)


def _limit(size: int, limit: int) -> None:
    if size > limit:
        raise Unreadable(N_("The workbook would unpack to {size} MB"), details={"size": f"{size / 1e6:,.0f}"})
