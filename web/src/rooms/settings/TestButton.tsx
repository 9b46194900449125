import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Delivery, Webhook } from '@wheelhouse/core';
import { tellDone, tellFailed } from '../../kit/tell.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { listDeliveries } from '../../live/deliveries.ts';
import { ApiProblem } from '../../live/problem.ts';

const looks = 40;
const look_ms = 500;

/** Sends a webhook a test and says what it answered. */
export function TestButton({ webhook }: { webhook: Webhook }) {
  const cache = useQueryClient();
  const test = useMutation({
    mutationFn: async () => {
      const before = await newest(webhook.id);
      await api.webhooks.test(webhook.id);
      return tried(webhook.id, before?.id);
    },
    onSuccess: ({ attempts }) => {
      const last = attempts.at(-1);
      if (last?.fault) tellFailed('The test did not get through', failed(last.fault));
      else tellDone('The test got through', `It answered ${last?.status} in ${last?.spent_ms} ms.`);
    },
    onError: (thrown) => tellFailed('Not tested', thrown),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.webhooks }),
  });
  return (
    <Button
      size="compact-sm"
      variant="default"
      loading={test.isPending}
      onClick={() => test.mutate()}
      aria-label={`Test the webhook to ${webhook.url}`}
    >
      Test
    </Button>
  );
}

async function newest(id: string): Promise<Delivery | undefined> {
  const { rows } = await listDeliveries(id, { limit: 10 });
  return rows.find(({ event_type }) => event_type === 'webhook.tested');
}

/** The test once it has been tried: it leaves within moments, but an endpoint may hang. */
async function tried(id: string, before: string | undefined): Promise<Delivery> {
  for (let look = 0; look < looks; look++) {
    const found = await newest(id);
    if (found && found.id !== before && found.attempts.length) return found;
    await new Promise((done) => setTimeout(done, look_ms));
  }
  throw new ApiProblem({
    code: 'not_tried',
    status: 504,
    detail: 'It is on its way, but was not answered yet. Look under Deliveries.',
  });
}

const failed = (fault: string) =>
  new ApiProblem({
    code: 'failed',
    status: 502,
    detail: `${fault[0]?.toUpperCase()}${fault.slice(1)}. It is tried again by itself; see Deliveries.`,
  });
