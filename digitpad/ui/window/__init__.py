"""The main window: menus, toolbars, status, and what they ask for."""
