"""What is merged into Chalice's template, and what makes the package of both."""
