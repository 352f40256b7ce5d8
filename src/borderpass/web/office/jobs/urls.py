"""Which addresses show long work? Each begins below /office/<office>/."""

from django.urls import URLPattern, URLResolver, path

from borderpass.web.office.jobs.views import job_list, job_page, job_progress, job_result

urlpatterns: list[URLPattern | URLResolver] = [
    path("jobs/", job_list, name="office_jobs"),
    path("jobs/<uuid:job_id>/", job_page, name="office_job"),
    path("jobs/<uuid:job_id>/progress/", job_progress, name="office_job_progress"),
    path("jobs/<uuid:job_id>/result/", job_result, name="office_job_result"),
]
