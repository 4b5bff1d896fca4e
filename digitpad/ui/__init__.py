"""The window and its parts: Qt, never torch, never a child process."""
