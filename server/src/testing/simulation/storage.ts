import { refuse } from '@wheelhouse/core';
import type { Database, Tx } from '../../ports.ts';
import type { Stage } from './stage.ts';
import type { VirtualTime } from './time.ts';
import type { Fate } from './weather.ts';

/** Longer than any transaction here takes on a busy machine: virtual time alone ends waits. */
const patience_ms = 60_000;

/** How a transaction's turn comes: what becomes of it, and whether its commit is held open. */
export interface Turn {
  fate: Fate;
  held: boolean;
}

export interface StorageOptions {
  node: string;
  stage: Stage;
  time: VirtualTime;
  /** The real engine. */
  engine: Database;
  /** Tells the other nodes. */
  notify(from: string): void;
  /** Ends this node, as by SIGKILL. */
  kill(): void;
  /** For proving that the simulation sees: an engine that confirms this one and does not keep it. */
  loses?(): boolean;
}

class Broken extends Error {}
const never = <Result>() => new Promise<Result>(() => {});

/** The database of one node: the real engine, reached over a line that breaks, one transaction at a
 *  time, each when its turn comes. */
export function shakyStorage(options: StorageOptions) {
  const { node, stage, time, engine, kill, notify, loses } = options;
  const listeners = new Set<() => void>();
  const tell = () => {
    for (const listener of listeners) listener();
  };

  const transact: Database['transact'] = async (scope, work) => {
    const { fate, held } = await stage.park<Turn>('transaction', node).turn;
    if (fate === 'unreachable') throw refuse('unavailable', {});
    let tries = 0;
    let lost: { result: Awaited<ReturnType<typeof work>> } | undefined;
    const once = async (tx: Tx) => {
      const result = await work({ ...tx, now: time.now() });
      tries += 1;
      if (fate === 'conflict' && tries === 1) throw conflict();
      if (fate === 'cut' || fate === 'killed_before') throw new Broken();
      if (loses?.()) {
        lost = { result };
        throw new Broken();
      }
      if (held) {
        // Not waited for from here on, so that others have their turns while it stays open.
        opened();
        const word = await stage.park<'killed' | undefined>('commit', node).turn;
        void stage.work(ended);
        if (word === 'killed') throw new Broken();
      }
      return result;
    };
    let opened = () => {};
    const open = new Promise<void>((resolve) => {
      opened = resolve;
    });
    const doing = engine.transact(scope, once, { patience_ms });
    const ended = doing.then(
      () => {},
      () => {},
    );
    try {
      await stage.work(Promise.race([open, ended]));
      const result = await doing;
      if (fate === 'killed_after') kill();
      else if (fate === 'unknown') throw unknownEnd();
      else return result;
    } catch (thrown) {
      if (lost) return lost.result;
      if (!(thrown instanceof Broken)) throw thrown;
      if (fate === 'cut') throw refuse('unavailable', {});
      kill();
    }
    return never();
  };

  const database: Database = {
    transact,
    onWake: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    wake: () => {
      tell();
      notify(node);
    },
    connections: () => ({ open: 0, idle: 0, waiting: 0 }),
    close: async () => {},
  };
  return { database, tell };
}

const conflict = () => Object.assign(new Error('could not serialize'), { code: '40001' });
const unknownEnd = () =>
  refuse('unavailable', { unknown: true }, 'The database did not confirm in time.');
