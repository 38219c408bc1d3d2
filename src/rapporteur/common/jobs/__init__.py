"""Long work in the background, with progress: a row says what is done, by whom, how far it is.

A room registers what its jobs do (``registry.add_job_kind``) and starts one with
``actions.start_job``. A job is idempotent: a worker that was killed leaves nothing half done, and
its job is run once more.
"""
