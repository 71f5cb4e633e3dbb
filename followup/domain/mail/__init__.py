"""Mail that comes back: bounces, complaints, automatic answers and letters, read without trusting a word of it."""
