import { Textarea, TextInput } from '@mantine/core';
import type { Output } from '@wheelhouse/core';
import { type ReactNode, useMemo } from 'react';
import { useFault } from '../../kit/faults.ts';
import { comparedWords } from './comparedWords.ts';
import css from './Editor.module.css';
import { discoverFields } from './fields.ts';
import { ModeCards } from './ModeCards.tsx';
import { PercentInput } from './PercentInput.tsx';
import { PromiseFields } from './PromiseFields.tsx';
import { check_range, fewChecksWords } from './percentRange.ts';
import { RulesEditor } from './RulesEditor.tsx';
import { ThresholdField } from './ThresholdField.tsx';
import type { Editor } from './useEditor.ts';

interface PolicyTabProps {
  editor: Editor;
  /** Outputs that came of late; undefined while they are fetched. */
  sample: readonly Output[] | undefined;
  disabled: boolean;
  /** Of a new gate: where its name is given. */
  name?: ReactNode;
}

/** What the gate is called and how it judges. */
export function PolicyTab({ editor, sample, disabled, name }: PolicyTabProps) {
  const { draft, set, setPolicy, setMode } = editor;
  const { policy } = draft;
  const few = policy.mode === 'guaranteed' ? fewChecksWords(policy.spot_check) : '';
  const schema = draft.action?.arguments_schema ?? null;
  const fields = useMemo(() => discoverFields(sample ?? [], schema), [sample, schema]);
  const compared = comparedWords(draft, sample ?? []);
  const confidences = useMemo(() => sample?.map(({ confidence }) => confidence), [sample]);
  return (
    <div className={css.part}>
      <TextInput
        label="Title"
        placeholder={name ? 'Refunds over 100 euros' : undefined}
        autoFocus={name !== undefined}
        value={draft.title ?? ''}
        error={useFault('title')}
        onChange={({ currentTarget }) => set({ title: currentTarget.value || undefined })}
      />
      {name}
      <Textarea
        label="Description"
        autosize
        minRows={1}
        maxRows={6}
        value={draft.description ?? ''}
        error={useFault('description')}
        onChange={({ currentTarget }) => set({ description: currentTarget.value || undefined })}
      />
      <ModeCards mode={policy.mode} onChange={setMode} />
      {policy.mode === 'threshold' && (
        <ThresholdField
          threshold={policy.threshold}
          onChange={(threshold) => setPolicy({ threshold })}
          confidences={confidences}
          disabled={disabled}
        />
      )}
      {policy.mode === 'rules' && (
        <RulesEditor
          rules={policy.rules}
          otherwise={policy.otherwise}
          onRules={(rules) => setPolicy({ rules })}
          onOtherwise={(otherwise) => setPolicy({ otherwise })}
          fields={fields}
        />
      )}
      {policy.mode === 'guaranteed' && <PromiseFields policy={policy} onChange={setPolicy} />}
      {compared && (
        <p className={css.warned} role="note">
          {compared}
        </p>
      )}
      {policy.mode !== 'always' && policy.mode !== 'shadow' && (
        <div className={css.checks}>
          <PercentInput
            label="Spot checks"
            description="The share of what passes that people look at anyway, drawn by chance."
            w={240}
            value={policy.spot_check}
            field="policy.spot_check"
            range={check_range(policy.mode)}
            onChange={(typed) => typed !== undefined && setPolicy({ spot_check: typed })}
          />
          {few && <p className={css.say_below}>{few}</p>}
        </div>
      )}
    </div>
  );
}
