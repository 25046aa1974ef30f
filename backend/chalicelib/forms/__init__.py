"""The one definition of each form: the build renders it blank, the API reads it and renders it with errors."""
