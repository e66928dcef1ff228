import { type Interval, intervalOn, type PlainDate, type PlainTime } from '@app/time';

/** A site's openings on one weekday, on the wall clock; none: it does not open that day. Null: its hours are not kept. */
export type SiteHours = [opens: PlainTime, closes: PlainTime][] | null;

/** `SiteHours` of a row's site on a row's day, each given as columns. */
export const hoursOfSite = (space: string, site: string, day: string) =>
  `(select case when count(*) > 0 then coalesce(
      json_agg(json_build_array(to_char(h.opens, 'HH24:MI'), to_char(h.closes, 'HH24:MI')) order by h.opens)
        filter (where h.weekday = extract(isodow from ${day})), '[]') end
    from site_opening h where h.space_id = ${space} and h.site_id = ${site})`;

export function openingsOn(day: PlainDate, hours: NonNullable<SiteHours>, zone: string): Interval[] {
  return hours.map(([opens, closes]) => intervalOn(day, opens, closes, zone));
}
