"""Tests of the built sites: what every page promises, in every language."""
