"""Are the new extracts good enough to go live, what would change, and which edition is live?"""

from dashboard import publish_views

publish_views.draw(__doc__)
