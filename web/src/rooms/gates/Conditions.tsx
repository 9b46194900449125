import { ActionIcon, Autocomplete, Button, Select } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import type { Condition } from '@wheelhouse/core';
import {
  type Branch,
  branchOf,
  closed,
  conditionOf,
  type Join,
  join_words,
  joins,
  opened,
  replaced,
  without,
} from '../../kit/conditionTree.ts';
import { useFault } from '../../kit/faults.ts';
import { ComparisonRow } from './ComparisonRow.tsx';
import css from './Conditions.module.css';
import { type Field, fieldAt } from './fields.ts';

interface ConditionProps {
  condition: Condition;
  onChange: (condition: Condition) => void;
  onRemove?: (() => void) | undefined;
  fields: readonly Field[];
  /** As faults name it. */
  path: string;
  depth?: number;
}

const deepest_drawn = 5;
const blank: Condition = { field: '', op: '=' };

/** A whole condition, as groups within groups. */
export function Conditions({ condition, onChange, fields, path, depth = 0 }: ConditionProps) {
  const branch = opened(condition);
  const alone = branchOf(condition).kind !== 'group';
  return (
    <Group
      branch={branch}
      onChange={(next) => onChange(closed(next))}
      fields={fields}
      path={path}
      // What stands alone has no group in the definition, so its faults have no place in one.
      paths={alone ? () => path : undefined}
      depth={depth}
    />
  );
}

function ConditionNode(props: ConditionProps) {
  const { condition, onChange, depth = 0 } = props;
  const branch = branchOf(condition);
  switch (branch.kind) {
    case 'compare':
      return <ComparisonRow {...props} comparison={branch.comparison} />;
    case 'list':
      return <ListNode {...props} branch={branch} depth={depth} />;
    case 'group':
      return (
        <Group
          {...props}
          branch={branch}
          depth={depth}
          onChange={(next) => onChange(conditionOf(next))}
        />
      );
  }
}

type GroupBranch = Extract<Branch, { kind: 'group' }>;
interface GroupProps extends Omit<ConditionProps, 'condition' | 'onChange'> {
  branch: GroupBranch;
  onChange: (branch: GroupBranch) => void;
  paths?: ((at: number) => string) | undefined;
  depth: number;
}

const pathIn = (path: string, { join, items }: GroupBranch, at: number): string => {
  if (join === 'all' || join === 'any') return `${path}.${join}.${at}`;
  const [only] = items;
  if (join === 'none' && items.length === 1 && only && 'field' in only) return `${path}.not`;
  return `${path}.not.${join === 'none' ? 'any' : 'all'}.${at}`;
};

function Group({ branch, onChange, onRemove, fields, path, paths, depth }: GroupProps) {
  const { join, items } = branch;
  const set = (next: Condition[]) => onChange({ ...branch, items: next });
  const lists = fields.filter(({ type, items: inner }) => type === 'list' && inner.length);
  const first_list = lists[0];
  // How one condition joins with nothing is no question to ask.
  const joined = items.length > 1 || join !== 'all' || onRemove !== undefined;
  return (
    <fieldset className={css.group} aria-label={join_words[join]}>
      {joined && (
        <div className={css.join}>
          <Select
            aria-label="How the conditions join"
            size="xs"
            w={152}
            allowDeselect={false}
            data={joins.map((one) => ({ value: one, label: join_words[one] }))}
            value={join}
            onChange={(picked) => picked && onChange({ ...branch, join: picked as Join })}
          />
          {onRemove && <RemoveButton what="this group" onRemove={onRemove} />}
        </div>
      )}
      {items.map((item, at) => (
        <ConditionNode
          // biome-ignore lint/suspicious/noArrayIndexKey: a condition is its place; it has no id.
          key={at}
          condition={item}
          onChange={(next) => set(replaced(items, at, next))}
          onRemove={items.length > 1 ? () => set(without(items, at)) : undefined}
          fields={fields}
          path={paths ? paths(at) : pathIn(path, branch, at)}
          depth={depth + 1}
        />
      ))}
      <div className={css.add}>
        <AddButton onClick={() => set([...items, blank])}>Condition</AddButton>
        {depth < deepest_drawn && (
          <AddButton onClick={() => set([...items, { any: [blank, blank] }])}>Group</AddButton>
        )}
        {depth < deepest_drawn && first_list && (
          <AddButton
            onClick={() =>
              set([
                ...items,
                {
                  some: first_list.path,
                  where: { ...blank, field: first_list.items[0]?.path ?? '' },
                },
              ])
            }
          >
            About a list’s items
          </AddButton>
        )}
      </div>
    </fieldset>
  );
}

interface ListNodeProps extends ConditionProps {
  branch: Extract<Branch, { kind: 'list' }>;
  depth: number;
}

/** A condition about the items of a list: some of them, or every one. */
function ListNode({ branch, onChange, onRemove, fields, path, depth }: ListNodeProps) {
  const set = (change: Partial<typeof branch>) => onChange(conditionOf({ ...branch, ...change }));
  const lists = fields.filter(({ type, items }) => type === 'list' && items.length);
  return (
    <fieldset className={css.group} aria-label="About a list’s items">
      <div className={css.join}>
        <Select
          aria-label="Which items"
          size="xs"
          w={112}
          allowDeselect={false}
          data={[
            { value: 'some', label: 'Some item' },
            { value: 'every', label: 'Every item' },
          ]}
          value={branch.of}
          onChange={(picked) => picked && set({ of: picked as 'some' | 'every' })}
        />
        <span className={css.word}>of</span>
        <Autocomplete
          aria-label="List"
          size="xs"
          className={css.list}
          data={lists.map((list) => list.path)}
          value={branch.path}
          error={useFault(`${path}.${branch.of}`)}
          onChange={(typed) => set({ path: typed })}
        />
        {onRemove && <RemoveButton what="this condition on a list" onRemove={onRemove} />}
      </div>
      <Conditions
        condition={branch.where}
        onChange={(where) => set({ where })}
        fields={fieldAt(fields, branch.path)?.items ?? []}
        path={`${path}.where`}
        depth={depth + 1}
      />
    </fieldset>
  );
}

const AddButton = ({ children, onClick }: { children: string; onClick: () => void }) => (
  <Button
    size="compact-sm"
    variant="subtle"
    leftSection={<IconPlus size={14} stroke={1.8} />}
    onClick={onClick}
  >
    {children}
  </Button>
);

const RemoveButton = ({ what, onRemove }: { what: string; onRemove: () => void }) => (
  <ActionIcon
    variant="subtle"
    color="gray"
    className={css.remove}
    onClick={onRemove}
    aria-label={`Remove ${what}`}
  >
    <IconX size={16} stroke={1.6} />
  </ActionIcon>
);
