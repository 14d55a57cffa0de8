"""A briefing as slides: `planning` says what stands where, `master` how it looks, `slides` puts it down."""

from dashboard.reports.deck.slides import write as write
