"""How does a web server reach the site? (PEP 3333)"""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "borderpass.settings")
application = get_wsgi_application()
