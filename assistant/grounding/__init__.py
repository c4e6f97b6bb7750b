"""Whether a text stands on its facts: every figure and name is looked for in form, words and evidence."""
