import { ActionIcon, Button, Input, Select, Switch, TextInput } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { Hours } from '@wheelhouse/core';
import { useState } from 'react';
import { useFaultsUnder } from '../../kit/faults.ts';
import { Panel } from '../../kit/Panel.tsx';
import css from './Bots.module.css';
import fields from './Fields.module.css';
import { days, office_hours, spansOf, spansText } from './hoursText.ts';

interface HoursPanelProps {
  hours: Hours | undefined;
  onHours: (hours: Hours | undefined) => void;
}

const here = () => Intl.DateTimeFormat().resolvedOptions().timeZone;
const zones = () => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')];

/** When people are there, by the clock of their place; outside it customers are told when they are
 *  back. */
export function HoursPanel({ hours, onHours }: HoursPanelProps) {
  const faults = useFaultsUnder('hours');
  const never = faults.find(({ field }) => field === 'hours.weekly')?.message;
  return (
    <Panel
      title="When people are there"
      say="Outside these hours customers are told when somebody is back, and nobody is late."
      aside={
        <Switch
          label="Keep hours"
          checked={hours !== undefined}
          onChange={({ currentTarget }) =>
            onHours(currentTarget.checked ? office_hours(here()) : undefined)
          }
        />
      }
    >
      {!hours && <p className={css.fine}>People are there day and night.</p>}
      {hours && (
        <>
          <Select
            label="Time zone"
            data={zones()}
            value={hours.zone}
            searchable
            allowDeselect={false}
            onChange={(zone) => zone && onHours({ ...hours, zone })}
          />
          <div className={fields.week}>
            {days.map(([day, label]) => (
              <SpansField
                key={day}
                label={label}
                spans={hours.weekly[day] ?? []}
                fault={faults.find(({ field }) => field.startsWith(`hours.weekly.${day}`))?.message}
                onSpans={(spans) =>
                  onHours({ ...hours, weekly: { ...hours.weekly, [day]: spans } })
                }
              />
            ))}
          </div>
          {never && <Input.Error role="alert">{never}</Input.Error>}
          <Exceptions hours={hours} onHours={onHours} />
        </>
      )}
    </Panel>
  );
}

interface SpansFieldProps {
  label: string;
  spans: readonly (readonly [string, string])[];
  fault: string | undefined;
  onSpans: (spans: [string, string][]) => void;
}

/** The spans of one day, typed; taken over when they can be read. */
function SpansField({ label, spans, fault, onSpans }: SpansFieldProps) {
  const [typed, type] = useState<string | null>(null);
  const unread = typed !== null && spansOf(typed) === null;
  return (
    <TextInput
      label={label}
      placeholder="closed"
      value={typed ?? spansText(spans)}
      error={unread ? 'Such as 09:00-12:00, 13:00-17:00' : fault}
      onChange={({ currentTarget: { value } }) => {
        type(value);
        const read = spansOf(value);
        if (read) onSpans(read);
      }}
      onBlur={() => !unread && type(null)}
    />
  );
}

function Exceptions({ hours, onHours }: { hours: Hours; onHours: (hours: Hours) => void }) {
  const { exceptions } = hours;
  const faults = useFaultsUnder('hours.exceptions');
  const set = (next: Hours['exceptions']) => onHours({ ...hours, exceptions: next });
  const change = (at: number, part: Partial<Hours['exceptions'][number]>) =>
    set(exceptions.map((one, place) => (place === at ? { ...one, ...part } : one)));
  return (
    <div>
      <h3 className={fields.subtitle}>Holidays and other days</h3>
      {exceptions.map((one, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: dates change while they are typed.
        <div key={at} className={fields.exception}>
          <TextInput
            type="date"
            aria-label="Date"
            value={one.date}
            error={faults.find(({ field }) => field === `hours.exceptions.${at}.date`)?.message}
            onChange={({ currentTarget }) => change(at, { date: currentTarget.value })}
          />
          <TextInput
            aria-label="Name"
            placeholder="Christmas"
            value={one.name ?? ''}
            onChange={({ currentTarget }) => change(at, { name: currentTarget.value })}
          />
          <SpansField
            label=""
            spans={one.open}
            fault={
              faults.find(({ field }) => field.startsWith(`hours.exceptions.${at}.open`))?.message
            }
            onSpans={(open) => change(at, { open })}
          />
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label={`Remove ${one.name || one.date || 'this day'}`}
            onClick={() => set(exceptions.filter((_, place) => place !== at))}
          >
            <IconX size={16} stroke={1.6} />
          </ActionIcon>
        </div>
      ))}
      <Button
        size="compact-sm"
        variant="subtle"
        onClick={() => set([...exceptions, { date: '', open: [] }])}
      >
        Add a day
      </Button>
    </div>
  );
}
