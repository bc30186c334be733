"""The façade: every use case once. Window and command line stand on it alike."""
