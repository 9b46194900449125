import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useNavigate } from '@tanstack/react-router';
import { useRef } from 'react';

const shown_ms = 20_000;

/** Says something in a message that leads to where it is; said again, it takes the place of the last.
 *  @param gathering the ids of those that more is added to: more changes the message that stands, which
 *   goes when it would have gone without
 *  @param onClosed what was read, or stood there long enough
 *  @returns what says it, under an id, with what its button says and where that leads; and whether one
 *   that more is added to stands */
export function useTold(gathering: ReadonlySet<string>, onClosed: (id: string) => void) {
  const navigate = useNavigate();
  const standing = useRef(new Set<string>());
  const show = (id: string, title: string, act: string, to: string) => {
    const open = () => {
      notifications.hide(id);
      void navigate({ to: to as '/desk' });
    };
    const changes = standing.current.has(id);
    if (!changes) notifications.hide(id);
    notifications[changes ? 'update' : 'show']({
      id,
      title,
      message: (
        <Button size="compact-sm" variant="default" mt={4} onClick={open}>
          {act}
        </Button>
      ),
      autoClose: shown_ms,
      color: 'petrol',
      withBorder: true,
      role: 'alert',
      closeButtonProps: { 'aria-label': 'Close' },
      onClose: () => {
        standing.current.delete(id);
        onClosed(id);
      },
    });
    if (gathering.has(id)) standing.current.add(id);
  };
  return { show, stands: (id: string) => standing.current.has(id) };
}
