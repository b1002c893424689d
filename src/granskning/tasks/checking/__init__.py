"""What is wrong in a working folder, and the verdict on it remembered for as long as it holds."""
