import { TagsInput, TextInput } from '@mantine/core';
import type { CertifyBy } from '@wheelhouse/core';
import { useFault, useFaultsUnder } from '../../kit/faults.ts';
import css from './Editor.module.css';
import { groupsIn } from './groupsIn.ts';

interface CertifyByFieldsProps {
  certify_by: CertifyBy | undefined;
  onChange: (changed: CertifyBy | undefined) => void;
}

/** Groups of outputs that are to be proven each by itself. */
export function CertifyByFields({ certify_by, onChange }: CertifyByFieldsProps) {
  const { attribute = '', values = [] } = certify_by ?? {};
  const fault = useFault('policy.certify_by');
  const attribute_fault = useFault('policy.certify_by.attribute');
  const [values_fault] = useFaultsUnder('policy.certify_by.values');
  const change = (next: CertifyBy) =>
    onChange(next.attribute === '' && !next.values.length ? undefined : next);
  return (
    <fieldset className={css.roles}>
      <legend className={css.label}>A certificate of its own for each group</legend>
      <div className={css.promise}>
        <TextInput
          label="Groups by"
          description="A name in the outputs’ groups."
          placeholder="as language"
          value={attribute}
          error={fault ?? attribute_fault}
          onChange={({ currentTarget }) => change({ attribute: currentTarget.value, values })}
        />
        <TagsInput
          label="Groups"
          description="All others share one."
          placeholder={values.length ? undefined : 'as de, fr'}
          value={values}
          error={values_fault?.message}
          maxTags={20}
          onChange={(typed) => change({ attribute, values: groupsIn(typed) })}
        />
      </div>
    </fieldset>
  );
}
