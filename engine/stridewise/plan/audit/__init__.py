"""The finished plan read once more: does it keep its own word?"""
