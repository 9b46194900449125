import { Skeleton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import type { ConversationReport, ReportPiece } from '@wheelhouse/core';
import { useState } from 'react';
import { ActButton } from '../../kit/ActButton.tsx';
import { Bars } from '../../kit/Bars.tsx';
import { minuteText } from '../../kit/duration.ts';
import { Empty, FourFaces, Refused } from '../../kit/faces.tsx';
import { PageHeader } from '../../kit/PageHeader.tsx';
import { Panel } from '../../kit/Panel.tsx';
import { useKeys } from '../../kit/useKeys.ts';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import { ApiProblem } from '../../live/problem.ts';
import { mayAs, useMe } from '../../live/session.ts';
import { msText, pieceText } from './columns.ts';
import { FilterBar } from './FilterBar.tsx';
import css from './ReportsPage.module.css';
import { cutOf, filterOf } from './span.ts';
import { Tables } from './Tables.tsx';
import { Totals } from './Totals.tsx';

const say = 'What conversations came to, and what each figure counts';

/** What conversations came to in a stretch of time. */
export function ReportsPage() {
  const { role } = useMe();
  if (mayAs(role, 'lead')) return <Reports />;
  return (
    <>
      <PageHeader title="Reports" say={say} />
      <Refused error={not_for_role} />
    </>
  );
}

const not_for_role = new ApiProblem({
  code: 'forbidden',
  status: 403,
  detail: 'Reports are for the role lead and those above.',
});

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;

function Reports() {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const cut = cutOf(search);
  const [now_ms, setNow] = useState(Date.now);
  const filter = filterOf(cut, now_ms, zone);
  const report = useQuery({
    // Read anew within the same minute it is the same stretch of time, and another report.
    queryKey: [...keys.report(filter), now_ms],
    placeholderData: keepPreviousData,
    queryFn: ({ signal }) => api.reports.conversations(filter, { signal }),
  });
  const again = () => setNow(Date.now());
  useKeys([{ key: 'r', label: 'Read anew', group: 'Reports', run: again }]);
  const { data } = report;
  return (
    <>
      <PageHeader
        title="Reports"
        say={
          data
            ? `${minuteText(data.from)} to ${minuteText(data.to)}, clock of ${data.zone}; read at ${minuteText(data.read_at)}`
            : say
        }
      >
        <ActButton act_key="r" onClick={again} loading={report.isFetching}>
          Read anew
        </ActButton>
      </PageHeader>
      <div className={css.page}>
        <FilterBar
          cut={cut}
          onCut={(next) => void navigate({ to: '/reports' as '/', search: { ...next } })}
        />
        <FourFaces
          of={report}
          skeleton={<ReportSkeleton />}
          empty={(found) => isBare(found) && <Bare />}
        >
          {(found) => <Filled report={found} />}
        </FourFaces>
      </div>
    </>
  );
}

const isBare = ({ total }: ConversationReport) =>
  !total.begun && !total.waiting.n && !total.handling.n && !total.drafts.n && !total.breaches;

const Bare = () => (
  <Empty title="Nothing happened in this stretch of time">
    Choose a longer one, or another bot or queue. Figures begin with a customer’s first word.
  </Empty>
);

function Filled({ report }: { report: ConversationReport }) {
  const nameOf = (piece: ReportPiece) => pieceText(piece, report);
  const helped = (piece: ReportPiece) => piece.asked;
  return (
    <>
      <Totals report={report} />
      <div className={css.pair}>
        <Panel title="Conversations begun" say={report.definitions.begun}>
          <Bars
            label="Conversations begun"
            rows={report.pieces}
            nameOf={nameOf}
            text={(value) => String(Math.round(value * 10) / 10)}
            parts={[
              { title: 'without a person so far', of: (piece) => piece.begun - helped(piece) },
              { title: 'a person was asked for', of: helped },
            ]}
          />
        </Panel>
        <Panel title="Waiting for a person, median" say={report.definitions.waiting}>
          <Bars
            label="Waiting for a person, median"
            rows={report.pieces}
            nameOf={nameOf}
            text={msText}
            ceiling={(most) => Math.max(most, 60_000)}
            parts={[{ title: 'waited', of: ({ waiting }) => waiting.median_ms }]}
          />
        </Panel>
      </div>
      <Tables report={report} nameOf={nameOf} />
      <Definitions definitions={report.definitions} />
    </>
  );
}

const figure_names: Record<string, string> = {
  begun: 'Begun',
  resolved: 'Resolved',
  asked: 'Person asked for',
  taken: 'Person had it',
  over: 'Over',
  without_person: 'Without a person',
  deflection: 'Share of those over',
  waiting: 'Waiting',
  gave_up: 'Ended without a member',
  still_waiting: 'Still waiting',
  handling: 'Handling',
  first_reply: 'First reply',
  person_reply: 'A person’s first reply',
  drafts: 'Drafts',
  draft_reasons: 'Why drafts were changed',
  suggested: 'Suggested replies',
  satisfaction: 'Satisfaction',
  preferences: 'Which answer is better',
  breaches: 'Promises broken',
};

const Definitions = ({ definitions }: Pick<ConversationReport, 'definitions'>) => (
  <Panel title="What each figure counts">
    <dl className={css.definitions}>
      {Object.entries(definitions).map(([name, text]) => (
        <div key={name}>
          <dt>{figure_names[name] ?? name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  </Panel>
);

const ReportSkeleton = () => (
  <>
    <Skeleton height={112} mb={24} />
    <div className={css.pair}>
      <Skeleton height={260} />
      <Skeleton height={260} />
    </div>
  </>
);
