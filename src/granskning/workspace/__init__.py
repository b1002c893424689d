"""From the text of a working folder to a model, with everything that is wrong in it. Pure: no disk, no clock."""
