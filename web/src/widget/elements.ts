export const make = <Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  className = '',
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Name] => {
  const element = document.createElement(name);
  if (className) element.className = className;
  element.append(...children);
  return element;
};

export const button = (
  className: string,
  label: string,
  act: () => void,
  ...children: Node[]
): HTMLButtonElement => {
  const made = make('button', className, ...children);
  made.type = 'button';
  if (children.length) made.setAttribute('aria-label', label);
  else made.append(label);
  made.addEventListener('click', act);
  return made;
};
