"""What asks for one thing or says one thing: acts, finders, errors."""
