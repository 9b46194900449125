import { Button, Select, UnstyledButton } from '@mantine/core';
import { IconChevronRight } from '@tabler/icons-react';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type Delivery, delivery_states, type Webhook } from '@wheelhouse/core';
import { useState } from 'react';
import { Ago } from '../../kit/Ago.tsx';
import { clockText } from '../../kit/duration.ts';
import { FourFaces, Lines } from '../../kit/faces.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { RoomLink } from '../../kit/RoomLink.tsx';
import table from '../../kit/table.module.css';
import { tellDone, tellFailed } from '../../kit/tell.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { listDeliveries } from '../../live/deliveries.ts';
import css from './DeliveryLog.module.css';
import rows from './Rows.module.css';
import { withNextStep } from './refusal.ts';

interface DeliveryLogProps {
  webhooks: readonly Webhook[];
  may: boolean;
}

const state_words = { waiting: 'on its way', delivered: 'delivered', dead: 'given up' } as const;
/** How a delivery stands; one that failed and is tried again is not merely on its way. */
const standing = ({ state, attempts }: Delivery) =>
  state === 'waiting' && attempts.length ? 'trying again' : state_words[state];

/** Its first attempt is a moment away; between later ones are minutes, then hours. */
const mayHurry = ({ state, attempts }: Delivery) => state !== 'waiting' || attempts.length > 0;

/** What it came to last. */
function lastWords({ attempts }: Delivery): string {
  const last = attempts.at(-1);
  if (!last) return 'not tried yet';
  const said = last.fault ?? `answered ${last.status}`;
  return attempts.length > 1 ? `${said}, attempt ${attempts.length}` : said;
}

const refresh_ms = 10_000;

/** What was sent, newest first, with every attempt. */
export function DeliveryLog({ webhooks, may }: DeliveryLogProps) {
  const search = useSearch({ strict: false }) as { webhook?: string; state?: string };
  const navigate = useNavigate();
  const webhook = webhooks.find(({ id }) => id === search.webhook)?.id ?? null;
  const state = delivery_states.find((known) => known === search.state) ?? null;
  const set = (change: { webhook?: string | null; state?: string | null }) => {
    const next = Object.entries({ webhook, state, ...change }).filter(([, value]) => value);
    void navigate({ to: '.', search: Object.fromEntries(next), replace: true });
  };
  const log = useInfiniteQuery({
    queryKey: [...keys.webhooks, 'deliveries', webhook, state],
    queryFn: ({ pageParam }) => listDeliveries(webhook, { state, cursor: pageParam, limit: 30 }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ next }) => next ?? undefined,
    refetchInterval: refresh_ms,
  });
  return (
    <Panel
      title="Deliveries"
      aside={
        <>
          <Select
            aria-label="Webhook"
            size="xs"
            w={220}
            clearable
            placeholder="all, and callbacks"
            data={webhooks.map(({ id, url }) => ({ value: id, label: url }))}
            value={webhook}
            onChange={(picked) => set({ webhook: picked })}
          />
          <Select
            aria-label="State"
            size="xs"
            w={132}
            clearable
            placeholder="any state"
            data={delivery_states.map((value) => ({ value, label: state_words[value] }))}
            value={state}
            onChange={(picked) => set({ state: picked })}
          />
        </>
      }
      flush
    >
      <FourFaces of={log} skeleton={<Lines count={5} />}>
        {({ pages }) => {
          const found = pages.flatMap((page) => page.rows);
          if (!found.length) {
            const filtered = webhook !== null || state !== null;
            return (
              <p className={rows.none}>
                {filtered ? 'Nothing was sent that fits this.' : 'Nothing was sent yet.'}
              </p>
            );
          }
          return (
            <>
              <ul className={rows.list}>
                {found.map((delivery) => (
                  <DeliveryRow key={delivery.id} delivery={delivery} may={may} />
                ))}
              </ul>
              {may && state === 'dead' && <SendAllButton deliveries={found} />}
              {log.hasNextPage && (
                <div className={table.more}>
                  <Button
                    variant="default"
                    size="compact-sm"
                    loading={log.isFetchingNextPage}
                    onClick={() => void log.fetchNextPage()}
                  >
                    Load more
                  </Button>
                </div>
              )}
            </>
          );
        }}
      </FourFaces>
    </Panel>
  );
}

