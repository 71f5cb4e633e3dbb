"""The inbox: one thread a person over text and mail, who looks after it, and what staff answer."""
