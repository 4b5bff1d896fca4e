"""Child processes seen from the window: QProcess on the outside, core on the inside."""
