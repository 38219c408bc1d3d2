"""Asking: a call, its questionnaire, responses, review, consent, publication."""
