"""What holds on a day: control, law, boundaries, and how they change."""
