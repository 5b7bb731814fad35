"""Runs one script with two tools and compares what they did."""
