"""The languages of the service: the code that pages and addresses carry, and the name in the language itself."""

LANGUAGES = {"en": "English", "fr": "Français", "de": "Deutsch", "lb": "Lëtzebuergesch"}
