"""Rows of mail that came back, and of mailboxes spelled in other ways."""
