import { NumberInput, TagsInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Targets } from '@wheelhouse/core';
import { useFaultsUnder } from '../../kit/faults.ts';
import { Panel } from '../../kit/Panel.tsx';
import { members_query } from '../../live/session.ts';
import fields from './Fields.module.css';
import type { BotEditor } from './useBotEditor.ts';

const minute_ms = 60_000;
const kinds = [
  ['first_reply_ms', 'First reply within', 'From the customer’s first word.'],
  ['next_reply_ms', 'Next reply within', 'From each later word of theirs.'],
  ['resolution_ms', 'Resolution within', 'Their own waits together, until it is resolved.'],
] as const satisfies readonly (readonly [keyof Targets, string, string])[];

/** Within how long customers are to be answered. What is left empty is not promised. */
export function TargetsPanel({ editor: { draft, set } }: { editor: BotEditor }) {
  const faults = useFaultsUnder('targets');
  const targets = draft.targets ?? {};
  const change = (name: keyof Targets, value: number | string) => {
    const { [name]: _, ...rest } = targets;
    const next =
      typeof value === 'number' ? { ...rest, [name]: Math.round(value * minute_ms) } : rest;
    set({ targets: Object.keys(next).length ? next : undefined });
  };
  return (
    <Panel
      title="What customers are promised"
      say="In minutes that people are there. What is left empty is not promised; a change holds for those who wait already."
    >
      <div className={fields.three}>
        {kinds.map(([name, label, description]) => {
          const ms = targets[name];
          return (
            <NumberInput
              key={name}
              label={label}
              description={description}
              placeholder="not promised"
              suffix=" min"
              decimalScale={1}
              value={ms === undefined ? '' : ms / minute_ms}
              error={faults.find(({ field }) => field === `targets.${name}`)?.message}
              onChange={(value) => change(name, value)}
            />
          );
        })}
      </div>
    </Panel>
  );
}

interface SkillsFieldProps {
  /** Where they stand in the definition, for their faults. */
  field: string;
  description: string;
  skills: readonly string[];
  onSkills: (skills: string[]) => void;
}

/** What somebody has to know who takes over, by the names that members’ skills go by. */
export function SkillsField({ field, description, skills, onSkills }: SkillsFieldProps) {
  const members = useQuery(members_query);
  const known = [...new Set(members.data?.rows.flatMap((member) => member.skills))].sort();
  const [fault] = useFaultsUnder(field);
  const at = fault && /\.(\d+)$/.exec(fault.field)?.[1];
  const named = at === undefined ? '' : `${skills[Number(at)]}: `;
  const unheld = skills.filter((skill) => members.isSuccess && !known.includes(skill));
  return (
    <>
      <TagsInput
        label="Skills"
        description={description}
        data={known}
        value={[...skills]}
        maxTags={50}
        error={fault && `${named}${fault.message}`}
        onChange={onSkills}
      />
      {unheld.length > 0 && !fault && (
        <p className={fields.unheld} role="note">
          No member has {unheld.join(', ')}: until one does, others are asked after a while.
        </p>
      )}
    </>
  );
}

/** Who is asked to take over. */
export function RoutingPanel({ editor: { draft, set } }: { editor: BotEditor }) {
  return (
    <Panel
      title="Who takes over"
      say="Whoever had the customer last comes first, then who has the skills and the language, then who has the least to do."
    >
      <SkillsField
        field="skills"
        description="What whoever takes its conversations has to know. Topics may ask for more, each in its intent."
        skills={draft.skills}
        onSkills={(skills) => set({ skills })}
      />
    </Panel>
  );
}
