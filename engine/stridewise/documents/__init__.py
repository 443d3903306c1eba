"""What a YAML, JSON or CSV file says, with lines, safely; whether it has a declared shape."""
