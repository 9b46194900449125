import { Button } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import type { Output } from '@wheelhouse/core';
import { useState } from 'react';
import { ConfirmDialog } from '../../kit/ConfirmDialog.tsx';
import { tellDone } from '../../kit/tell.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { mayAs, useMe } from '../../live/session.ts';

/** Withdraws an output that nobody has decided. */
export function WithdrawButton({ output }: { output: Output }) {
  const [asking, ask] = useState(false);
  const cache = useQueryClient();
  if (!mayAs(useMe().role, 'reviewer')) return null;
  return (
    <>
      <Button variant="default" onClick={() => ask(true)}>
        Withdraw
      </Button>
      {asking && (
        <ConfirmDialog
          title="Withdraw this output?"
          act="Withdraw"
          onClose={() => ask(false)}
          onAct={async () => {
            await api.outputs.cancel(output.id);
            await cache.invalidateQueries({ queryKey: keys.output(output.id) });
            tellDone('Withdrawn');
          }}
        >
          Its case closes without a decision, and whoever asked is told that it may not run. This
          cannot be taken back.
        </ConfirmDialog>
      )}
    </>
  );
}
