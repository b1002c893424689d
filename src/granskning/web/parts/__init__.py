"""What every view is made of: the request, forms and what comes back of them, clashes, findings in the form’s words."""
