import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Only, placeOf, searchOf } from './place.ts';

const settle_ms = 1_000;

/** Which list and which case are shown. Both stand in the address, which follows what is shown a few
 *  milliseconds later: the next case does not wait for the router. */
export function useAddress() {
  const navigate = useNavigate();
  const params = useParams({ strict: false }) as { case_id?: string };
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const { view, queue, only } = placeOf(search);
  const { unread, urgent, label } = only;
  const place = useMemo(
    () => ({ view, queue, only: { unread, urgent, label } }),
    [view, queue, unread, urgent, label],
  );
  const in_address = params.case_id ?? null;
  // Where we are going; undefined when the address says it.
  const [goal, setGoal] = useState<string | null | undefined>(undefined);
  const going = useRef(0);

  useEffect(() => {
    if (goal === in_address) setGoal(undefined);
  }, [goal, in_address]);

  const show = useCallback(
    (id: string | null, replace = false, seq: number | null = null) => {
      const mine = ++going.current;
      setGoal(id);
      const to = id ? `/desk/${id}` : '/desk';
      const at = seq === null ? {} : { at: seq };
      void navigate({ to, search: { ...searchOf(place), ...at }, replace }).finally(() => {
        // A way that was cut short (by the back button, say) leaves no goal behind.
        setTimeout(() => going.current === mine && setGoal(undefined), settle_ms);
      });
    },
    [navigate, place],
  );
  /** Asks for some conversations of the list alone. */
  const narrow = useCallback(
    (only: Only) => {
      const to = in_address ? `/desk/${in_address}` : '/desk';
      void navigate({ to, search: searchOf({ ...place, only }), replace: true });
    },
    [navigate, place, in_address],
  );
  const case_id = goal === undefined ? in_address : goal;
  return {
    place,
    narrow,
    case_id,
    show,
    /** The message that a search found in the conversation that is open; null where none was. */
    at_seq: case_id === in_address && typeof search.at === 'number' ? search.at : null,
  };
}

/** What stands in the list's search field. An address may bring words to look for. */
export function useWords() {
  const { q } = useSearch({ strict: false }) as { q?: unknown };
  const brought = q === undefined ? '' : String(q).slice(0, 200);
  const [query, setQuery] = useState(brought);
  useEffect(() => {
    if (brought) setQuery(brought);
  }, [brought]);
  return [query, setQuery] as const;
}
