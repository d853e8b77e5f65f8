"""How it is said: languages, citations, sentences, what a person typed."""
