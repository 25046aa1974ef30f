"""What must hold of a contact and of its forms for a write to go through."""

LIVING = "attribute_exists(#pk) AND attribute_not_exists(#deleting)"
UNCHANGED = f"{LIVING} AND #version = :version_before"
# Of a form that was confirmed only the key is left, until the deletion job comes.
KEPT = "attribute_exists(#reference) AND attribute_not_exists(#withdrawn)"
