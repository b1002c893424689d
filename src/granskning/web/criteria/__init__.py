"""The criteria workshop: sets listed, brought in, edited part by part and tried. Rules come in words, never as YAML."""
