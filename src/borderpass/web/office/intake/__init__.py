"""How is an application taken in at the counter, and one that was returned mended?"""
