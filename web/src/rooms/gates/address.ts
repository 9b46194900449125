/** Where a gate is made. No gate can be called this: names begin with a letter or a digit. */
export const new_gate = '_new';
