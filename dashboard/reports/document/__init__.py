"""A briefing as a written report: `look` is the page of the standard, `report` what stands on it, `word` its XML."""

from dashboard.reports.document.report import write as write
