"""What a person does, from start to end: each joins the window, children and core."""
