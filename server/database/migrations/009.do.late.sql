-- Since when the next delivery is overdue, once somebody is told of it; null again with the next delivery.
alter table syncs add column late_since timestamptz;

alter table alerts
  drop constraint alerts_kind_check,
  add constraint alerts_kind_check check (kind in ('failing', 'recovered', 'late')),
  -- Of lateness: by what it was due.
  add column due_by text check (due_by in ('schedule', 'rhythm'));
