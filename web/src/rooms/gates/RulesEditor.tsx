import { ActionIcon, Button, SegmentedControl, TextInput } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import type { Rule, VerdictKind } from '@wheelhouse/core';
import { type KeyboardEvent, type ReactNode, useRef } from 'react';
import { moved, replaced, without } from '../../kit/conditionTree.ts';
import { useFault } from '../../kit/faults.ts';
import { conditionWords } from '../../kit/policyWords.ts';
import { Conditions } from './Conditions.tsx';
import type { Field } from './fields.ts';
import css from './RulesEditor.module.css';

const thens: { value: VerdictKind; label: string }[] = [
  { value: 'pass', label: 'Pass' },
  { value: 'hold', label: 'Hold' },
  { value: 'block', label: 'Block' },
];

interface RulesEditorProps {
  rules: readonly Rule[];
  otherwise: VerdictKind;
  onRules: (rules: Rule[]) => void;
  onOtherwise: (otherwise: VerdictKind) => void;
  fields: readonly Field[];
}

/** The rules in their order; the first that fits decides. */
export function RulesEditor({ rules, otherwise, onRules, onOtherwise, fields }: RulesEditorProps) {
  const box = useRef<HTMLOListElement>(null);
  const move = (at: number, by: number) => {
    onRules(moved(rules, at, by));
    const to = Math.min(Math.max(at + by, 0), rules.length - 1);
    requestAnimationFrame(() =>
      box.current?.children[to]?.querySelector<HTMLElement>('h2')?.focus(),
    );
  };
  const fault = useFault('policy.rules');
  return (
    <div className={css.rules}>
      <p className={css.say}>The first rule that fits decides. Alt with ↑ or ↓ moves a rule.</p>
      <ol ref={box} className={css.list}>
        {rules.map((rule, at) => (
          <RuleCard
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule is its place; it has no id.
            key={at}
            rule={rule}
            at={at}
            last={at === rules.length - 1}
            onChange={(next) => onRules(replaced(rules, at, next))}
            onMove={(by) => move(at, by)}
            onRemove={rules.length > 1 ? () => onRules(without(rules, at)) : undefined}
            fields={fields}
          />
        ))}
      </ol>
      {fault && <p className={css.fault}>{fault}</p>}
      <div className={css.foot}>
        <Button
          variant="default"
          leftSection={<IconPlus size={16} stroke={1.6} />}
          onClick={() => onRules([...rules, { when: { field: '', op: '=' }, then: 'hold' }])}
        >
          Add a rule
        </Button>
        <div className={css.otherwise}>
          <span id="otherwise">Otherwise</span>
          <SegmentedControl
            aria-labelledby="otherwise"
            size="sm"
            data={thens}
            value={otherwise}
            onChange={(picked) => onOtherwise(picked as VerdictKind)}
          />
        </div>
      </div>
    </div>
  );
}

interface RuleCardProps {
  rule: Rule;
  at: number;
  last: boolean;
  onChange: (rule: Rule) => void;
  onMove: (by: number) => void;
  onRemove: (() => void) | undefined;
  fields: readonly Field[];
}

function RuleCard({ rule, at, last, onChange, onMove, onRemove, fields }: RuleCardProps) {
  const path = `policy.rules.${at}`;
  const fault = useFault(`${path}.when`);
  const keyed = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (!event.altKey || !by) return;
    event.preventDefault();
    onMove(by);
  };
  return (
    <li className={css.rule} onKeyDown={keyed}>
      <header className={css.head}>
        <h2 className={css.title} tabIndex={-1}>
          Rule {at + 1}
        </h2>
        <div className={css.tools}>
          <Tool label={`Move rule ${at + 1} up`} off={at === 0} run={() => onMove(-1)}>
            <IconArrowUp size={16} stroke={1.6} />
          </Tool>
          <Tool label={`Move rule ${at + 1} down`} off={last} run={() => onMove(1)}>
            <IconArrowDown size={16} stroke={1.6} />
          </Tool>
          {onRemove && (
            <Tool label={`Remove rule ${at + 1}`} run={onRemove}>
              <IconTrash size={16} stroke={1.6} />
            </Tool>
          )}
        </div>
      </header>
      <Conditions
        condition={rule.when}
        onChange={(when) => onChange({ ...rule, when })}
        fields={fields}
        path={`${path}.when`}
      />
      {fault && <p className={css.fault}>{fault}</p>}
      <div className={css.then}>
        <span id={`then-${at}`}>Then</span>
        <SegmentedControl
          aria-labelledby={`then-${at}`}
          size="sm"
          data={thens}
          value={rule.then}
          onChange={(picked) => onChange({ ...rule, then: picked as VerdictKind })}
        />
        <TextInput
          className={css.reason}
          aria-label="Reason, as the reviewer reads it"
          placeholder={`Reason; without one it says what it found: ${conditionWords(rule.when)}`}
          value={rule.reason ?? ''}
          error={useFault(`${path}.reason`)}
          onChange={({ currentTarget }) => {
            const { reason: _, ...rest } = rule;
            onChange(currentTarget.value ? { ...rest, reason: currentTarget.value } : rest);
          }}
        />
      </div>
    </li>
  );
}

interface ToolProps {
  label: string;
  off?: boolean;
  run: () => void;
  children: ReactNode;
}

const Tool = ({ label, off, run, children }: ToolProps) => (
  <ActionIcon
    variant="subtle"
    color="gray"
    disabled={off ?? false}
    onClick={run}
    aria-label={label}
    title={label}
  >
    {children}
  </ActionIcon>
);
