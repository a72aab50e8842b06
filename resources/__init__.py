"""What a person may want to change without touching code: fields, rules, texts, templates, fonts, words."""
