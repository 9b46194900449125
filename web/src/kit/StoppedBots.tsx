import { Button } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Bot } from '@wheelhouse/core';
import { useState } from 'react';
import { api } from '../live/api.ts';
import { keys } from '../live/cache.ts';
import { mayAs, useMe, useNames } from '../live/session.ts';
import { ConfirmDialog } from './ConfirmDialog.tsx';
import { momentText } from './duration.ts';
import css from './StoppedBots.module.css';
import { tellDone } from './tell.ts';

/** The bots of this workspace, and whether they are stopped. */
export const useBots = () => useQuery({ queryKey: keys.bots, queryFn: api.bots.list });

/** Says which AIs are stopped, since when and by whom, and lets a lead have them go on. Nothing while
 *  all of them speak. */
export function StoppedBots() {
  const { data } = useBots();
  const nameOf = useNames();
  const leads = mayAs(useMe().role, 'lead');
  const [asking, ask] = useState(false);
  const stopped = (data?.rows ?? []).filter(({ stopped_at }) => stopped_at !== null);
  const last = stopped.reduce<Bot | undefined>(
    (newest, bot) => (newest && (newest.stopped_at ?? '') >= (bot.stopped_at ?? '') ? newest : bot),
    undefined,
  );
  if (!last?.stopped_at) return null;
  const all = stopped.length === data?.rows.length;
  return (
    <div className={css.strip} role="status" aria-label="Stopped AI">
      <IconHandStop size={18} stroke={1.6} aria-hidden="true" />
      <span className={css.words}>
        <strong>{all ? 'All AI is stopped' : `Stopped: ${titlesOf(stopped)}`}</strong> since{' '}
        {momentText(last.stopped_at)}, by {nameOf(last.stopped_by)}. Customers who wait for it get a
        person.
      </span>
      {leads && (
        <Button size="compact-sm" variant="default" onClick={() => ask(true)}>
          Let {all ? 'all' : 'them'} go on
        </Button>
      )}
      {asking && <ResumeDialog stopped={stopped} onClose={() => ask(false)} />}
    </div>
  );
}

const titlesOf = (bots: readonly Bot[]) => bots.map(({ title }) => title).join(', ');

interface ResumeDialogProps {
  stopped: readonly Bot[];
  onClose: () => void;
}

function ResumeDialog({ stopped, onClose }: ResumeDialogProps) {
  const cache = useQueryClient();
  return (
    <ConfirmDialog
      title="Let the AI answer customers again?"
      act="Let it go on"
      onAct={async () => {
        await api.bots.resume();
        await cache.invalidateQueries({ queryKey: keys.bots });
        tellDone('The AI answers again');
      }}
      onClose={onClose}
    >
      {titlesOf(stopped)} {stopped.length > 1 ? 'speak' : 'speaks'} again from the next message on.
      Conversations that went to people meanwhile stay with people.
    </ConfirmDialog>
  );
}

/** Asks before every AI is stopped at once. */
export function StopDialog({ onClose }: { onClose: () => void }) {
  const cache = useQueryClient();
  return (
    <ConfirmDialog
      title="Stop all AI at once?"
      act="Stop all AI"
      onAct={async () => {
        const { bots } = await api.bots.stop();
        await cache.invalidateQueries({ queryKey: keys.bots });
        tellDone(bots.length === 1 ? '1 AI is stopped' : `${bots.length} AIs are stopped`);
      }}
      onClose={onClose}
    >
      Once this is done no AI says another word or begins an act, on any server, not even one that
      is in the middle of a reply. Customers who are owed an answer are told, and a person is asked
      for. It stays so until a lead lets them go on.
    </ConfirmDialog>
  );
}
