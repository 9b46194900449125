import { Button, Skeleton } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { Checkpoint } from '@wheelhouse/core';
import type { ReactNode } from 'react';
import { CopyButton } from '../../kit/CopyButton.tsx';
import { clockText } from '../../kit/duration.ts';
import { FourFaces } from '../../kit/faces.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { saveFile } from '../../kit/saveFile.ts';
import { api } from '../../live/api.ts';
import css from './CheckpointPanel.module.css';

// Not under the record's own key: asking for a checkpoint signs one, and every event would.
export const checkpoint_key = ['audit_checkpoint'];

/** The newest checkpoint, to be kept where whoever runs the server cannot reach it. */
export function CheckpointPanel() {
  const checkpoint = useQuery({ queryKey: checkpoint_key, queryFn: api.audit.checkpoint });
  return (
    <Panel
      title="Newest checkpoint"
      say="Signed over everything so far. Keep a copy outside this server."
    >
      <FourFaces of={checkpoint} skeleton={<Skeleton height={132} />}>
        {(found) => (
          <Note checkpoint={found}>
            <Button
              variant="default"
              loading={checkpoint.isFetching}
              onClick={() => void checkpoint.refetch()}
            >
              Sign a newer one
            </Button>
          </Note>
        )}
      </FourFaces>
    </Panel>
  );
}

interface NoteProps {
  checkpoint: Checkpoint;
  children: ReactNode;
}

function Note({ checkpoint: { size, root, note, at }, children }: NoteProps) {
  return (
    <>
      <dl className={css.facts}>
        <dt>Events under it</dt>
        <dd>{size.toLocaleString('en-US')}</dd>
        <dt>Root</dt>
        <dd>
          <code className={css.root}>{root}</code>
        </dd>
        <dt>Signed</dt>
        <dd>
          <time dateTime={at}>{clockText(at)}</time>
        </dd>
      </dl>
      <div className={css.acts}>
        <CopyButton text={note}>Copy the note</CopyButton>
        <Button
          variant="default"
          leftSection={<IconDownload size={16} stroke={1.6} />}
          onClick={() => saveFile(`checkpoint-${size}.txt`, [note], 'text/plain;charset=utf-8')}
        >
          Download it
        </Button>
        {children}
      </div>
    </>
  );
}
