import { day } from '@wheelhouse/core';
import { isSigned, type Received } from '../receivers.ts';
import type { World } from '../world.ts';
import { by, type DeliveryRow, type EventRow, type Evidence, ms } from './evidence.ts';

/** What ended is forgotten after this time. */
const kept_ms = 30 * day;

/** Every event reached whom it was for, or visibly did not; each under one id, signed, unchanged. */
export function checkDeliveries(world: World, evidence: Evidence): void {
  const { book, outside } = world;
  const { deliveries, events } = evidence;
  const event_of = new Map(events.map((event) => [event.seq, event]));
  const received = by(outside.received, ({ id }) => id);
  const died = new Set(
    events.filter(({ type }) => type === 'delivery.died').map(({ subject }) => subject),
  );
  const once = by(deliveries, ({ seq, webhook_id }) => `${seq} ${webhook_id}`);
  for (const [name, rows] of once) {
    if (rows.length > 1) book.fault('D1', `event ${name} became ${rows.length} deliveries`);
  }
  for (const one of deliveries) {
    const arrivals = received.get(one.id) ?? [];
    received.delete(one.id);
    if (one.state === 'waiting') book.fault('D2', `${one.id} neither arrived nor died`);
    if (one.state === 'dead' && !died.has(one.id)) book.fault('D2', `${one.id} died unseen`);
    if (one.state === 'delivered' && !arrivals.some(({ accepted }) => accepted)) {
      book.fault('D2', `${one.id} is called delivered, and nobody accepted it`);
    }
    const event = event_of.get(one.seq);
    if (!event) book.fault('D1', `${one.id} tells of no event`);
    else for (const arrival of arrivals) checkArrival(world, evidence, one, event, arrival);
  }
  for (const [id, [first]] of received) {
    const told_at = first ? ms(JSON.parse(first.body).time) : 0;
    if (isKept(world, told_at)) book.fault('D1', `${id} reached ${first?.url} from nowhere`);
  }
  checkOwed(world, evidence);
}

const isKept = ({ time }: World, at_ms: number) => time.now_ms() - at_ms < kept_ms;

function checkArrival(
  world: World,
  evidence: Evidence,
  delivery: DeliveryRow,
  event: EventRow,
  arrival: Received,
): void {
  const { book, people } = world;
  const { id, webhook_id, workspace_id } = delivery;
  const told = JSON.parse(arrival.body);
  const { output, event: said } = told.data;
  const same =
    told.source === `urn:wheelhouse:${workspace_id}` &&
    told.type === event.type &&
    told.subject === event.subject &&
    said.actor === event.actor &&
    ms(said.at) === ms(event.at) &&
    JSON.stringify(said.data) === JSON.stringify(event.data);
  if (!same) book.fault('D1', `${id} tells ${arrival.body} of ${JSON.stringify(event)}`);
  if (output && event.type === 'output.decided') book.see(output, `the delivery ${id}`);
  const hook = [...people.hooks, people.neighbour_hook].find((one) => one.id === webhook_id);
  if (hook && (hook.workspace_id !== workspace_id || new URL(hook.url).host !== hostOf(arrival))) {
    book.fault('S1', `${id} of ${workspace_id} reached ${arrival.url}`);
  }
  const callback = evidence.callback_secrets.find((one) => one.workspace_id === workspace_id);
  const secrets = hook ? hook.secrets : [callback?.secret ?? ''];
  const signed = secrets.some((secret) => isSigned(arrival, secret));
  if (!signed && !hook?.unsure) book.fault('D3', `${id} is not signed with its secret`);
}

const hostOf = ({ url }: Received) => new URL(url).host;

/** Who was owed an event and got no delivery of it. A webhook that was turned off meanwhile is owed
 *  what happened while it was on, which only the order of turns tells; the others are owed all. */
function checkOwed(world: World, { events: all, deliveries }: Evidence): void {
  const { book, people, outside } = world;
  const events = all.filter(({ at }) => isKept(world, ms(at)));
  const made = new Set(deliveries.map(({ seq, webhook_id }) => `${seq} ${webhook_id}`));
  for (const hook of [...people.hooks, people.neighbour_hook]) {
    const turned_off = hook.changed || outside.endOf(hook.url) === 'gone';
    const wants = (event: EventRow) =>
      event.workspace_id === hook.workspace_id &&
      ms(event.at) >= ms(hook.created_at) &&
      (!hook.types.length || hook.types.includes(event.type)) &&
      !(event.type.startsWith('delivery.') && tellsOfItself(event, hook.id));
    for (const event of events) {
      const there = made.has(`${event.seq} ${hook.id}`);
      const owed = wants(event);
      if (owed && !there && !turned_off) {
        book.fault('D1', `${hook.url} never heard of ${event.type} ${event.subject}`);
      }
      if (there && !owed) book.fault('D1', `${hook.url} was told of ${event.type}`);
    }
  }
  for (const event of events) {
    const calls = /^output.(decided|corrected)$/.test(event.type) && event.data.callback === true;
    if (made.has(`${event.seq} null`) !== calls) {
      book.fault('D1', `the callback of ${event.subject} was ${calls ? 'forgotten' : 'made up'}`);
    }
  }
}

const tellsOfItself = ({ data }: EventRow, id: string) =>
  data.webhook_id === id || String(data.event_type).startsWith('delivery.');
