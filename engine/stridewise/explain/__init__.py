"""Why, why not, what if, what is missing: questions about a plan, answered by changing the profile and running it again."""
