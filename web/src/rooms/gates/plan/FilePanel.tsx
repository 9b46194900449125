import { Button, FileButton, Select } from '@mantine/core';
import { IconUpload } from '@tabler/icons-react';
import {
  type ScoredRole,
  scored_roles,
  type TierTerms,
  tierRoles,
  type WantedColumns,
} from '@wheelhouse/core';
import { countWords, faultWords, hintWords, versionWords } from '@wheelhouse/plan';
import { DropArea } from '../../../kit/DropArea.tsx';
import { Panel } from '../../../kit/Panel.tsx';
import { ScrollRegion } from '../../../kit/ScrollRegion.tsx';
import { madeUpFile } from './madeUp.ts';
import css from './PlanTab.module.css';
import type { ReadFile, Study } from './planning.ts';

interface FilePanelProps {
  study: Study | null;
  /** What divides the promise, where something does. */
  terms: TierTerms | null;
  /** Columns chosen by hand. */
  wanted: WantedColumns;
  fault: string | null;
  onFile: (file: File) => void;
  onColumns: (columns: WantedColumns) => void;
  /** Told one model version to plan with, or null for all of them. */
  onOnly: (only: string | null) => void;
}

const example = '{"confidence": 0.97, "correct": true, "group": "returning"}';

/** The file that is planned with: chosen or dropped, what its columns were taken for, and what of it
 *  could not be read. */
export function FilePanel({ study, terms, wanted, fault, onFile, ...on }: FilePanelProps) {
  const file = study?.file;
  return (
    <Panel
      title="Outputs of the past"
      say="A file of outputs with how sure the AI was and what they turned out to be. It stays in this browser."
      aside={
        <>
          <Button variant="subtle" onClick={() => onFile(madeUpFile(terms?.certify_by))}>
            Try with made-up outputs
          </Button>
          <FileButton
            accept=".csv,.tsv,.txt,.jsonl,.ndjson,.json"
            onChange={(chosen) => chosen && onFile(chosen)}
          >
            {(props) => (
              <Button
                {...props}
                variant="default"
                leftSection={<IconUpload size={16} stroke={1.6} />}
              >
                Choose a file
              </Button>
            )}
          </FileButton>
        </>
      }
      flush
    >
      <DropArea className={css.drop} onFiles={([dropped]) => dropped && onFile(dropped)}>
        {fault && (
          <p className={css.fault} role="alert">
            {fault}
          </p>
        )}
        {!file && (
          <>
            <p>
              Drop a CSV file with a header here, or a file with one JSON object a line: a
              confidence from 0 to 1, and whether it was correct.
            </p>
            <ScrollRegion label="A line of such a file" className={css.example}>
              <code>{example}</code>
            </ScrollRegion>
            <p className={css.quiet}>
              You see what a promise would let pass, how many people it takes, and how the first
              weeks would go, before anything goes through the gate.
            </p>
          </>
        )}
        {file && <Found file={file} terms={terms} wanted={wanted} {...on} />}
      </DropArea>
    </Panel>
  );
}

const role_names: Record<ScoredRole, string> = {
  score: 'Confidence',
  label: 'Correct or wrong',
  predicted: 'What the AI said',
  loss: 'Or its loss, 0 to 1',
  group: 'Group',
  model_version: 'Model version',
  risk: 'Risk',
  cost: 'Cost in US dollars',
};
const needed = (role: ScoredRole) => role === 'score';

/** A label and a loss say the same thing in two ways: whoever chooses one has no use for the other. */
const chosen = (role: ScoredRole, column: string | null): WantedColumns => ({
  [role]: column,
  ...(column && role === 'loss' && { label: null, predicted: null }),
  ...(column && (role === 'label' || role === 'predicted') && { loss: null }),
});
const shown_faults = 5;

type FoundProps = Pick<FilePanelProps, 'terms' | 'wanted' | 'onColumns' | 'onOnly'> & {
  file: ReadFile;
};

