"""How much is run, and on which days: from what the rules say of running to weeks and days. Strength fits itself around them."""
