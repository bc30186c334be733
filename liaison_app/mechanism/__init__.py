"""The mechanism: profile schema, three-valued conditions, routing, guards, calendar, deadlines. Pure over data."""
