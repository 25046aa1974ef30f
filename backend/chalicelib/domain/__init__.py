"""What a contact, a booking, a letter and a deletion day are: rules without input or output."""
