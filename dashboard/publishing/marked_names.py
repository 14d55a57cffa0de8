"""Sheets that publishing itself adds to a workbook for the clerk: read back, they hold no extract."""

SHEETS = ("问题清单", "List of findings")
