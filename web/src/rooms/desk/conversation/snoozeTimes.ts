const hour_ms = 3_600_000;
const morning = 9;

/** Times to put a conversation aside until, by the clock of whoever looks; those that would be the same
 *  as one before are left out. */
export function snoozeTimes(now: Date): { label: string; at: Date }[] {
  const days = (count: number) => {
    const at = new Date(now);
    at.setDate(at.getDate() + count);
    at.setHours(morning, 0, 0, 0);
    return at;
  };
  const to_monday = (8 - now.getDay()) % 7 || 7;
  const times = [
    { label: 'In an hour', at: new Date(now.getTime() + hour_ms) },
    { label: 'In four hours', at: new Date(now.getTime() + 4 * hour_ms) },
    { label: 'Tomorrow morning', at: days(1) },
    { label: 'Monday morning', at: days(to_monday) },
    { label: 'In a week', at: days(7) },
  ];
  return times.filter(
    ({ at }, place) => times.findIndex((one) => one.at.getTime() === at.getTime()) === place,
  );
}
