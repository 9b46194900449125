import { makeId, toMs } from '@wheelhouse/core';
import { trainClassifier } from '@wheelhouse/core/learn';
import type { Config } from '../../config.ts';
import { createApp } from '../../http/app.ts';
import { backgroundJobs } from '../../jobs/all.ts';
import { runJobs } from '../../jobs/run.ts';
import type { Database, Log, Network, Ports } from '../../ports.ts';
import { documents } from '../../world/documents/documents.ts';
import { signedIdentities } from '../../world/identity.ts';
import { type Front, lodge } from './front.ts';
import type { Random, Streams } from './random.ts';
import type { Stage } from './stage.ts';
import { shakyStorage } from './storage.ts';
import type { VirtualTime } from './time.ts';

/** One whole server: its memory, its jobs and its HTTP side, over simulated ports. */
export interface Node {
  /** Its name and which of its lives this is: `alpha.2`. */
  name: string;
  front: Front;
  alive: boolean;
  /** Whether it has found its place in the event log, and serves. */
  serving: boolean;
  /** Wakes it, as a notice from another node does. */
  tell(): void;
  /** Ends it as SIGKILL does: nothing it has under way goes on. */
  kill(): void;
  /** Resolves when it is killed. */
  died: Promise<void>;
}

export interface Ground {
  stage: Stage;
  time: VirtualTime;
  streams: Streams;
  config: Config;
  engine: Database;
  networkOf(node: string): Network;
  notify(from: string): void;
  loses?(): boolean;
  say(line: string): void;
}

/** Starts a node in a front. It serves when its first look at the log has had its turn. */
export function startNode(ground: Ground, name: string, front: Front): Node {
  const { stage, time, config, engine, networkOf, notify, loses } = ground;
  let die = () => {};
  const died = new Promise<void>((resolve) => {
    die = resolve;
  });
  const kill = () => {
    if (!node.alive) return;
    node.alive = false;
    node.serving = false;
    stage.drop(name);
    front.house(undefined);
    die();
    ground.say(`${name} is killed`);
  };
  const storage = shakyStorage({ node: name, stage, time, engine, notify, kill, loses });
  const ports = portsOf(ground, name, storage.database, networkOf(name));
  const app = createApp(ports, config);
  const node: Node = {
    name,
    front,
    alive: true,
    serving: false,
    tell: storage.tell,
    died,
    kill,
  };
  front.house(lodge(app));
  const begin = async () => {
    for (;;) {
      try {
        await app.tail.start();
        break;
      } catch (error) {
        ground.say(`${name} did not start: ${(error as Error).message}`);
        await ports.clock.pause(1_000);
      }
    }
    node.serving = true;
    for (const job of backgroundJobs(ports, app.rulings, app.submit)) {
      stage.as(`${name} ${job.name}`, () => void runJobs(ports, [job]));
    }
  };
  stage.as(`${name} tail`, () => void begin());
  return node;
}

function portsOf(ground: Ground, name: string, database: Database, network: Network): Ports {
  const chance: Random = ground.streams(`chance of ${name}`);
  const complain = (facts: object, words: string) =>
    ground.say(`${name} logs: ${words} ${JSON.stringify(facts)}`);
  const log: Log = { info: () => {}, warn: complain, error: complain };
  return {
    clock: ground.time.clockOf(name),
    chance,
    database,
    network,
    log,
    trainer: { train: async (examples, options) => trainClassifier(examples, options) },
    identities: signedIdentities,
    documents: documents(),
    language_model: null,
    makeId: (noun, at) => makeId(noun, toMs(at), chance.bytes(10)),
  };
}
