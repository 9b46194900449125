import type { OutputPromise } from '@wheelhouse/core';
import { binOf, score_bins } from '@wheelhouse/core/learn';
import type { Tx } from '../ports.ts';
import {
  addToDays,
  addToGroups,
  type CountedOutput,
  type DayChange,
  type GroupChange,
  type GroupName,
  groupNames,
} from '../store/counts.ts';
import type { Place } from '../store/fan-out.ts';
import { addWaiting } from '../store/labels.ts';
import type { Batches } from './batches.ts';

/** So many attributes of an epoch, and values of each, are told apart, the first that came; the rest is
 *  counted as one, so that no input makes the counts grow without end (rule G60). */
export const most_attributes = 8;
export const most_values = 30;

/** An output that its gate's promise was asked of. */
export type Promised<Row extends { promise: OutputPromise | null }> = Row & {
  promise: OutputPromise;
};
export const isPromised = <Row extends { promise: OutputPromise | null }>(
  row: Row,
): row is Promised<Row> => row.promise !== null;

/** A label that an output got, lost or changed. */
export interface LabelChange extends Promised<CountedOutput> {
  /** 1, -1, or 0 where it only turned from right to wrong or back. */
  labelled: number;
  wrong: number;
}

/** An output that came just now. */
export type Came = Promised<CountedOutput> & Place & { awaited: boolean };

/** Counts what came just now, and what labels changed, by group and by day (rule G60). Outputs before
 *  labels: a group is told apart from its first output on. */
export async function countParts(
  tx: Tx,
  came: Came[],
  labels: LabelChange[],
  batches: Batches,
): Promise<void> {
  const asked = came
    .filter(({ awaited }) => awaited)
    .map((one) => ({ ...placeOf(one), batch: batches.at(placeOf(one), one) }));
  if (asked.length) addWaiting(tx, asked);
  const changes = [
    ...came.map((one) => ({ ...one, n: 1, labelled: 0, wrong: 0 })),
    ...labels.map((one) => ({ ...one, n: 0 })),
  ];
  if (!changes.length) return;
  const known = new Names(
    await groupNames(
      tx,
      [...new Set(changes.map(({ workspace_id }) => workspace_id))],
      [...new Set(changes.map(({ promise }) => promise.epoch_id))],
    ),
  );
  addToGroups(tx, summed(changes.flatMap((one) => groupsOf(one, known))));
  addToDays(tx, summed(changes.map(dayOf)));
}

type Change = LabelChange & { n: number };

const kindOf = ({ passed, promise, n, labelled, wrong }: Change) => ({
  ...{ passed, probability: promise.inclusion_probability },
  ...{ n, labelled, wrong },
});

function groupsOf(change: Change, known: Names): GroupChange[] {
  const { workspace_id, promise, groups } = change;
  const epoch = { workspace_id, epoch_id: promise.epoch_id };
  const places = [
    { attribute: '', value: '', rest: false },
    ...Object.entries(groups ?? {})
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([attribute, value]) => known.placeOf({ ...epoch, attribute, value })),
  ];
  return places.map((place) => ({ ...epoch, ...place, ...kindOf(change) }));
}

const dayOf = (change: Change): DayChange => ({
  ...{ ...placeOf(change), day: change.day },
  ...kindOf(change),
});

export function placeOf({ workspace_id, promise }: Promised<CountedOutput>) {
  const { epoch_id, tier, phase, score, weight } = promise;
  return { workspace_id, epoch_id, tier, phase, bin: binOf(score, score_bins), weight };
}

/** Each place once. */
function summed<Row extends { n: number; labelled: number; wrong: number }>(rows: Row[]): Row[] {
  const sums = new Map<string, Row>();
  for (const row of rows) {
    const { n, labelled, wrong, ...place } = row;
    const name = JSON.stringify(place);
    const sum = sums.get(name);
    if (!sum) sums.set(name, { ...row });
    else {
      sum.n += n;
      sum.labelled += labelled;
      sum.wrong += wrong;
    }
  }
  return [...sums.values()];
}

/** Which attributes and values of each epoch are told apart. */
class Names {
  readonly #values = new Map<string, Map<string, Set<string>>>();

  constructor(known: GroupName[]) {
    for (const one of known) if (one.attribute !== '' && !one.rest) this.#take(one);
  }

  /** Where an output is counted: under its value, its attribute's rest, or the rest of all. */
  placeOf(asked: Omit<GroupName, 'rest'>): Pick<GroupName, 'attribute' | 'value' | 'rest'> {
    const { attribute, value } = asked;
    const attributes = this.#of(asked);
    const nameless =
      attribute === '' || (!attributes.has(attribute) && attributes.size >= most_attributes);
    if (nameless) return { attribute: '', value: '', rest: true };
    const values = attributes.get(attribute);
    if (values && !values.has(value) && values.size >= most_values) {
      return { attribute, value: '', rest: true };
    }
    this.#take(asked);
    return { attribute, value, rest: false };
  }

  #of({ workspace_id, epoch_id }: Omit<GroupName, 'rest'>): Map<string, Set<string>> {
    const name = `${workspace_id} ${epoch_id}`;
    const found = this.#values.get(name) ?? new Map<string, Set<string>>();
    this.#values.set(name, found);
    return found;
  }

  #take(one: Omit<GroupName, 'rest'>): void {
    const attributes = this.#of(one);
    attributes.set(one.attribute, (attributes.get(one.attribute) ?? new Set()).add(one.value));
  }
}
