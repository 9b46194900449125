import type uPlot from 'uplot';

const day_s = 86_400;
const month_s = 28 * day_s;
const year_s = 365 * day_s;
/** A day is an hour shorter where clocks are put forward. */
const short_day_s = 23 * 3_600;
const day_steps = [1, 2, 3, 4, 7, 14].map((days) => days * day_s);
const longer_steps = [
  ...[1, 2, 3, 4, 6].map((months) => months * month_s),
  ...[1, 2, 5, 10].map((years) => years * year_s),
];

interface Words {
  clock: string;
  day: string;
  month: string;
}

/** Words of a moment in a language, the reader's own where none is named. */
function wordsIn(language: string | undefined): (seconds: number) => Words {
  const clock = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short' });
  const month = new Intl.DateTimeFormat(language, { month: 'short', year: 'numeric' });
  return (seconds) => {
    const moment = new Date(seconds * 1_000);
    return { clock: clock.format(moment), day: day.format(moment), month: month.format(moment) };
  };
}

/** What stands at the marks of an axis of time, as the reader's language writes it; the plotting library
 *  has English words of its own. Of hours it says the time, and the day below where it begins or the axis
 *  does; of days the day, and of months the month.
 *  @param step seconds between two marks */
export function timeMarks(
  marks: readonly number[],
  step: number,
  language?: string | undefined,
): string[] {
  const words = wordsIn(language);
  let before = '';
  return marks.map((mark) => {
    const { clock, day, month } = words(mark);
    if (step >= month_s) return month;
    if (step >= day_s) return day;
    const begins = day !== before;
    before = day;
    return begins ? `${clock}\n${day}` : clock;
  });
}

/** The same as the plotting library asks for it. */
export const timeValues: uPlot.Axis.DynamicValues = (_plot, marks, _axis, _space, step) =>
  timeMarks(marks, step);

/** How far marks may lie apart: where there is one value a day, none between two days.
 *  @returns undefined where the plotting library's own steps do */
export function timeSteps(x: readonly number[]): number[] | undefined {
  const by_day = x.length > 1 && x.every((at, i) => !i || at - (x[i - 1] as number) >= short_day_s);
  return by_day ? [...day_steps, ...longer_steps] : undefined;
}
