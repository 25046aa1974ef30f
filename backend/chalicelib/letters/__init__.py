"""The words of each mail, as values: a letter and a contact in, a message in the reader's language out."""
