"""An atlas while a person changes it: a working copy, rows of tables, drawn lines.

Nothing here knows of a screen. What is checked is the working copy, by the one check.
"""
