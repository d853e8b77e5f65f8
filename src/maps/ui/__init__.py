"""The page in Streamlit: one file a tab or a panel."""

from pathlib import Path

PAGE_STYLES = Path(__file__).parent / "page.css"
PAGE_SCRIPT = Path(__file__).parent / "page.js"
