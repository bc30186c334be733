"""The pages of the window and what holds them together."""
