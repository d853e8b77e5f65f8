"""What is recorded: the tables of an atlas, read, checked and joined."""
