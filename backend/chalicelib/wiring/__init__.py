"""Builds the real parts from the environment, each when first needed; only app.py, office.py and local/ come here."""
