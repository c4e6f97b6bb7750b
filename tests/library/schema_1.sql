-- The tables as the program made them before their version was noted.
CREATE TABLE audit (
  id INTEGER NOT NULL,
  at DATETIME NOT NULL,
  subject VARCHAR(60) NOT NULL,
  version INTEGER NOT NULL,
  "by" TEXT NOT NULL,
  what TEXT NOT NULL,
  edits JSON NOT NULL,
  PRIMARY KEY (id)
);
CREATE INDEX audit_subject ON audit (subject, id);
CREATE TABLE drafts (
  id VARCHAR(32) NOT NULL,
  newest INTEGER NOT NULL,
  created_at DATETIME NOT NULL,
  changed_at DATETIME NOT NULL,
  PRIMARY KEY (id)
);
CREATE INDEX ix_drafts_changed_at ON drafts (changed_at);
CREATE TABLE forms (
  number INTEGER NOT NULL,
  identity VARCHAR(64) NOT NULL,
  content VARCHAR(64) NOT NULL,
  state VARCHAR(20) NOT NULL,
  project_name TEXT NOT NULL,
  unit TEXT NOT NULL,
  year INTEGER,
  body JSON NOT NULL,
  source_file TEXT NOT NULL,
  version INTEGER NOT NULL,
  added_at DATETIME NOT NULL,
  changed_at DATETIME NOT NULL,
  PRIMARY KEY (number),
  UNIQUE (identity)
);
CREATE INDEX ix_forms_state ON forms (state);
CREATE TABLE library_state (
  "key" VARCHAR(40) NOT NULL,
  value INTEGER NOT NULL,
  PRIMARY KEY ("key")
);
CREATE TABLE draft_versions (
  draft_id VARCHAR(32) NOT NULL,
  version INTEGER NOT NULL,
  body JSON NOT NULL,
  log JSON NOT NULL,
  saved_at DATETIME NOT NULL,
  PRIMARY KEY (draft_id, version),
  FOREIGN KEY(draft_id) REFERENCES drafts (id)
);
CREATE TABLE form_versions (
  number INTEGER NOT NULL,
  version INTEGER NOT NULL,
  content VARCHAR(64) NOT NULL,
  body JSON NOT NULL,
  replaced_at DATETIME NOT NULL,
  PRIMARY KEY (number, version),
  FOREIGN KEY(number) REFERENCES forms (number)
);
