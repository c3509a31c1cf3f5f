"""The addresses about people and roles, beside those of allauth under /{language}/account/."""

from django.urls import path

from accounts.views import applications, invitations, me, people

app_name = "accounts"
urlpatterns = [
    path("", me.profile, name="profile"),
    path("roles/", me.roles, name="roles"),
    path("roles/apply/", applications.apply, name="apply"),
    path("roles/<int:pk>/end/", people.end_role, name="end_role"),
    path("people/", people.people, name="people"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/grant/", people.grant, name="grant"),
    path("people/<int:pk>/close/", people.close, name="close"),
    path("invitations/", invitations.invitations, name="invitations"),
    path("invitations/new/", invitations.invite, name="invite"),
    path("invitations/<int:pk>/withdraw/", invitations.withdraw, name="withdraw_invitation"),
    path("invitation/<str:token>/", invitations.accept, name="accept_invitation"),
    path("applications/", applications.applications, name="applications"),
    path("applications/<int:pk>/", applications.application, name="application"),
    path("applications/<int:pk>/withdraw/", applications.withdraw, name="withdraw_application"),
]
