import type { ConversationReport, ReportPiece } from '@wheelhouse/core';
import { reason_words } from '../../kit/wheelWords.ts';
import {
  type Column,
  draft_columns,
  quality_columns,
  spreadColumns,
  suggested_columns,
  time_columns,
  volume_columns,
} from './columns.ts';
import { PreferencesTable } from './PreferencesTable.tsx';
import css from './ReportsPage.module.css';
import { ReportTable } from './ReportTable.tsx';

type Reason = ConversationReport['reasons'][number];
type Queue = ConversationReport['queues'][number];
type Person = ConversationReport['people'][number];
type DraftReason = ConversationReport['draft_reasons'][number];
type Breach = ConversationReport['breaches'][number];

interface TablesProps {
  report: ConversationReport;
  nameOf: (piece: ReportPiece) => string;
}

/** Every figure as numbers: piece by piece, then by reason, queue, member and promise. */
export function Tables({ report, nameOf }: TablesProps) {
  const { definitions, pieces, reasons, queues, people, breaches, draft_reasons } = report;
  const named: Column<ReportPiece>[] = [
    { name: 'from', title: 'When', read: ({ from }) => from, text: nameOf },
    { name: 'to', title: '', read: ({ to }) => to },
  ];
  const of_pieces = { report, rows: pieces, keyOf: ({ from }: ReportPiece) => from, none: '' };
  return (
    <>
      <ReportTable
        {...of_pieces}
        title="Volume and deflection"
        say={definitions.without_person ?? ''}
        columns={[...named, ...volume_columns]}
      />
      <ReportTable
        {...of_pieces}
        title="Times"
        say="By when each began: a wait, a person’s stint, an episode."
        columns={[...named, ...time_columns]}
      />
      <ReportTable
        {...of_pieces}
        title="Drafts"
        say={definitions.drafts ?? ''}
        columns={[...named, ...draft_columns]}
      />
      <ReportTable
        {...of_pieces}
        title="Suggested replies"
        say={definitions.suggested ?? ''}
        columns={[...named, ...suggested_columns]}
      />
      <ReportTable
        {...of_pieces}
        title="Satisfaction and promises"
        say={definitions.satisfaction ?? ''}
        columns={[...named, ...quality_columns]}
      />
      <div className={css.pair}>
        <ReportTable
          report={report}
          title="Why people were asked for"
          say="Hand-offs that began in this time, and the waits that a member ended."
          columns={[
            {
              name: 'reason',
              title: 'Reason',
              read: ({ reason }) => reason,
              text: ({ reason }) => (reason ? reason_words[reason] : 'not known'),
            },
            ...waitedColumns<Reason>(),
          ]}
          rows={reasons}
          keyOf={({ reason }) => reason ?? ''}
          none="Nobody asked for a person."
        />
        <ReportTable
          report={report}
          title="Queues"
          say="Where people waited."
          columns={[
            { name: 'queue', title: 'Queue', read: ({ queue }) => queue },
            ...waitedColumns<Queue>(),
          ]}
          rows={queues}
          keyOf={({ queue }) => queue}
          none="Nobody waited in a queue."
        />
        <ReportTable
          report={report}
          title="People"
          say={definitions.handling ?? ''}
          columns={[
            {
              name: 'member',
              title: 'Member',
              read: ({ name }) => name,
            },
            { name: 'member_id', title: '', read: ({ id }) => id },
            { name: 'stints', title: 'Took the wheel', read: ({ n }) => n },
            ...spreadColumns<Person>('handling', 'Handling', ({ handling }) => handling),
          ]}
          rows={people}
          keyOf={({ id }) => id}
          none="Nobody took the wheel."
        />
        <PreferencesTable report={report} />
        <ReportTable
          report={report}
          title="Broken promises"
          say={definitions.breaches ?? ''}
          columns={[
            {
              name: 'target',
              title: 'Promise',
              read: ({ target }) => target,
              text: ({ target }) => target_words[target],
            },
            { name: 'n', title: 'Broken', read: ({ n }: Breach) => n },
          ]}
          rows={breaches}
          keyOf={({ target }) => target}
          none="None was broken."
        />
        <ReportTable
          report={report}
          title="Why drafts were changed"
          say={definitions.draft_reasons ?? ''}
          columns={[
            { name: 'reason', title: 'Reason', read: ({ reason }: DraftReason) => reason },
            {
              name: 'became',
              title: 'Draft was',
              read: ({ became }) => became,
              text: ({ became }) => (became === 'edited' ? 'edited' : 'rejected'),
            },
            { name: 'n', title: 'Times', read: ({ n }) => n },
          ]}
          rows={draft_reasons}
          keyOf={({ became, reason }) => `${became} ${reason}`}
          none="Nobody gave a reason."
        />
      </div>
    </>
  );
}

const waitedColumns = <Row extends Reason | Queue>(): Column<Row>[] => [
  { name: 'hand_offs', title: 'Hand-offs', read: ({ n }) => n },
  { name: 'taken', title: 'Taken', read: ({ taken }) => taken },
  ...spreadColumns<Row>('waiting', 'Waiting', ({ waiting }) => waiting),
];

const target_words: Record<Breach['target'], string> = {
  first_reply: 'First reply',
  next_reply: 'Next reply',
  resolution: 'Resolution',
};
