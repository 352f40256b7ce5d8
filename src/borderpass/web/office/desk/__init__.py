"""What is there to do in an office today, where is somebody's application, and what comes next with it?"""
