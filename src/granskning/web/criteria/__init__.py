"""The criteria workshop: sets listed, brought in, shown, edited part by part and tried. Rules come in words, never as YAML."""
