"""One use case a file; every public function takes the context first."""
