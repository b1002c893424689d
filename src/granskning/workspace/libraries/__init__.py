"""Tables and criteria libraries as others write them go in, a draft of a criteria set comes out; no file is touched."""
