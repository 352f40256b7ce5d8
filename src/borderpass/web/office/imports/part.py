"""What does this package add to the pages that all share?"""

from django.utils.translation import gettext_lazy

from borderpass.web.office.part import MenuEntry, Part

PART = Part(menu=(MenuEntry(gettext_lazy("Old books"), "imports"),))
