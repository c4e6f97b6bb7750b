"""问答: questions over past forms, their answers, corrections and the notebook."""
