"""The page in Streamlit."""

from pathlib import Path

PAGE_STYLES = Path(__file__).parent / "page.css"
PAGE_SCRIPT = Path(__file__).parent / "page.js"
