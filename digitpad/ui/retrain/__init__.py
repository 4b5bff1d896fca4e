"""The window that retrains: choose, watch, judge."""
