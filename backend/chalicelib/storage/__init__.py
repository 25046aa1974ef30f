"""Keeps contacts, letters and counts in DynamoDB, and reads the keys that guard them."""
