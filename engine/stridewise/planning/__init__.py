"""From recommendations to a plan: settle, dose, select."""
