"""People who sign in: their page, the organizations they ask to join, the roles they are given."""
