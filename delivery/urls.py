"""The page of a demonstration's mails, under /{language}/desk/."""

from django.urls import path

from delivery import views

app_name = "delivery"
urlpatterns = [path("mail/", views.mails, name="mails")]
