-- Of what the fingerprints of an import tell: they count only for the Heap, and the database, that they were made in.
alter table imports
  -- Base URL of the Heap that its rows are for; null: it was not kept yet.
  add column heap_url text,
  -- What tells the database from copies and earlier states of it; null: it was not kept yet.
  add column known_lineage text;
