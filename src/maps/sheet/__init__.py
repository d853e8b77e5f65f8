"""Printed maps: the sheet of one day and of several."""
