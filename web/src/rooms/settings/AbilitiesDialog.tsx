import { NumberInput, TagsInput } from '@mantine/core';
import type { Member } from '@wheelhouse/core';
import { useState } from 'react';
import { FormDialog } from '../../kit/FormDialog.tsx';
import { tellDone } from '../../kit/tell.ts';
import { api } from '../../live/api.ts';

interface AbilitiesDialogProps {
  member: Member;
  /** Skills that others have, to choose from. */
  known: string[];
  onSaved: () => Promise<unknown>;
  onClose: () => void;
}

/** What a member takes on: how many conversations at once, skills, languages. */
export function AbilitiesDialog({ member, known, onSaved, onClose }: AbilitiesDialogProps) {
  const [capacity, setCapacity] = useState<number | string>(member.capacity);
  const [skills, setSkills] = useState(member.skills);
  const [languages, setLanguages] = useState(member.languages);
  return (
    <FormDialog
      title={`What ${member.name} takes on`}
      act="Save"
      off={capacity === ''}
      onClose={onClose}
      onSubmit={async () => {
        const change = { capacity: Number(capacity), skills, languages };
        await api.members.enable(member.id, change);
        await onSaved();
        tellDone(`Saved for ${member.name}`);
        onClose();
      }}
    >
      {(fault) => (
        <>
          <NumberInput
            label="Conversations at once"
            description="At 0 none is offered to them; they can still take one by hand."
            data-autofocus
            min={0}
            max={100}
            allowDecimal={false}
            value={capacity}
            error={fault('capacity')}
            onChange={setCapacity}
          />
          <TagsInput
            label="Skills"
            description="By the names that bots and hand-offs ask for, such as billing."
            data={known}
            value={skills}
            maxTags={50}
            error={firstOf(fault, 'skills', skills)}
            onChange={setSkills}
          />
          <TagsInput
            label="Languages"
            description="Such as de or pt-BR. With none given, any may be offered."
            value={languages}
            maxTags={20}
            error={firstOf(fault, 'languages', languages)}
            onChange={setLanguages}
          />
        </>
      )}
    </FormDialog>
  );
}

/** What is said of a list, or of the first of its entries that something is said of. */
const firstOf = (fault: (field: string) => string | undefined, field: string, rows: string[]) =>
  rows
    .map((row, at) => [row, fault(`${field}.${at}`)] as const)
    .flatMap(([row, said]) => (said ? [`“${row}” ${said}`] : []))[0] ?? fault(field);
