"""Which addresses of an office lead the governor? Each begins below /office/<office>/."""

from django.urls import URLPattern, URLResolver, path

from borderpass.web.office.governor import approve, decide, deputies, queue

urlpatterns: list[URLPattern | URLResolver] = [
    path("governor/", queue.queue_page, name="governor"),
    path("governor/approvals/", approve.approvals, name="governor_approvals"),
    path("governor/approvals/<uuid:batch_id>/", approve.batch_page, name="governor_batch"),
    path("governor/approvals/<uuid:batch_id>/outcome/", approve.outcome, name="governor_outcome"),
    path("governor/approvals/<uuid:batch_id>/touch/", approve.touch, name="governor_touch"),
    path("governor/approvals/<uuid:batch_id>/sign/", approve.sign, name="governor_sign"),
    path("governor/deputies/", deputies.deputies, name="governor_deputies"),
    path("governor/deputies/<uuid:deputy_id>/end/", deputies.end, name="governor_deputy_end"),
    path("applications/<uuid:application_id>/decide/", decide.decide, name="governor_decide"),
    path("applications/<uuid:application_id>/return/", decide.send_back, name="governor_return"),
    path("applications/<uuid:application_id>/refuse/", decide.refuse, name="governor_refuse"),
]
