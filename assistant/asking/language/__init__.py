"""Words, numbers and names as text: what is known of how people ask, before any form is looked at."""
