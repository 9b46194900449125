import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Me } from '@wheelhouse/core';
import { keys } from '../../live/cache.ts';

/** Leads whoever has just signed in to where they want to be; what someone else saw here is gone. */
export function useComingIn(href = '/'): (me: Me) => Promise<void> {
  const cache = useQueryClient();
  const navigate = useNavigate();
  return async (me) => {
    cache.clear();
    cache.setQueryData(keys.me, me);
    await navigate({ href });
  };
}
