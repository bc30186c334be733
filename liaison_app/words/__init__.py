"""Sentences and labels for codes, in Chinese and English; window, command line and papers speak alike."""
