"""The browser of the person's own drawings."""
