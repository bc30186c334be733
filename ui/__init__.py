"""The window of the desk: PySide6 on top of the façade.

``app`` is the composition root, ``bridge`` the only file that crosses threads, ``actions`` the one registry of what
can be done, ``theme`` colours and type, ``context`` what every view is given. ``views`` are pages, ``models`` feed
tables, ``widgets`` are small parts, ``dialogs`` ask for one thing each.
"""
