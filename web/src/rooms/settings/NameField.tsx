import { TextInput } from '@mantine/core';
import { Name } from '@wheelhouse/core';

/** What is wrong with a name as it is typed; nothing while there is none. */
export const nameFault = (name: string): string | undefined =>
  name ? Name.safeParse(name).error?.issues[0]?.message : undefined;

interface NameFieldProps {
  name: string;
  description: string;
  placeholder: string;
  /** What the server refused. */
  fault: string | undefined;
  onName: (name: string) => void;
}

/** The name of a new thing: it stands in addresses, so it is plain, and stays. */
export const NameField = ({ name, description, placeholder, fault, onName }: NameFieldProps) => (
  <TextInput
    label="Name"
    description={description}
    placeholder={placeholder}
    data-autofocus
    value={name}
    error={nameFault(name) ?? fault}
    onChange={({ currentTarget }) => onName(currentTarget.value)}
  />
);
