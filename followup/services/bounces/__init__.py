"""What comes back by mail: taken once, judged by the code's class, shown to staff, undone by them."""
