-- On the list of a group: who did not come, and had said so.
alter table appointment
  add column excused boolean not null default false,
  add check (not excused or state = 'noShow');
