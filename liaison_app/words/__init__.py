"""Sentences and labels for codes, in Chinese and English; window, command line and papers speak alike."""

from liaison_app.words.errors import Sentence, sentence, told
from liaison_app.words.labels import label_of as label

__all__ = ["Sentence", "label", "sentence", "told"]
