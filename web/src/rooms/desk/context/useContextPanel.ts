import { useLocalStorage, useMediaQuery } from '@mantine/hooks';

/** Whether the context stands beside the case, is put away, or is a tab of it where there is no room
 *  for both. What was chosen is remembered in this browser. */
export function useContextPanel() {
  const roomy = useMediaQuery('(min-width: 75em)', true, { getInitialValueInEffect: false });
  const [kept, keep] = useLocalStorage<'open' | 'closed'>({
    key: 'wheelhouse.context',
    defaultValue: 'open',
    getInitialValueInEffect: false,
  });
  return {
    roomy,
    open: roomy && kept === 'open',
    toggle: () => keep((now) => (now === 'open' ? 'closed' : 'open')),
  };
}
