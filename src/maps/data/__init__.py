"""Records as they leave the program: formats of data, and what the command line prints."""
