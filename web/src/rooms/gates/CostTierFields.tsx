import { ActionIcon, Button, NumberInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type CostTier, most_cost_tiers } from '@wheelhouse/core';
import { least_promised } from '@wheelhouse/core/learn';
import { replaced, without } from '../../kit/conditionTree.ts';
import { useFault } from '../../kit/faults.ts';
import css from './Editor.module.css';
import { PercentInput } from './PercentInput.tsx';
import { limit_range } from './percentRange.ts';

interface CostTierFieldsProps {
  cost_tiers: CostTier[];
  /** The limit of what costs less. */
  alpha: number;
  onChange: (cost_tiers: CostTier[]) => void;
}

/** Stricter limits for outputs of which it costs more to be wrong. */
export function CostTierFields({ cost_tiers, alpha, onChange }: CostTierFieldsProps) {
  const last = cost_tiers.at(-1);
  const next = {
    from_usd: last ? Math.max(1, last.from_usd) * 10 : 100,
    alpha: Math.max(least_promised, Number(((last?.alpha ?? alpha) / 2).toPrecision(3))),
  };
  return (
    <fieldset className={css.roles}>
      <legend className={css.label}>A limit of its own by cost</legend>
      {cost_tiers.map((one, at) => (
        <CostTierRow
          // biome-ignore lint/suspicious/noArrayIndexKey: a limit is its place; it has no id.
          key={at}
          at={at}
          tier={one}
          onChange={(changed) => onChange(replaced(cost_tiers, at, changed))}
          onRemove={() => onChange(without(cost_tiers, at))}
        />
      ))}
      <p className={css.quiet}>
        By the <code>cost_usd</code> of an output: what it costs to be wrong. Where its risk has a
        limit too, the stricter holds.
      </p>
      <div className={css.acts}>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconPlus size={14} stroke={1.8} />}
          disabled={cost_tiers.length >= most_cost_tiers}
          onClick={() => onChange([...cost_tiers, next])}
        >
          Add a limit by cost
        </Button>
      </div>
    </fieldset>
  );
}

interface CostTierRowProps {
  at: number;
  tier: CostTier;
  onChange: (tier: CostTier) => void;
  onRemove: () => void;
}

function CostTierRow({ at, tier, onChange, onRemove }: CostTierRowProps) {
  const field = `policy.cost_tiers.${at}`;
  const name = `Limit ${at + 1} by cost`;
  return (
    <div className={css.cost_tier}>
      <NumberInput
        aria-label={`${name}: from`}
        prefix="from $"
        min={0}
        decimalScale={2}
        thousandSeparator=","
        value={tier.from_usd}
        error={useFault(`${field}.from_usd`)}
        onChange={(typed) => typeof typed === 'number' && onChange({ ...tier, from_usd: typed })}
      />
      <PercentInput
        aria-label={`${name}: at most wrong`}
        prefix="at most "
        value={tier.alpha}
        field={`${field}.alpha`}
        range={limit_range}
        onChange={(typed) => typed !== undefined && onChange({ ...tier, alpha: typed })}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        onClick={onRemove}
        aria-label={`Remove ${name.toLowerCase()}`}
      >
        <IconX size={16} stroke={1.6} />
      </ActionIcon>
    </div>
  );
}
