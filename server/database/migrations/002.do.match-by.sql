-- Imports of the first release that still wait: what matched users by a property went, and goes, to the
-- integrations endpoint.
update imports set settings = (settings - 'joinProperty') || jsonb_build_object(
  'matchBy', case when settings ->> 'joinProperty' is null then 'identity' else 'heap_setup' end,
  'syncId', null,
  'madeFor', 'this_action'
)
where settings ? 'joinProperty';
