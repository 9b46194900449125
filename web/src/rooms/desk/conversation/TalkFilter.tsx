import { ActionIcon, Autocomplete, Button, Checkbox, Popover, Stack } from '@mantine/core';
import { IconFilter } from '@tabler/icons-react';
import { useState } from 'react';
import { useEscape } from '../../../kit/useEscape.ts';
import { useKeys } from '../../../kit/useKeys.ts';
import { everything, hasOnly, type Only, type Place } from '../place.ts';

interface TalkFilterProps {
  place: Place;
  /** Labels that are known here, to choose from. */
  labels: readonly string[];
  onOnly: (only: Only) => void;
}

/** Which conversations of a list are shown: unread ones, urgent ones, those under a label. */
export function TalkFilter({ place, labels, onOnly }: TalkFilterProps) {
  const { only } = place;
  const [opened, setOpened] = useState(false);
  const on = hasOnly(place);
  const change = (next: Partial<Only>) => onOnly({ ...only, ...next });
  const label = 'Only some conversations';
  useKeys([{ key: 'f', label, group: 'Desk', run: () => setOpened(!opened) }]);
  useEscape(opened, () => setOpened(false));
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      width={260}
      position="bottom-end"
      shadow="md"
      trapFocus
    >
      <Popover.Target>
        <ActionIcon
          variant={on ? 'light' : 'subtle'}
          color={on ? undefined : 'gray'}
          size={36}
          onClick={() => setOpened(!opened)}
          aria-label={on ? `${label}: on` : label}
          aria-expanded={opened}
          title={`${label} (F)`}
        >
          <IconFilter size={18} stroke={1.6} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={12}>
          <Checkbox
            label="Unread"
            checked={only.unread}
            data-autofocus
            onChange={({ currentTarget }) => change({ unread: currentTarget.checked })}
          />
          <Checkbox
            label="Above the usual priority"
            checked={only.urgent}
            onChange={({ currentTarget }) => change({ urgent: currentTarget.checked })}
          />
          <LabelField of={only.label} labels={labels} onLabel={(next) => change({ label: next })} />
          {on && (
            <Button variant="default" size="compact-sm" onClick={() => onOnly(everything)}>
              Show all
            </Button>
          )}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

interface LabelFieldProps {
  of: string | null;
  labels: readonly string[];
  onLabel: (label: string | null) => void;
}

/** Asked for when it is chosen, left or entered, and not at every letter. */
function LabelField({ of, labels, onLabel }: LabelFieldProps) {
  const [text, setText] = useState(of ?? '');
  const done = (next: string) => {
    if ((next.trim() || null) !== of) onLabel(next.trim() || null);
  };
  return (
    <Autocomplete
      label="Label"
      size="sm"
      data={[...labels]}
      value={text}
      maxLength={100}
      comboboxProps={{ withinPortal: false }}
      onChange={setText}
      onOptionSubmit={done}
      onBlur={() => done(text)}
      onKeyDown={({ key }) => key === 'Enter' && done(text)}
    />
  );
}
