"""Cards of the page: events, regions, sources as HTML in which every text is escaped.

Pure functions; each gives a plain string of safe markup. No card holds a script,
a style or an event handler.
"""
