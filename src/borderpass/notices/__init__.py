"""How does a message reach a telephone, a chat or a mailbox?"""
