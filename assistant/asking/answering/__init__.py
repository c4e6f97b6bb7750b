"""From results to answers: the sentence, the rows, the arithmetic, the places in the forms."""
