"""One company a file, all behind `ports.Provider`."""
