"""Commands that show that the promises are kept."""
