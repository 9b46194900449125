import { Link, useParams } from '@tanstack/react-router';
import { Empty, Refused } from '../../kit/faces.tsx';
import { PageHeader } from '../../kit/PageHeader.tsx';
import { ApiProblem } from '../../live/problem.ts';
import { mayAs, useMe } from '../../live/session.ts';
import { AccountSection } from './AccountSection.tsx';
import { CannedRepliesSection } from './CannedRepliesSection.tsx';
import { KeysSection } from './KeysSection.tsx';
import { MembersSection } from './MembersSection.tsx';
import { QueuesSection } from './QueuesSection.tsx';
import css from './SettingsPage.module.css';
import { type Section, sections } from './sections.ts';
import { WebhooksSection } from './WebhooksSection.tsx';

const bodies = {
  account: AccountSection,
  members: MembersSection,
  queues: QueuesSection,
  replies: CannedRepliesSection,
  keys: KeysSection,
  webhooks: WebhooksSection,
} satisfies Record<Section['name'], unknown>;

/** Oneself, the others, and what is connected. */
export function SettingsPage() {
  const { section: name = 'account' } = useParams({ strict: false }) as { section?: string };
  const { role, workspace } = useMe();
  const seen = sections.filter(({ least }) => mayAs(role, least));
  const section = sections.find((known) => known.name === name);
  const Body = section && bodies[section.name];
  return (
    <>
      <PageHeader title="Settings" say={workspace.name} />
      <div className={css.page}>
        <nav aria-label="Settings" className={css.nav}>
          {seen.map(({ name: own, title }) => (
            <Link
              key={own}
              to="/settings/{-$section}"
              params={{ section: own }}
              className={css.link}
              aria-current={own === name ? 'page' : undefined}
            >
              {title}
            </Link>
          ))}
        </nav>
        <div className={css.body}>
          {!section || !Body ? (
            <Empty title="There is no such page">Choose one beside.</Empty>
          ) : mayAs(role, section.least) ? (
            <Body />
          ) : (
            <Refused error={notFor(section)} />
          )}
        </div>
      </div>
    </>
  );
}

const notFor = ({ title, least }: Section) =>
  new ApiProblem({
    code: 'forbidden',
    status: 403,
    detail: `${title} are for the role ${least} and those above. Ask an admin.`,
  });
