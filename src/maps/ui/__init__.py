"""The page in Streamlit: one file a tab or a panel."""
