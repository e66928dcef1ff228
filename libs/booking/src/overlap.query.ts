interface At {
  /** SQL of each: the person, an appointment that does not count, and the hours. */
  usager: string;
  but: string;
  start: string;
  end: string;
}

/**
 * SQL, with the space as $1: what else of this person's is at that hour, of what the viewer may see. An `Overlap` or null.
 * Someone written down twice, by two services, is looked for under both: the same number, and a name that sounds the same.
 */
export const overlapAt = ({ usager, but, start, end }: At): string => `(
  select case when bool_or(who.is_her) then 'hers' when count(*) > 0 then 'namesake' end
  from (
    select ${usager} as id, true as is_her
    union all
    select twin.id, false from usager me
    join usager twin on twin.space_id = me.space_id and twin.phone = me.phone and twin.last_sound = me.last_sound
      and twin.first_sound = me.first_sound and twin.id <> me.id
    where me.space_id = $1 and me.id = ${usager}
  ) who
  join appointment other on other.space_id = $1 and other.usager_id = who.id and other.id <> ${but}
    and other.starts_at > ${start} - interval '1 day' and other.starts_at < ${end} and other.ends_at > ${start}
    and other.state not in ('cancelledByUsager', 'cancelledByAgent') and not other.confidential)`;
