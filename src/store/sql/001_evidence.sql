-- Migration 1: the store. Once released, a migration's text never changes; a later one adds to it.
--
-- Evidence is never overwritten. A row of a package has an identity (item: study, resource, id), which a row names as self, and
-- versions; a version stands in the editions from first_edition to last_edition (null: still stands).
-- References point at identities, so they hold across editions. Lists of ids (citations above all) are
-- kept as written in their column and resolved, with role and order, in table link.

CREATE TABLE study (
  study INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE edition (
  study INTEGER NOT NULL REFERENCES study,
  number INTEGER NOT NULL,
  released TEXT,               -- null: a working copy, replaced whole when files changed
  date TEXT NOT NULL,          -- the study's date: the default of --as-of
  model TEXT NOT NULL,
  model_text TEXT,             -- the model itself, where it is a file of the package
  content_sha256 TEXT NOT NULL,
  descriptor TEXT NOT NULL,    -- datapackage.json as loaded
  PRIMARY KEY (study, number)
) STRICT;

CREATE TABLE item (
  item INTEGER PRIMARY KEY,
  study INTEGER NOT NULL REFERENCES study,
  resource TEXT NOT NULL,
  id TEXT NOT NULL,
  UNIQUE (study, resource, id)
) STRICT;

CREATE TABLE link (
  resource TEXT NOT NULL,
  version INTEGER NOT NULL,
  field TEXT NOT NULL,
  position INTEGER NOT NULL,
  target INTEGER NOT NULL REFERENCES item,
  role TEXT,
  PRIMARY KEY (resource, version, field, position)
) STRICT, WITHOUT ROWID;

-- One table for each resource of the package format; published is the latest date among a row's
-- citations of role source (of the evidence that it rests on, for a coding).

CREATE TABLE actors (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  label_en TEXT,
  label_de TEXT,
  kind TEXT,
  state INTEGER REFERENCES item,
  parent INTEGER REFERENCES item,
  code TEXT,
  system TEXT,
  start TEXT,
  end TEXT,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX actors_self ON actors(self);
CREATE TABLE offices (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  label_en TEXT,
  label_de TEXT,
  state INTEGER REFERENCES item,
  weight_class TEXT,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX offices_self ON offices(self);
CREATE TABLE holders (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  office INTEGER REFERENCES item,
  actor INTEGER REFERENCES item,
  start TEXT,
  end TEXT,
  share REAL,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX holders_self ON holders(self);
CREATE TABLE places (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  label_en TEXT,
  label_de TEXT,
  kind TEXT,
  state INTEGER REFERENCES item,
  parent INTEGER REFERENCES item,
  latitude REAL,
  longitude REAL,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX places_self ON places(self);
CREATE TABLE roles (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  label_en TEXT,
  label_de TEXT,
  actor INTEGER REFERENCES item,
  note TEXT
) STRICT;
CREATE INDEX roles_self ON roles(self);
CREATE TABLE alliances (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  label_en TEXT,
  label_de TEXT,
  kind TEXT,
  reference INTEGER,
  start TEXT,
  end TEXT,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX alliances_self ON alliances(self);
CREATE TABLE members (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  alliance INTEGER REFERENCES item,
  actor INTEGER REFERENCES item,
  role TEXT,
  start TEXT,
  end TEXT,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX members_self ON members(self);
CREATE TABLE provisions (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  label_en TEXT,
  label_de TEXT,
  alliance INTEGER REFERENCES item,
  instrument TEXT,
  article TEXT,
  obligor INTEGER REFERENCES item,
  beneficiary INTEGER REFERENCES item,
  obligation TEXT,
  trigger_en TEXT,
  trigger_de TEXT,
  area_en TEXT,
  area_de TEXT,
  means_en TEXT,
  means_de TEXT,
  condition_en TEXT,
  condition_de TEXT,
  exception_en TEXT,
  exception_de TEXT,
  start TEXT,
  end TEXT,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX provisions_self ON provisions(self);
CREATE TABLE readings (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  provision INTEGER REFERENCES item,
  actor INTEGER REFERENCES item,
  reading_en TEXT,
  reading_de TEXT,
  form TEXT,
  date TEXT,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX readings_self ON readings(self);
CREATE TABLE institutions (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  label_en TEXT,
  label_de TEXT,
  function TEXT,
  kind TEXT,
  alliance INTEGER REFERENCES item,
  start TEXT,
  end TEXT,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX institutions_self ON institutions(self);
CREATE TABLE participants (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  institution INTEGER REFERENCES item,
  actor INTEGER REFERENCES item,
  role TEXT,
  start TEXT,
  end TEXT,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX participants_self ON participants(self);
CREATE TABLE ties (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  label_en TEXT,
  label_de TEXT,
  a INTEGER REFERENCES item,
  b INTEGER REFERENCES item,
  kind TEXT,
  sign INTEGER,
  start TEXT,
  end TEXT,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX ties_self ON ties(self);
CREATE TABLE statuses (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  item INTEGER REFERENCES item,
  status TEXT,
  label_en TEXT,
  label_de TEXT,
  start TEXT,
  end TEXT,
  stated_by INTEGER REFERENCES item,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX statuses_self ON statuses(self);
CREATE TABLE events (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  label_en TEXT,
  label_de TEXT,
  kind TEXT,
  actors TEXT,
  alliance INTEGER REFERENCES item,
  institution INTEGER REFERENCES item,
  place INTEGER REFERENCES item,
  start TEXT,
  end TEXT,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX events_self ON events(self);
CREATE TABLE capabilities (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  label_en TEXT,
  label_de TEXT,
  actor INTEGER REFERENCES item,
  kind TEXT,
  stage TEXT,
  quantity REAL,
  supplier INTEGER REFERENCES item,
  start TEXT,
  end TEXT,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX capabilities_self ON capabilities(self);
CREATE TABLE indicators (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  label_en TEXT,
  label_de TEXT,
  description_en TEXT,
  description_de TEXT,
  unit TEXT,
  subjects TEXT,
  partner_directed INTEGER,
  minimum REAL,
  maximum REAL,
  note TEXT
) STRICT;
CREATE INDEX indicators_self ON indicators(self);
CREATE TABLE definitions (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  label_en TEXT,
  label_de TEXT,
  accounting TEXT,
  includes_en TEXT,
  includes_de TEXT,
  excludes_en TEXT,
  excludes_de TEXT,
  parent INTEGER REFERENCES item,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX definitions_self ON definitions(self);
CREATE TABLE comparability (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  item_a INTEGER REFERENCES item,
  item_b INTEGER REFERENCES item,
  comparable TEXT,
  reason_en TEXT,
  reason_de TEXT,
  stated_by INTEGER REFERENCES item,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX comparability_self ON comparability(self);
CREATE TABLE rates (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  from_currency TEXT,
  to_currency TEXT,
  date TEXT,
  value REAL,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX rates_self ON rates(self);
CREATE TABLE observations (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  indicator INTEGER REFERENCES item,
  actor INTEGER REFERENCES item,
  partner INTEGER REFERENCES item,
  alliance INTEGER REFERENCES item,
  place INTEGER REFERENCES item,
  institution INTEGER REFERENCES item,
  period TEXT,
  value REAL,
  low REAL,
  high REAL,
  low_strict INTEGER,
  high_strict INTEGER,
  rank INTEGER,
  rank_of INTEGER,
  compared_with INTEGER REFERENCES item,
  comparison TEXT,
  unit TEXT,
  currency TEXT,
  price_basis TEXT,
  definition INTEGER REFERENCES item,
  parent INTEGER REFERENCES item,
  nesting TEXT,
  status TEXT,
  stated_by INTEGER REFERENCES item,
  addressed_to INTEGER REFERENCES item,
  qualifier TEXT,
  data_year INTEGER,
  converted_value REAL,
  converted_unit TEXT,
  converted_currency TEXT,
  grade TEXT,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX observations_self ON observations(self);
CREATE TABLE scales (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  label_en TEXT,
  label_de TEXT,
  minimum REAL,
  maximum REAL,
  measurement TEXT,
  note TEXT
) STRICT;
CREATE INDEX scales_self ON scales(self);
CREATE TABLE anchors (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  scale INTEGER REFERENCES item,
  value REAL,
  label_en TEXT,
  label_de TEXT,
  description_en TEXT,
  description_de TEXT
) STRICT;
CREATE INDEX anchors_self ON anchors(self);
CREATE TABLE issues (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  label_en TEXT,
  label_de TEXT,
  kind TEXT,
  role TEXT,
  scale INTEGER REFERENCES item,
  low_en TEXT,
  low_de TEXT,
  high_en TEXT,
  high_de TEXT,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX issues_self ON issues(self);
CREATE TABLE positions (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  issue INTEGER REFERENCES item,
  actor INTEGER REFERENCES item,
  partner INTEGER REFERENCES item,
  alliance INTEGER REFERENCES item,
  start TEXT,
  end TEXT,
  label_en TEXT,
  label_de TEXT,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX positions_self ON positions(self);
CREATE TABLE threats (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  issue INTEGER REFERENCES item,
  actor INTEGER REFERENCES item,
  source INTEGER REFERENCES item,
  kind TEXT,
  theatre INTEGER REFERENCES item,
  start TEXT,
  end TEXT,
  label_en TEXT,
  label_de TEXT,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX threats_self ON threats(self);
CREATE TABLE support (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  issue INTEGER REFERENCES item,
  actor INTEGER REFERENCES item,
  alliance INTEGER REFERENCES item,
  start TEXT,
  end TEXT,
  label_en TEXT,
  label_de TEXT,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX support_self ON support(self);
CREATE TABLE contingencies (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  label_en TEXT,
  label_de TEXT,
  place INTEGER REFERENCES item,
  adversary INTEGER REFERENCES item,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX contingencies_self ON contingencies(self);
CREATE TABLE stakes (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  contingency INTEGER REFERENCES item,
  actor INTEGER REFERENCES item,
  start TEXT,
  end TEXT,
  label_en TEXT,
  label_de TEXT,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX stakes_self ON stakes(self);
CREATE TABLE coders (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  label_en TEXT,
  label_de TEXT,
  description_en TEXT,
  description_de TEXT,
  note TEXT
) STRICT;
CREATE INDEX coders_self ON coders(self);
CREATE TABLE codings (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  item INTEGER REFERENCES item,
  aspect TEXT,
  coder INTEGER REFERENCES item,
  value REAL,
  low REAL,
  high REAL,
  rationale_en TEXT,
  rationale_de TEXT,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX codings_self ON codings(self);
CREATE TABLE claims (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  holder INTEGER REFERENCES item,
  condition_en TEXT,
  condition_de TEXT,
  statement_en TEXT,
  statement_de TEXT,
  modality TEXT,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX claims_self ON claims(self);
CREATE TABLE checks (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  expectation TEXT,
  label_en TEXT,
  label_de TEXT,
  measure TEXT,
  left TEXT,
  relation TEXT,
  right TEXT,
  margin REAL,
  at_least INTEGER,
  waits_for TEXT,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX checks_self ON checks(self);
CREATE TABLE terms (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  abbreviation TEXT,
  label_en TEXT,
  label_de TEXT,
  definition_en TEXT,
  definition_de TEXT,
  citations TEXT,
  note TEXT
) STRICT;
CREATE INDEX terms_self ON terms(self);
CREATE TABLE citations (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  source INTEGER REFERENCES item,
  anchor TEXT,
  footnote INTEGER,
  page INTEGER,
  section TEXT,
  cell TEXT,
  locator TEXT,
  kind TEXT,
  stance TEXT,
  accessed TEXT,
  printed_target INTEGER,
  resolved_target INTEGER REFERENCES item,
  note TEXT
) STRICT;
CREATE INDEX citations_self ON citations(self);
CREATE TABLE scenarios (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  label_en TEXT,
  label_de TEXT,
  path TEXT,
  note TEXT
) STRICT;
CREATE INDEX scenarios_self ON scenarios(self);
CREATE TABLE models (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  label_en TEXT,
  label_de TEXT,
  path TEXT,
  note TEXT
) STRICT;
CREATE INDEX models_self ON models(self);
CREATE TABLE sources (
  version INTEGER PRIMARY KEY,
  self INTEGER NOT NULL REFERENCES item,
  first_edition INTEGER NOT NULL,
  last_edition INTEGER,
  line INTEGER NOT NULL,
  published TEXT,
  title TEXT,
  csl TEXT NOT NULL
) STRICT;
CREATE INDEX sources_self ON sources(self);
