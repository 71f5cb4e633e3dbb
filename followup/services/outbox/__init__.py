"""The outbox: what clinics' systems are to be told, stored in the transaction that changed it."""
