"""Letters to clients: the program's words, the fields they hold, and the finished page as PDF."""
