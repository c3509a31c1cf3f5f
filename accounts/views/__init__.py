"""The pages about people and roles."""

from django.contrib import messages

from accounts.actions import ActionRefused


def carry_out(request, form, action, *, done, **arguments):
    """Call the action and say what happened; a refusal stands in the form, and nothing was done."""
    try:
        action(by=request.user, **arguments)
    except ActionRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    messages.success(request, done)
    return True
