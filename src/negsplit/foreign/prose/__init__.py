"""A coach's mail as drafts: what is certain is written as steps, what is not as a question above them."""
