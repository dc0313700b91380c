"""The door: one GraphQL API over the rooms, safe by construction."""
