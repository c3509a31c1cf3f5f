"""Every address: what anybody may read, and what needs to know who asks."""

from bch_portal import private_urls, public_urls

urlpatterns = [*public_urls.urlpatterns, *private_urls.urlpatterns]

handler400 = "bch_portal.errors.bad_request"
handler403 = "bch_portal.errors.permission_denied"
handler404 = "bch_portal.errors.page_not_found"
handler500 = "bch_portal.errors.server_error"