function DeliveryRow({ delivery, may }: { delivery: Delivery; may: boolean }) {
  const [open, setOpen] = useState(false);
  const { state, event_type, url, attempts, created_at, next_at } = delivery;
  return (
    <li className={css.delivery}>
      <UnstyledButton
        className={css.head}
        onClick={() => setOpen(!open)}
        aria-expanded={open}
        data-open={open || undefined}
      >
        <IconChevronRight size={16} stroke={1.6} className={css.chevron} aria-hidden="true" />
        <span className={rows.tag} data-harm={state === 'dead' || undefined}>
          {standing(delivery)}
        </span>
        <span className={css.type}>{event_type}</span>
        <span className={css.url}>{url}</span>
        <span className={rows.fine}>
          {lastWords(delivery)}, <Ago at={created_at} />
        </span>
      </UnstyledButton>
      {open && (
        <div className={css.body}>
          <div className={rows.pair}>
            <SubjectLink subject={delivery.subject} />
            {next_at && state === 'waiting' && (
              <span className={rows.fine}>next attempt {clockText(next_at)}</span>
            )}
            {may && mayHurry(delivery) && <RedeliverButton delivery={delivery} />}
          </div>
          <Attempts attempts={attempts} />
        </div>
      )}
    </li>
  );
}

function SubjectLink({ subject }: { subject: string }) {
  const room = subject.startsWith('out_') ? '/data' : subject.startsWith('case_') ? '/desk' : null;
  if (!room) return <code>{subject}</code>;
  return (
    <RoomLink room={room} rest={`/${subject}`} className={css.link}>
      <code>{subject}</code>
    </RoomLink>
  );
}

function RedeliverButton({ delivery: { id, state } }: { delivery: Delivery }) {
  const cache = useQueryClient();
  const trying = state === 'waiting';
  const send = useMutation({
    mutationFn: () => api.webhooks.redeliver(id),
    onSuccess: () =>
      tellDone(
        trying ? 'It is sent now' : 'It is sent again',
        'Under the same id, so it can be told apart.',
      ),
    onError: (thrown) => tellFailed('Not sent', withNextStep(thrown)),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.webhooks }),
  });
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={send.isPending}
      onClick={() => send.mutate()}
    >
      {trying ? 'Send now' : 'Send again'}
    </Button>
  );
}

/** Sends everything on screen that was given up once more, one after the other. */
function SendAllButton({ deliveries }: { deliveries: readonly Delivery[] }) {
  const cache = useQueryClient();
  const send = useMutation({
    mutationFn: async () => {
      for (const { id } of deliveries) await api.webhooks.redeliver(id);
    },
    onSuccess: () => tellDone(`${deliveries.length} are sent again`),
    onError: (thrown) => tellFailed('Not all were sent again', withNextStep(thrown)),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.webhooks }),
  });
  return (
    <div className={table.more}>
      <Button
        size="compact-sm"
        variant="default"
        loading={send.isPending}
        onClick={() => send.mutate()}
      >
        Send {deliveries.length === 1 ? 'it' : `these ${deliveries.length}`} again
      </Button>
    </div>
  );
}

function Attempts({ attempts }: Pick<Delivery, 'attempts'>) {
  if (!attempts.length) return <p className={rows.fine}>No attempt was made yet.</p>;
  return (
    <div className={table.scroll}>
      <table className={css.attempts} aria-label="Attempts">
        <thead>
          <tr>
            <th>#</th>
            <th>When</th>
            <th>Answer</th>
            <th>Took</th>
            <th>What was said</th>
          </tr>
        </thead>
        <tbody>
          {attempts.map(({ number, at, status, fault, spent_ms, response }) => (
            <tr key={number}>
              <td>{number}</td>
              <td>{clockText(at)}</td>
              <td>{status ?? 'none'}</td>
              <td>{spent_ms} ms</td>
              <td className={css.said}>{fault ?? response ?? ''}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
