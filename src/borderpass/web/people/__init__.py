"""How do staff come in, look after their own account, and manage each other?"""
