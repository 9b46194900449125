import { Modal, Select } from '@mantine/core';
import { type Case, type CaseRow, type Values, verdictQuestion } from '@wheelhouse/core';
import { useState } from 'react';
import { ActButton } from '../../kit/ActButton.tsx';
import { useKeys } from '../../kit/useKeys.ts';
import css from './BatchBar.module.css';
import { BatchConfirm, type Way } from './BatchConfirm.tsx';

interface BatchBarProps {
  rows: readonly CaseRow[];
  /** One of them in full, for the form they share; null while it is fetched. */
  sample: Case | null;
  busy: boolean;
  onDecide: (case_ids: string[], values: Values) => void;
  onAll: () => void;
  onClear: () => void;
}

/** Decides many cases alike. They must come from one gate, so that the same answer means the same. */
export function BatchBar({ rows, sample, busy, onDecide, onAll, onClear }: BatchBarProps) {
  const [way, setWay] = useState<Way | null>(null);
  const alike = new Set(rows.map(({ gate, kind }) => `${gate} ${kind}`)).size === 1;
  const ways = alike && sample ? waysOf(sample) : [];
  useKeys([
    ...ways.map((each) => ({
      key: each.key,
      label: `${each.label} all selected`,
      group: 'Selected cases',
      run: () => setWay(each),
    })),
    { key: 'shift+x', label: 'Select all in the list', group: 'Selected cases', run: onAll },
    { key: 'Escape', label: 'Select none', group: 'Selected cases', run: onClear },
  ]);
  return (
    <section className={css.bar} aria-label="Selected cases">
      <div className={css.line}>
        <b>{rows.length} selected</b>
        <ActButton
          act_key="shift+x"
          variant="subtle"
          color="gray"
          size="compact-sm"
          onClick={onAll}
        >
          All
        </ActButton>
        <ActButton
          act_key="Escape"
          variant="subtle"
          color="gray"
          size="compact-sm"
          onClick={onClear}
        >
          None
        </ActButton>
      </div>
      {rows.length > 0 && !alike && (
        <p className={css.say}>
          They are not all of one gate and one kind, so one answer cannot fit all.
        </p>
      )}
      {alike && sample && <Ways sample={sample} ways={ways} onChoose={setWay} />}
      <Modal
        opened={way !== null}
        onClose={() => setWay(null)}
        title={way && `${way.label}: ${countOf(rows.length)}`}
        size="md"
      >
        {way && (
          <BatchConfirm
            way={way}
            rows={rows}
            busy={busy}
            onGo={(case_ids, values) => {
              setWay(null);
              onDecide(case_ids, values);
            }}
          />
        )}
      </Modal>
    </section>
  );
}

const countOf = (count: number) => (count === 1 ? 'one case' : `${count} cases`);

function waysOf(sample: Case): Way[] {
  const { questions } = sample.form;
  const verdict = verdictQuestion(sample.form);
  if (!verdict || questions.length > 1) return [];
  const must_say = verdict.reject_reason === 'required';
  return [
    {
      key: 'a',
      label: 'Approve',
      values: () => ({ [verdict.name]: 'approve' }),
      lets_out: true,
      reason: null,
    },
    {
      key: 'r',
      label: 'Reject',
      values: (reason) => ({ [verdict.name]: 'reject', ...(reason ? { reason } : {}) }),
      lets_out: false,
      reason: must_say ? 'required' : 'optional',
    },
  ];
}

function Ways({
  sample,
  ways,
  onChoose,
}: {
  sample: Case;
  ways: Way[];
  onChoose: (way: Way) => void;
}) {
  const [only] = sample.form.questions;
  if (ways.length) {
    return (
      <div className={css.line}>
        {ways.map((way) => (
          <ActButton key={way.key} act_key={way.key} onClick={() => onChoose(way)}>
            {way.label} all
          </ActButton>
        ))}
      </div>
    );
  }
  if (sample.form.questions.length === 1 && only?.kind === 'choice' && !only.multiple) {
    return (
      <Select
        searchable
        placeholder="Answer all with…"
        aria-label="Answer all with"
        data={only.options.map(({ value, label }) => ({ value, label: label ?? value }))}
        value={null}
        onChange={(value, option) =>
          value &&
          onChoose({
            key: '',
            label: `Answer “${option?.label ?? value}”`,
            values: () => ({ [only.name]: value }),
            lets_out: false,
            reason: null,
          })
        }
      />
    );
  }
  return (
    <p className={css.say}>
      This form asks for more than one answer, so it is answered case by case.
    </p>
  );
}
