"""Liaison Desk (联络员工作台): everything that is true without a screen. The map of the house, from the ground up:

- ``domain``     value types, commands, events, decide and evolve; no I/O, time is an argument
- ``mechanism``  profiles, conditions, routing, guards, deadlines, calendar: pure functions over data
- ``security``   keys, the system keyring, hash chains, sealed drafts
- ``words``      sentences and labels in Chinese and English
- ``intake``     reading foreign files of complaints
- ``store``      the encrypted replica: journal, projections, queries, search, drafts, backups
- ``desk``       the façade: every use case once
- ``cli``        the command line on top of it

Beside it stand ``ui`` (the window), ``reports`` (the papers) and ``resources`` (data).
"""