function Found({ file, terms, wanted, onColumns, onOnly }: FoundProps) {
  const { name, names, columns, n, faults, fault_count } = file;
  return (
    <>
      <p>
        <b>
          <bdi>{name}</bdi>
        </b>
        : {n === 1 ? 'one judged output' : `${countWords(n)} judged outputs`}
      </p>
      {fault_count > 0 && <p className={css.fault}>{faultWords(file)}:</p>}
      {fault_count > 0 && (
        <ul className={css.faults} aria-label="What could not be read">
          {faults.slice(0, shown_faults).map(({ line, field, message }) => (
            <li key={`${line} ${field}`}>
              <b>Line {line}</b>
              {field ? `, ${field}` : ''}: <bdi>{message}</bdi>
            </li>
          ))}
          {fault_count > shown_faults && <li>and {countWords(fault_count - shown_faults)} more</li>}
        </ul>
      )}
      {columns && n < 2 && (
        <p className={css.fault}>At least two judged outputs are needed to plan with.</p>
      )}
      <div className={css.columns}>
        {rolesUnder(terms).map((role) => (
          <Select
            key={role}
            label={role_names[role]}
            data={[...new Set(names)]}
            // What is chosen stays, also while something else is still missing.
            value={(columns ?? wanted)[role] ?? null}
            placeholder={
              needed(role) || (role === 'label' && !columns) ? 'Choose a column' : 'None'
            }
            clearable={!needed(role)}
            clearButtonProps={{ 'aria-label': `No column for: ${role_names[role]}` }}
            onChange={(column) => (column || !needed(role)) && onColumns(chosen(role, column))}
            searchable
          />
        ))}
      </div>
      {hintWords(file).map((hint) => (
        <p key={hint} className={css.hint}>
          <bdi>{hint}</bdi>
        </p>
      ))}
      <Undivided file={file} terms={terms} onColumns={onColumns} />
      <Versions file={file} onOnly={onOnly} />
    </>
  );
}

/** Columns that can be chosen: a risk and a cost where they tell the limit. */
const rolesUnder = (terms: TierTerms | null) =>
  scored_roles.filter(
    (role) => (role !== 'risk' && role !== 'cost') || tierRoles(terms).includes(role),
  );

/** The way on where a file has no column that tells the limit of an output. */
function Undivided({ file, terms, onColumns }: Omit<FoundProps, 'onOnly' | 'wanted'>) {
  const missing = tierRoles(terms).filter((role) =>
    file.faults.some(({ line, field }) => line === 1 && field === role),
  );
  if (file.columns || !missing.length) return null;
  return (
    <p>
      The gate has limits of its own by {missing.join(' and ')}, and no column of this file is known
      to say it: choose one, or{' '}
      <Button
        variant="default"
        size="compact-sm"
        onClick={() => onColumns(Object.fromEntries(missing.map((role) => [role, null])))}
      >
        Plan without
      </Button>{' '}
      as if no output said any.
    </p>
  );
}

const all_versions = 'all';

/** Several model versions in a file are said, and one of them is chosen: their errors are not alike. */
function Versions({ file, onOnly }: Pick<FoundProps, 'file' | 'onOnly'>) {
  const words = versionWords(file);
  if (!words) return null;
  const named = file.versions.flatMap(({ version }) => version ?? []);
  return (
    <div className={css.versions}>
      <Select
        label="Plan with"
        allowDeselect={false}
        searchable={named.length > 10}
        data={[
          { value: all_versions, label: 'All versions together' },
          ...named.map((version) => ({ value: `=${version}`, label: `Only ${version}` })),
        ]}
        value={file.only === null ? all_versions : `=${file.only}`}
        onChange={(value) => onOnly(value === all_versions ? null : (value?.slice(1) ?? null))}
      />
      <p className={css.quiet}>
        <bdi>{words}</bdi>
      </p>
    </div>
  );
}
