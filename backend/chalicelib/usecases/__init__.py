"""What the service does, one verb phrase a file: the order of the steps."""
