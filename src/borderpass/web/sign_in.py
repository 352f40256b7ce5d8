"""How does staff sign in? With a name and a password; whoever fails is told so without a hint at which was wrong."""

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.utils.translation import gettext_lazy


class SignInForm(AuthenticationForm):
    """Django's form, with sentences that exist in our three languages."""

    error_messages = {
        "invalid_login": gettext_lazy("This name and password do not belong together. Check both and try again."),
        "inactive": gettext_lazy("This name and password do not belong together. Check both and try again."),
    }

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in ("username", "password"):
            self.fields[name].error_messages["required"] = gettext_lazy("Fill in both your name and your password.")


class SignInView(LoginView):
    """The sign-in page. Who is signed in already goes on."""

    form_class = SignInForm
    template_name = "sign_in.html"
    redirect_authenticated_user = True
