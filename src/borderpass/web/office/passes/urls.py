"""Which addresses of an office lead to its passes? Each begins below /office/<office>/."""

from django.urls import URLPattern, URLResolver, path

from borderpass.web.office.passes import again, death, find, one, stack

urlpatterns: list[URLPattern | URLResolver] = [
    path("passes/", find.find, name="passes"),
    path("passes/stack/", stack.begin, name="passes_stack"),
    path("passes/stack/<uuid:stack_id>/", stack.show, name="passes_stack_one"),
    path("passes/stack/<uuid:stack_id>/fees/", stack.fees, name="passes_stack_fees"),
    path("passes/stack/<uuid:stack_id>/receipts/", stack.receipts, name="passes_stack_receipts"),
    path("passes/<str:number>/", one.one, name="passes_one"),
    path("passes/<str:number>/standing/", one.change, name="passes_standing"),
    path("passes/<str:number>/death/", death.report, name="passes_death"),
    path("passes/<str:number>/again/<str:again>/", again.ask, name="passes_again"),
    path("applications/<uuid:application_id>/pass/", one.of_application, name="passes_of_application"),
]
