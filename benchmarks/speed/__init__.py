"""Speed: the whole pipeline, measured on real processes against a sink that does nothing but answer."""
