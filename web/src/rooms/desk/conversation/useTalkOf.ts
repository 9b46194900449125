import { useQuery } from '@tanstack/react-query';
import { type Case, Purpose } from '@wheelhouse/core';
import { api } from '../../../live/api.ts';
import { keys } from '../../../live/cache.ts';

/** The conversation that a case of one of our bots belongs to, and what the bot wants there. */
export function useTalkOf(shown: Case | undefined) {
  const output_id = shown?.model?.startsWith('bot:') ? shown.output_id : null;
  const { data } = useQuery({
    queryKey: keys.output(output_id ?? ''),
    queryFn: ({ signal }) => api.outputs.get(output_id ?? '', { signal }),
    enabled: output_id !== null,
  });
  if (!data?.conversation_id || output_id === null) return null;
  const purpose = Purpose.safeParse(data.metadata).data?.purpose;
  return purpose ? { id: data.conversation_id, purpose } : null;
}
