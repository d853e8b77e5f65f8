"""How it is painted: colours, fills and textures."""
