import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { OutputLife } from '@wheelhouse/core';
import { useClock } from '../../kit/Ago.tsx';
import { FourFaces } from '../../kit/faces.tsx';
import { PageHeader } from '../../kit/PageHeader.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { RoomLink } from '../../kit/RoomLink.tsx';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { CorrectButton } from './CorrectButton.tsx';
import { FeedbackPane } from './FeedbackPane.tsx';
import { lifeSentence } from './life.ts';
import { OutputContent } from './OutputContent.tsx';
import { OutputFacts } from './OutputFacts.tsx';
import css from './OutputPage.module.css';
import { Timeline } from './Timeline.tsx';
import { WithdrawButton } from './WithdrawButton.tsx';

/** One output's whole life. */
export function OutputPage({ id }: { id: string }) {
  const life = useQuery({ queryKey: keys.outputLife(id), queryFn: () => api.outputs.life(id) });
  return (
    <FourFaces of={life} skeleton={<LifeSkeleton />}>
      {(found) => <Life life={found} />}
    </FourFaces>
  );
}

function Life({ life }: { life: OutputLife }) {
  const { output } = life;
  const sentence = useClock((now) => lifeSentence(life, now));
  return (
    <>
      <PageHeader
        title={output.title}
        say={
          <>
            <Link to="/data/{-$output_id}" params={{}} className={css.link}>
              Data
            </Link>{' '}
            · {sentence}
          </>
        }
      >
        {output.case_id && (
          <RoomLink room="/desk" rest={`/${output.case_id}`} className={css.link}>
            Open its case
          </RoomLink>
        )}
        {!output.outcome && <WithdrawButton output={output} />}
        <CorrectButton life={life} />
      </PageHeader>
      <div className={css.page}>
        <div className={css.column}>
          <Panel title="Its life">
            <Timeline life={life} />
          </Panel>
          <FeedbackPane output={output} />
        </div>
        <div className={css.column}>
          <OutputContent output={output} />
          <OutputFacts output={output} />
        </div>
      </div>
    </>
  );
}

function LifeSkeleton() {
  return (
    <div className={css.page}>
      <Skeleton height={420} radius="md" />
      <Skeleton height={420} radius="md" />
    </div>
  );
}
