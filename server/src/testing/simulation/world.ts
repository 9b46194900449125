import { makeId } from '@wheelhouse/core';
import type { Scene } from './acts/act.ts';
import { clientsOf } from './clients.ts';
import { clusterOf } from './cluster.ts';
import { openLedger } from './ledger.ts';
import { found } from './people.ts';
import { streamsOf } from './random.ts';
import { receivers } from './receivers.ts';
import { type Sabotage, sabotaged } from './sabotage.ts';
import { schedule } from './schedule.ts';
import { openStage } from './stage.ts';
import type { Theatre } from './theatre.ts';
import { virtualTime } from './time.ts';
import { openTrace } from './trace.ts';
import { type Weather, weatherOf } from './weather.ts';

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
  const { config, engine, owner } = theatre;
  const plain = { stage, time, streams, config, engine, say: trace.say, notify: () => {} };
  const ground = sabotaged({ ...plain, networkOf: outside.networkOf }, sabotage);
  const { nodes, names, start } = clusterOf(ground, theatre.fronts);
  let over = false;
  let numbers = 0;
  const isOver = () => over;
  const clients = clientsOf({ stage, time, streams, weather, nodes, trace, book, isOver });
  const ids = streams('ids of callers');
  const scene: Scene = {
    clients,
    book,
    people,
    random: streams('acts'),
    time,
    isOver,
    number: () => ++numbers,
    ownId: (noun) => makeId(noun, time.now_ms(), ids.bytes(10)),
  };
  return {
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
    schedule: schedule(stage, time, weather, streams('schedule')),
    owner,
    /** The play is over: nothing is lost any more, and receivers are as they are in the end. */
    calmDown() {
      over = true;
      outside.calm();
      for (const fault of Object.keys(weather) as (keyof Weather)[]) weather[fault] = 0;
    },
  };
}
export type World = Awaited<ReturnType<typeof openWorld>>;
