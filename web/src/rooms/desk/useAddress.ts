import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { type Only, placeOf, searchOf } from './place.ts';

const settle_ms = 1_000;

/** Which list and which case are shown. Both stand in the address, which follows what is shown a few
 *  milliseconds later: the next case does not wait for the router. */
export function useAddress() {
  const navigate = useNavigate();
  const params = useParams({ strict: false }) as { case_id?: string };
  const { view, queue, only } = placeOf(useSearch({ strict: false }) as Record<string, unknown>);
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
    (id: string | null, replace = false) => {
      const mine = ++going.current;
      setGoal(id);
      const to = id ? `/desk/${id}` : '/desk';
      void navigate({ to, search: searchOf(place), replace }).finally(() => {
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
  return {
    place,
    narrow,
    ...useFound(show),
    case_id: goal === undefined ? in_address : goal,
    show,
  };
}

/** The message of a conversation that a search found, for as long as that conversation is shown. */
function useFound(show: (id: string) => void) {
  const [found, setFound] = useState<{ id: string; seq: number } | null>(null);
  const showAt = (id: string, seq: number | null) => {
    setFound(seq === null ? null : { id, seq });
    show(id);
  };
  return { found, showAt };
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
