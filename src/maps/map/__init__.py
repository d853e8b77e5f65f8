"""The map document: one folium map that holds every day of the atlas."""
