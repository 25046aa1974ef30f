"""Stand-ins for the ports of the use cases, in memory; the stores among them pass the tests of the real ones."""
