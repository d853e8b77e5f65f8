"""The page in Streamlit: one file a tab or a panel."""

from pathlib import Path

PAGE_STYLES = Path(__file__).parent / "page.css"
