"""How is this installation configured? Everything that differs between machines comes from the environment."""

SECRET_KEY = "not-yet"
INSTALLED_APPS = ["django.contrib.contenttypes", "django.contrib.auth"]
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
USE_TZ = True
