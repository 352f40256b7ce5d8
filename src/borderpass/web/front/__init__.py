"""The front page, for everybody: how many passes and crossings, and is this pass good?"""
