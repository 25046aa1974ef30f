"""The staff desk: pages for who is signed in, and the door to them."""
