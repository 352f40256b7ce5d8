"""What does the store add to Django's own commands?"""
