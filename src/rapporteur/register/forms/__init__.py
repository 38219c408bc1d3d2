"""The steps in which an activity is written, each a form. Read ``base``, then ``steps``."""

from rapporteur.register.forms.base import StepForm
from rapporteur.register.forms.steps import STEPS, Step, after, find_step, step_of_field

__all__ = ["STEPS", "Step", "StepForm", "after", "find_step", "step_of_field"]
