"""The pages of programs: a desk for who works for one, and for each person what they are part of."""
