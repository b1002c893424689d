"""Finding quotations again: text and quotations in, where each stands out. Opens no file, judges nothing."""
