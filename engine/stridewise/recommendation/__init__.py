"""From what fired to what is recommended, with reasons."""
