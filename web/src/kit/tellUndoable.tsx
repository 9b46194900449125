import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';

const undo_ms = 12_000;

/** Says that something was done, and offers to take it back while the message stands.
 *  @param how.act what that is called, where it is no undo */
export function tellUndoable(title: string, undo: () => void, { act = 'Undo' } = {}): void {
  const id = notifications.show({
    title,
    message: (
      <Button
        size="compact-sm"
        variant="default"
        mt={4}
        onClick={() => {
          notifications.hide(id);
          undo();
        }}
      >
        {act}
      </Button>
    ),
    autoClose: undo_ms,
    color: 'petrol',
    withBorder: true,
    role: 'status',
    closeButtonProps: { 'aria-label': 'Close' },
  });
}
