/** Some browsers name a language that is none ("en-US@posix"), and a library that asks for numbers in it
 *  as it is loaded would take a whole room down. Loaded before anything else. */
try {
  new Intl.NumberFormat(navigator.language);
} catch {
  Object.defineProperty(navigator, 'language', { value: 'en', configurable: true });
}
