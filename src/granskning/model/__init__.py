"""The nouns of a working folder, as frozen values: what files say, never what is wrong with it or what it is worth."""
