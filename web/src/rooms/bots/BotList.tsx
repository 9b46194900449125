import { Skeleton, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { type Bot, Name } from '@wheelhouse/core';
import { useState } from 'react';
import { ActButton } from '../../kit/ActButton.tsx';
import { Ago } from '../../kit/Ago.tsx';
import { FormDialog } from '../../kit/FormDialog.tsx';
import { Empty, FourFaces } from '../../kit/faces.tsx';
import { PageHeader } from '../../kit/PageHeader.tsx';
import table from '../../kit/table.module.css';
import { useKeys } from '../../kit/useKeys.ts';
import { useRowKeys } from '../../kit/useRowKeys.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { mayAs, useMe } from '../../live/session.ts';
import css from './Bots.module.css';
import { botSentence, nameFrom } from './words.ts';

/** Every bot: what it does, and where its words are judged. */
export function BotList() {
  const bots = useQuery({ queryKey: keys.bots, queryFn: api.bots.list });
  const may = mayAs(useMe().role, 'builder');
  const [making, make] = useState(false);
  useKeys([{ key: 'n', label: 'New bot', group: 'Bots', off: !may, run: () => make(true) }]);
  const button = may && (
    <ActButton act_key="n" variant="filled" onClick={() => make(true)}>
      New bot
    </ActButton>
  );
  return (
    <>
      <PageHeader
        title="Bots"
        say="Who answers customers first: what they know, and how they behave"
      >
        {button}
      </PageHeader>
      <FourFaces
        of={bots}
        skeleton={<ListSkeleton />}
        empty={({ rows }) =>
          !rows.length && (
            <Empty title="No bot stands here yet" action={button}>
              A bot answers customers from what you teach it. What its gate does not trust goes to a
              person. {may ? 'Make one, then give it articles.' : 'A builder can make one.'}
            </Empty>
          )
        }
      >
        {({ rows }) => <Rows rows={rows} />}
      </FourFaces>
      {making && <NewBot onClose={() => make(false)} />}
    </>
  );
}

function Rows({ rows }: { rows: readonly Bot[] }) {
  const box = useRowKeys<HTMLTableSectionElement>('Bots');
  return (
    <div className={table.scroll}>
      <table className={`${table.table} ${table.stack} ${css.table}`} aria-label="Bots">
        <thead>
          <tr>
            <th>Bot</th>
            <th>Gate of its replies</th>
            <th>State</th>
            <th>Changed</th>
          </tr>
        </thead>
        <tbody ref={box}>
          {rows.map(({ name, title, definition, stopped_at, version, updated_at }) => (
            <tr key={name}>
              <td className={css.bot}>
                <Link
                  to="/bots/{-$bot}"
                  params={{ bot: name }}
                  className={`${table.open} ${css.title}`}
                  data-row
                >
                  <bdi>{title}</bdi>
                </Link>
                <span className={css.what}>{botSentence(definition)}</span>
              </td>
              <td>
                <code>{definition.gate}</code>
              </td>
              <td data-stopped={stopped_at !== null || undefined} className={css.state}>
                {stopped_at ? 'Stopped' : 'At work'}
              </td>
              <td className={table.quiet}>
                Version {version}, <Ago at={updated_at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function NewBot({ onClose }: { onClose: () => void }) {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [title, setTitle] = useState('');
  const [typed, setTyped] = useState<string | null>(null);
  const name = typed ?? nameFrom(title);
  const fault_of_name = name ? Name.safeParse(name).error?.issues[0]?.message : undefined;
  return (
    <FormDialog
      title="New bot"
      act="Make the bot"
      off={!name || !title.trim() || fault_of_name !== undefined}
      onClose={onClose}
      onSubmit={async () => {
        await api.bots.save(name, { title: title.trim() }, 0);
        await cache.invalidateQueries({ queryKey: keys.bots });
        await navigate({ to: '/bots/{-$bot}', params: { bot: name } });
      }}
    >
      {(fault) => (
        <>
          <TextInput
            label="Title"
            description="Customers read it beside what the bot says."
            placeholder="Shop assistant"
            data-autofocus
            value={title}
            error={fault('title')}
            onChange={({ currentTarget }) => setTitle(currentTarget.value)}
          />
          <TextInput
            label="Name"
            description="It stands in addresses and in the script tag, and stays. Left alone, it follows the title."
            value={name}
            error={fault_of_name ?? fault('name')}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
          />
        </>
      )}
    </FormDialog>
  );
}

function ListSkeleton() {
  return (
    <div className={css.skeleton}>
      {['one', 'two', 'three'].map((name) => (
        <Skeleton key={name} height={44} />
      ))}
    </div>
  );
}
