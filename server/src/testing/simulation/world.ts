import { makeId } from '@wheelhouse/core';
import type { Scene } from './acts/act.ts';
import { clientsOf } from './clients.ts';
import { openLedger } from './ledger.ts';
import { type Ground, type Node, startNode } from './node.ts';
import { found } from './people.ts';
import { streamsOf } from './random.ts';
import { receivers } from './receivers.ts';
import { schedule } from './schedule.ts';
import { openStage } from './stage.ts';
import type { Theatre } from './theatre.ts';
import { virtualTime } from './time.ts';
import { openTrace } from './trace.ts';
import { weatherOf } from './weather.ts';

/** A fault that is put in on purpose, to prove that it would be seen. */
export interface Sabotage {
  /** The engine confirms some transactions and does not keep them. */
  loses_commits?: boolean;
  /** The network says that a delivery arrived, and drops it. */
  forgets_deliveries?: boolean;
}

const names = ['alpha', 'beta'];

/** Everything of one run: the nodes, those outside, and time. */
export async function openWorld(theatre: Theatre, seed: number, sabotage: Sabotage = {}) {
  await theatre.empty();
  const streams = streamsOf(seed);
  const stage = openStage();
  const time = virtualTime(stage);
  const trace = openTrace(time);
  const book = openLedger();
  const weather = weatherOf(streams);
  const people = await found(theatre.engine, time, streams);
  const { signIn } = people;
  people.signIn = (person) => stage.work(signIn(person));
  const outside = receivers(stage, time, streams, weather.receiver);
  const nodes: Node[] = [];
  let over = false;
  let numbers = 0;

  const notify = (from: string) => {
    for (const node of nodes.filter(({ name, alive }) => alive && name !== from)) {
      const coming = stage.parked.some((one) => one.wait === 'notice' && one.node === node.name);
      if (coming) continue;
      const { turn } = stage.park<'lost' | undefined>('notice', node.name);
      void turn.then((word) => word !== 'lost' && node.tell());
    }
  };
  const ground: Ground = {
    stage,
    time,
    streams,
    config: theatre.config,
    engine: theatre.engine,
    networkOf: outside.networkOf,
    notify,
    say: trace.say,
  };
  const losing = streams('sabotage');
  if (sabotage.loses_commits) ground.loses = () => losing.happens(0.02);
  if (sabotage.forgets_deliveries) {
    ground.networkOf = (node) => ({
      ...outside.networkOf(node),
      send: async (request) =>
        losing.happens(0.2)
          ? { status: 200, headers: {}, body: '' }
          : outside.networkOf(node).send(request),
    });
  }

  const lives = new Map<string, number>();
  const start = (name: string) => {
    const life = (lives.get(name) ?? 0) + 1;
    lives.set(name, life);
    const front = theatre.fronts[names.indexOf(name)];
    if (!front) throw new Error(`there is no front for ${name}`);
    const at = nodes.findIndex((node) => node.name.startsWith(`${name}.`));
    const node = startNode(ground, `${name}.${life}`, front);
    if (at >= 0) nodes[at] = node;
    else nodes.push(node);
    trace.say(`${node.name} starts`);
  };

  const acting = streams('acts');
  const ids = streams('ids of callers');
  const clients = clientsOf({
    stage,
    time,
    streams,
    weather,
    nodes,
    trace,
    book,
    isCalm: () => over,
  });
  const scene: Scene = {
    clients,
    book,
    people,
    random: acting,
    time,
    isOver: () => over,
    number: () => ++numbers,
    ownId: (noun) => makeId(noun, time.now_ms(), ids.bytes(10)),
  };
  const scheduling = schedule(stage, time, weather, streams('schedule'));
  return {
    seed,
    streams,
    stage,
    time,
    trace,
    book,
    weather,
    people,
    outside,
    nodes,
    names,
    start,
    scene,
    schedule: scheduling,
    owner: theatre.owner,
    /** The play is over: nothing is lost any more, and receivers are as they are in the end. */
    calmDown() {
      over = true;
      outside.calm();
      for (const fault of Object.keys(weather) as (keyof typeof weather)[]) weather[fault] = 0;
    },
  };
}
export type World = Awaited<ReturnType<typeof openWorld>>;
