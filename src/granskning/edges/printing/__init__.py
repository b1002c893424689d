"""A page in, a PDF or a picture out: what WeasyPrint and Pango do, tags, and what a page may fetch. Never a report."""
