"""The workbench: an atlas's tables, files and lines in a page of this machine (`maps edit`)."""

from pathlib import Path

APP = Path(__file__).parent / "app.py"
FOLDER_VARIABLE = "MAPS_EDIT"  # app.py reads the folder from it
STYLES = Path(__file__).parent / "edit.css"
