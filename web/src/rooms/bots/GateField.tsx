import { TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useFault } from '../../kit/faults.ts';
import { gateSentence } from '../../kit/policyWords.ts';
import { RoomLink } from '../../kit/RoomLink.tsx';
import { api } from '../../live/api.ts';
import { keys } from '../../live/cache.ts';
import css from './Bots.module.css';

interface GateFieldProps {
  /** Where it stands in the definition, for its faults. */
  field: string;
  label: string;
  description: string;
  value: string;
  /** The gate that it is where nothing is written. */
  otherwise?: string;
  /** What comes of a gate that is not there yet. */
  fresh: string;
  /** Whether what the gate does now is said. */
  says?: boolean;
  onGate: (name: string) => void;
}

/** A gate by its name, with the way to it. */
export function GateField(props: GateFieldProps) {
  const { field, label, description, value, otherwise, fresh, says, onGate } = props;
  const gates = useQuery({ queryKey: keys.gates, queryFn: api.gates.list });
  const name = value || otherwise;
  const found = gates.data?.rows.find((gate) => gate.name === name);
  return (
    <div>
      <TextInput
        label={label}
        description={description}
        placeholder={otherwise}
        value={value}
        error={useFault(field)}
        onChange={({ currentTarget }) => onGate(currentTarget.value)}
      />
      <p className={css.fine}>
        {found ? (
          <>
            {says && `${gateSentence(found)} `}
            <RoomLink room="/gates" rest={`/${found.name}`}>
              Open this gate
            </RoomLink>
          </>
        ) : (
          gates.data && fresh
        )}
      </p>
    </div>
  );
}
