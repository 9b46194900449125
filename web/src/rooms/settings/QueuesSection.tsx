import { Button, Textarea, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { Queue } from '@wheelhouse/core';
import { useState } from 'react';
import { ActButton } from '../../kit/ActButton.tsx';
import { Ago } from '../../kit/Ago.tsx';
import { FormDialog } from '../../kit/FormDialog.tsx';
import { FourFaces, Lines } from '../../kit/faces.tsx';
import { Num } from '../../kit/figures.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { RoomLink } from '../../kit/RoomLink.tsx';
import { tellDone } from '../../kit/tell.ts';
import { useKeys } from '../../kit/useKeys.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { mayAs, useMe } from '../../live/session.ts';
import { NameField, nameFault } from './NameField.tsx';
import css from './Rows.module.css';

/** Where cases wait. */
export function QueuesSection() {
  const queues = useQuery({ queryKey: keys.queues, queryFn: api.queues.list });
  const may = mayAs(useMe().role, 'builder');
  const [editing, edit] = useState<Queue | 'new' | null>(null);
  useKeys([{ key: 'n', label: 'New queue', group: 'Queues', off: !may, run: () => edit('new') }]);
  return (
    <>
      <Panel
        title="Queues"
        say="Cases wait in a queue; a gate names the one it fills."
        aside={
          may && (
            <ActButton act_key="n" variant="filled" onClick={() => edit('new')}>
              New queue
            </ActButton>
          )
        }
        flush
      >
        <FourFaces
          of={queues}
          skeleton={<Lines count={4} />}
          empty={({ rows }) =>
            !rows.length && (
              <p className={css.none}>No queue yet. Saving a gate makes the one it names.</p>
            )
          }
        >
          {({ rows }) => (
            <ul className={css.list}>
              {rows.map((queue) => (
                <li key={queue.name} className={css.row}>
                  <div className={css.words}>
                    <RoomLink room="/desk" search={{ queue: queue.name }} className={css.name}>
                      <bdi>{queue.title}</bdi>
                    </RoomLink>
                    <span className={css.fine}>
                      <code>{queue.name}</code>
                      {queue.description && (
                        <>
                          {' · '}
                          <bdi>{queue.description}</bdi>
                        </>
                      )}
                    </span>
                  </div>
                  <span className={css.fine}>
                    <Num of={queue.waiting} /> waiting
                    {queue.oldest_at && (
                      <>
                        , oldest <Ago at={queue.oldest_at} short />
                      </>
                    )}
                    , <Num of={queue.held} /> being looked at
                  </span>
                  {may && (
                    <Button
                      size="compact-sm"
                      variant="default"
                      onClick={() => edit(queue)}
                      aria-label={`Change the queue ${queue.title}`}
                    >
                      Change
                    </Button>
                  )}
                </li>
              ))}
            </ul>
          )}
        </FourFaces>
      </Panel>
      {editing && (
        <QueueDialog queue={editing === 'new' ? null : editing} onClose={() => edit(null)} />
      )}
    </>
  );
}

function QueueDialog({ queue, onClose }: { queue: Queue | null; onClose: () => void }) {
  const cache = useQueryClient();
  const [name, setName] = useState(queue?.name ?? '');
  const [title, setTitle] = useState(queue?.title ?? '');
  const [description, setDescription] = useState(queue?.description ?? '');
  return (
    <FormDialog
      title={queue ? `Change “${queue.title}”` : 'New queue'}
      act={queue ? 'Save' : 'Make the queue'}
      off={!name || nameFault(name) !== undefined}
      onClose={onClose}
      onSubmit={async () => {
        await api.queues.save(name, {
          ...(title.trim() ? { title: title.trim() } : {}),
          ...(description.trim() ? { description: description.trim() } : {}),
        });
        tellDone(queue ? 'The queue is changed' : 'The queue stands');
        await cache.invalidateQueries({ queryKey: keys.queues });
        onClose();
      }}
    >
      {(fault) => (
        <>
          {!queue && (
            <NameField
              name={name}
              description="It stands in addresses, and stays."
              placeholder="refunds"
              fault={fault('queue')}
              onName={setName}
            />
          )}
          <TextInput
            label="Title"
            value={title}
            error={fault('title')}
            onChange={({ currentTarget }) => setTitle(currentTarget.value)}
          />
          <Textarea
            label="Description"
            autosize
            minRows={2}
            value={description}
            error={fault('description')}
            onChange={({ currentTarget }) => setDescription(currentTarget.value)}
          />
        </>
      )}
    </FormDialog>
  );
}
