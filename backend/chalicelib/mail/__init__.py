"""Hands letters over to be delivered: SES in the cloud, SMTP anywhere, a Maildir on one machine."""
